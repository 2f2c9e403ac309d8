import { type ReadJob, type ReadResult, readUpdates } from '../documents/text/read-updates.ts';
import { JobThread } from './job-thread.ts';

/** Read within about 10 ms, which is less than the way to a thread and back is worth. */
const SMALL_BYTES = 128 * 1024;
/** The largest documents take a few seconds. */
const TIMEOUT_MS = 30_000;
/** Structs of Yjs as objects take about twenty times their bytes. */
const HEAP_MB = 1_024;

/** Reads Yjs updates: small ones at once, large ones one job after the other in a thread of its own. */
export class TextReader {
  readonly #thread: JobThread<ReadJob, ReadResult>;
  readonly #smallBytes: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ smallBytes = SMALL_BYTES, timeoutMs = TIMEOUT_MS } = {}) {
    this.#smallBytes = smallBytes;
    this.#thread = new JobThread({
      name: 'a reading',
      module: new URL('./text-read-worker.js', import.meta.url),
      timeoutMs,
      heapMb: HEAP_MB,
    });
  }

  /** @throws Error where they cannot be read, or not in time */
  async read(job: ReadJob): Promise<ReadResult> {
    if (bytesOf(job) <= this.#smallBytes) return readUpdates(job);
    const result = this.#last.then(() => this.#thread.run(job));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Ends the thread; what is under way fails. */
  stop(): Promise<void> {
    return this.#thread.stop();
  }
}

function bytesOf({ covered, difference }: ReadJob): number {
  return covered.reduce((sum, { length }) => sum + length, difference?.update.length ?? 0);
}
