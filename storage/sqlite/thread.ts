import { Worker } from 'node:worker_threads';
import type { FromThread, ToThread } from './messages.ts';

/** What a thread does: the one that writes, the one that reads, the one that checks the file once and ends. */
export type ThreadRole = 'writer' | 'reader' | 'checker';

/** A thread as the store sees it. */
export interface Thread {
  post(message: ToThread, transfer: readonly ArrayBuffer[]): void;
  /** Called once, at once: every message, then the end (also a crash). */
  listen(onMessage: (message: FromThread) => void, onEnd: (reason: Error) => void): void;
  /** Whether the process must stay alive for it. */
  keepAlive(needed: boolean): void;
  /** Lets its connection go. */
  terminate(): Promise<unknown>;
}

export type StartThread = (role: ThreadRole, path: string) => Thread;

/** What a thread is told at its start. */
export interface ThreadTask {
  readonly role: ThreadRole;
  readonly path: string;
}

/** A worker thread on `libsql`. A commit waits for the disk for milliseconds: never on the event loop. */
export const startWorker: StartThread = (role, path) => {
  const task: ThreadTask = { role, path };
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: task,
    name: `sqlite ${role}`,
  });
  worker.unref();
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen: (onMessage, onEnd) => {
      worker.on('message', onMessage);
      worker.on('error', onEnd);
      worker.on('exit', (code) => onEnd(new Error(`the ${role} thread has ended with ${code}`)));
    },
    keepAlive: (needed) => (needed ? worker.ref() : worker.unref()),
    terminate: () => worker.terminate(),
  };
};
