import type { Clock } from './clock.ts';

/** How often the idle are looked for. */
const SWEEP_MS = 5_000;

/** Somebody of whom something is heard now and then. */
export interface Watched {
  /** When it was last heard of, on the clock of the sockets. */
  readonly heardAt: number;
  /** Nothing was heard for too long. */
  idle(): void;
}

/** One timer for all sockets of a door, which runs only while there are any. */
export class IdleWatch {
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #watched = new Set<Watched>();
  #stop: (() => void) | undefined;

  constructor(clock: Clock, idleMs: number) {
    this.#clock = clock;
    this.#idleMs = idleMs;
  }

  add(watched: Watched): void {
    this.#watched.add(watched);
    this.#stop ??= this.#clock.every(SWEEP_MS, () => this.#sweep());
  }

  remove(watched: Watched): void {
    this.#watched.delete(watched);
    if (this.#watched.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const watched of [...this.#watched]) {
      if (now - watched.heardAt >= this.#idleMs) watched.idle();
    }
  }
}
