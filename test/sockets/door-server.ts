import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import { SharedGatherTimer } from '../../actors/gather-timer.ts';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import { attachSockets, type SocketDependencies, type SocketServer } from '../../http/sockets/server.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from '../helpers/runtime.ts';
import { FakeClock } from './fake-clock.ts';

/** WebSocket doors on a free port of the loopback; their time stands still until a test moves it. */
export interface DoorServer {
  readonly server: Server;
  readonly port: number;
  readonly sockets: SocketServer;
  readonly clock: FakeClock;
  /** Codes that were counted. */
  readonly rejected: string[];
  /** Lines that were logged. */
  readonly logged: { readonly level: number; readonly msg: string; readonly [key: string]: unknown }[];
  /** Open sockets, as the metrics have them. */
  connected(): number;
  close(): Promise<void>;
}

type Doors = Omit<SocketDependencies, 'metrics' | 'logger' | 'clock' | 'corsOrigins' | 'stopping'> &
  Partial<Pick<SocketDependencies, 'corsOrigins' | 'stopping'>>;

/** @param doors what stands behind them, and what they may take */
export async function startDoors(doors: Doors): Promise<DoorServer> {
  const server = createServer((_request, response) => response.writeHead(404).end());
  const clock = new FakeClock();
  const logged: DoorServer['logged'] = [];
  const rejected: string[] = [];
  let connected = 0;
  const sockets = attachSockets(server, {
    corsOrigins: [],
    stopping: () => false,
    ...doors,
    logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    metrics: {
      connectedClients: (delta) => {
        connected += delta;
      },
      rejected: (code) => rejected.push(code),
    },
    clock,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    sockets,
    clock,
    rejected,
    logged,
    connected: () => connected,
    async close() {
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface DoorRuntimeOptions extends Pick<RuntimeOptions, 'store' | 'limits'> {
  /** What doors gather waits for `runtime.ticks`. */
  readonly isGatheredByHand?: boolean;
}

/** A real runtime for doors, whose gathering takes its real time. */
export function createDoorRuntime(
  kinds: readonly AnyDocumentKind[],
  { store, limits, isGatheredByHand = false }: DoorRuntimeOptions,
): Runtime {
  const runtime: Runtime = createRuntime({
    kinds,
    ...(isGatheredByHand
      ? {}
      : { gatherTimer: new SharedGatherTimer((error) => runtime.crashes.push(error)) }),
    ...(store === undefined ? {} : { store }),
    ...(limits === undefined ? {} : { limits }),
  });
  return runtime;
}

/** Closes doors at which nothing crashed, and nothing was logged as a defect. */
export async function closeUnharmed(
  doors: Pick<DoorServer, 'close' | 'logged'> & { readonly runtime: Runtime },
): Promise<void> {
  await doors.close();
  expect(doors.runtime.crashes).to.deep.equal([]);
  expect(doors.logged.filter(({ level }) => level >= 50)).to.deep.equal([]);
}
