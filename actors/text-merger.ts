import { JobThread } from './job-thread.ts';

/** A document of 10 MiB takes a second or two; what takes this long is an attack, or will not end. */
const TIMEOUT_MS = 30_000;
/** Objects of Yjs take about twenty times the bytes of their update. */
const HEAP_MB = 1_024;

/** Merges Yjs updates in a thread of its own, one job at a time. */
export class TextMerger {
  readonly #thread: JobThread<readonly Uint8Array[], Uint8Array>;

  constructor(timeoutMs = TIMEOUT_MS) {
    this.#thread = new JobThread({
      name: 'a merge',
      module: new URL('./text-merge-worker.js', import.meta.url),
      timeoutMs,
      heapMb: HEAP_MB,
    });
  }

  /** The next call must wait for this one. @throws Error where they cannot be merged, or not in time */
  merge(updates: readonly Uint8Array[]): Promise<Uint8Array> {
    return this.#thread.run(updates);
  }

  /** Ends the thread; what is under way fails. */
  stop(): Promise<void> {
    return this.#thread.stop();
  }
}
