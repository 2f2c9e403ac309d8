import { Worker } from 'node:worker_threads';
import type { MergeReply } from './text-merge-worker.ts';

/** A document of 10 MiB takes a second or two; what takes this long is an attack, or will not end. */
const TIMEOUT_MS = 30_000;
/** Objects of Yjs take about twenty times the bytes of their update. */
const HEAP_MB = 1_024;

interface Job {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Merges Yjs updates in a thread of its own, one job at a time. The thread is started when it is needed, and ended when
 * a job takes too long or too much memory.
 */
export class TextMerger {
  readonly #timeoutMs: number;
  #worker: Worker | undefined;
  #job: Job | undefined;

  constructor(timeoutMs = TIMEOUT_MS) {
    this.#timeoutMs = timeoutMs;
  }

  /** The next call must wait for this one. @throws Error where they cannot be merged, or not in time */
  merge(updates: readonly Uint8Array[]): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#job !== undefined) throw new Error('a merge is under way');
      const timer = setTimeout(() => {
        this.#end(new Error(`not merged within ${this.#timeoutMs} ms`));
      }, this.#timeoutMs);
      this.#job = { resolve, reject, timer };
      this.#worker ??= this.#start();
      this.#worker.postMessage(updates);
    });
  }

  /** Ends the thread; what is under way fails. */
  async stop(): Promise<void> {
    await this.#end(new Error('the merger was stopped'));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./text-merge-worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    // It waits for work as long as the server runs, and does not keep it running.
    worker.unref();
    worker.on('message', (reply: MergeReply) => {
      // The last word of a thread that was given up is about another job.
      if (this.#worker !== worker) return;
      if ('error' in reply) this.#take()?.reject(new Error(reply.error));
      else this.#take()?.resolve(reply.bytes);
    });
    const ended = (error: Error): void => {
      if (this.#worker === worker) void this.#end(error);
    };
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`the merging thread ended with ${code}`)));
    return worker;
  }

  async #end(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#take()?.reject(error);
    await worker?.terminate();
  }

  #take(): Job | undefined {
    const job = this.#job;
    this.#job = undefined;
    clearTimeout(job?.timer);
    return job;
  }
}
