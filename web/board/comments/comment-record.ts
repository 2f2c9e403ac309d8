import { type ClientTimers, platformTimers } from '../../../client/client-timers.ts';
import type { RoomComment } from '../../../client/index.ts';
import type { CommentFacts, FactsOf } from './thread-list.ts';

/** Wait before asking again for what the server did not have yet. */
const RETRIES_MS = [1000, 2000, 4000, 8000, 15_000] as const;
/** Comments that come together are asked for together. */
const GATHER_MS = 200;

export interface CommentRecordOptions {
  readonly fetch: () => Promise<readonly RoomComment[]>;
  /** Ids of the comments that are there. */
  readonly ids: () => Iterable<string>;
  readonly changed: (facts: FactsOf) => void;
  /** Default: those of the platform. */
  readonly timers?: ClientTimers;
}

/**
 * Authors and times of the comments, which only the server knows: asked for when a comment is new, all at once. Until
 * it has answered, a comment that came while we were here counts as made now.
 */
export class CommentRecord {
  readonly #options: CommentRecordOptions;
  readonly #timers: ClientTimers;
  readonly #facts = new Map<string, CommentFacts>();
  readonly #settled = new Set<string>();
  #cancel: (() => void) | undefined;
  #isAsking = false;
  #tries = 0;

  constructor(options: CommentRecordOptions) {
    this.#options = options;
    this.#timers = options.timers ?? platformTimers;
  }

  /** Somebody wrote it just now, as far as we know. */
  assume(id: string, author: string): void {
    if (this.#facts.has(id)) return;
    this.#facts.set(id, { author, createdAt: Date.now() });
    this.#options.changed(new Map(this.#facts));
  }

  /** Asks soon, if there is anything to ask for. */
  refresh(): void {
    this.#tries = 0;
    this.#schedule(GATHER_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#tries = RETRIES_MS.length;
  }

  #schedule(delay: number): void {
    this.#cancel?.();
    this.#cancel = this.#timers.after(delay, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || !this.#isLacking()) return;
    this.#isAsking = true;
    try {
      for (const { id, author, createdAt } of await this.#options.fetch()) {
        this.#facts.set(id, { author, createdAt: Date.parse(createdAt) });
        this.#settled.add(id);
      }
      this.#options.changed(new Map(this.#facts));
    } catch {
      // The comments themselves are here; what is missing is asked for again.
    } finally {
      this.#isAsking = false;
    }
    const delay = RETRIES_MS[this.#tries];
    this.#tries += 1;
    if (delay !== undefined && this.#isLacking()) this.#schedule(delay);
  }

  #isLacking(): boolean {
    for (const id of this.#options.ids()) if (!this.#settled.has(id)) return true;
    return false;
  }
}
