import { Worker } from 'node:worker_threads';

/** What the thread answers to a job. */
export type JobReply<Result> = { readonly result: Result } | { readonly error: string };

export interface JobThreadOptions {
  /** A job of it, as errors call it: `a merge`. */
  readonly name: string;
  /** A module that answers each message with a `JobReply`. */
  readonly module: URL;
  readonly timeoutMs: number;
  readonly heapMb: number;
}

interface Running<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Does work that would hold up the event loop in a thread of its own, one job at a time. The thread is started when it
 * is needed, and ended when a job takes too long or too much memory.
 */
export class JobThread<Job, Result> {
  readonly #options: JobThreadOptions;
  #worker: Worker | undefined;
  #running: Running<Result> | undefined;

  constructor(options: JobThreadOptions) {
    this.#options = options;
  }

  /** The next call must wait for this one. @throws Error where the job fails, or not in time */
  run(job: Job): Promise<Result> {
    const { name, timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      if (this.#running !== undefined) throw new Error(`${name} is under way`);
      const timer = setTimeout(() => {
        this.#end(new Error(`${name} was not done within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#running = { resolve, reject, timer };
      this.#worker ??= this.#start();
      this.#worker.postMessage(job);
    });
  }

  /** Ends the thread; what is under way fails. */
  async stop(): Promise<void> {
    await this.#end(new Error(`${this.#options.name} was stopped`));
  }

  #start(): Worker {
    const { name, module, heapMb } = this.#options;
    const worker = new Worker(module, { resourceLimits: { maxOldGenerationSizeMb: heapMb } });
    // It waits for work as long as the server runs, and does not keep it running.
    worker.unref();
    worker.on('message', (reply: JobReply<Result>) => {
      // The last word of a thread that was given up is about another job.
      if (this.#worker !== worker) return;
      if ('error' in reply) this.#take()?.reject(new Error(reply.error));
      else this.#take()?.resolve(reply.result);
    });
    const ended = (error: Error): void => {
      if (this.#worker === worker) void this.#end(error);
    };
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`${name} lost its thread, which ended with ${code}`)));
    return worker;
  }

  async #end(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#take()?.reject(error);
    await worker?.terminate();
  }

  #take(): Running<Result> | undefined {
    const running = this.#running;
    this.#running = undefined;
    clearTimeout(running?.timer);
    return running;
  }
}
