import { unreachable } from '../../protocol/unreachable.ts';
import type { SqliteConnection, SqliteDriver } from './driver.ts';
import { checkIntegrity } from './integrity.ts';
import type { Loop } from './loop.ts';
import type { FromThread, Operation, ToThread } from './messages.ts';
import { openForReading, openForWriting } from './open-database.ts';
import { ReaderLoop } from './reader-loop.ts';
import type { ThreadTask } from './thread.ts';
import { WriterLoop } from './writer-loop.ts';

/** The thread's end of the line to the store. */
export interface ServerPort {
  postMessage(message: FromThread, transfer: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (message: ToThread) => void): unknown;
}

/**
 * The whole of a storage thread: opens the database, says so, and serves.
 * @returns the connection, for who ends the thread; undefined where the database was refused
 */
export function serve(
  port: ServerPort,
  driver: SqliteDriver,
  task: ThreadTask,
): SqliteConnection | undefined {
  const { role, path } = task;
  try {
    const connection = role === 'writer' ? openForWriting(driver, path) : openForReading(driver, path);
    switch (role) {
      case 'writer':
        listen(port, new WriterLoop(connection, path, (message) => port.postMessage(message, [])));
        break;
      case 'reader':
        listen(port, new ReaderLoop(connection, (message, transfer) => port.postMessage(message, transfer)));
        break;
      case 'checker':
        port.postMessage(checkIntegrity(connection), []);
        break;
      default:
        unreachable(role);
    }
    port.postMessage({ type: 'ready' }, []);
    return connection;
  } catch (error) {
    port.postMessage(
      { type: 'refused', message: error instanceof Error ? error.message : String(error) },
      [],
    );
    return undefined;
  }
}

function listen<O extends Operation>(port: ServerPort, loop: Loop<O>): void {
  port.on('message', (message) => {
    switch (message.type) {
      case 'calls':
        // The store sends each role its own operations only.
        loop.receive(message as Extract<ToThread<O>, { type: 'calls' }>);
        break;
      case 'close':
        loop.close();
        break;
      default:
        unreachable(message);
    }
  });
}
