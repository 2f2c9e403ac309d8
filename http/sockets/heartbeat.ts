import type { Clock } from './clock.ts';

/** A proxy between here and a browser commonly cuts what is silent for 60 s; half of that leaves room for a loss. */
export const HEARTBEAT_MS = 30_000;

/** The sockets are pinged in turns, one slot a second: pinging 20,000 at once would hold up the loop for 100 ms. */
const SLOTS = 30;

/** Something that is pinged. */
export interface Beating {
  /** Comes every `HEARTBEAT_MS`. */
  beat(): void;
}

/** One timer for all sockets of a server. */
export class Heartbeat {
  readonly #slots: readonly Set<Beating>[] = Array.from({ length: SLOTS }, () => new Set<Beating>());
  readonly #stop: () => void;
  #next = 0;
  #joined = 0;

  constructor(clock: Clock, onDefect: (error: unknown) => void) {
    this.#stop = clock.every(HEARTBEAT_MS / SLOTS, () => this.#tick(onDefect));
  }

  /** @returns takes it out again */
  add(beating: Beating): () => void {
    const slot = this.#slots[this.#joined++ % SLOTS];
    slot?.add(beating);
    return () => {
      slot?.delete(beating);
    };
  }

  stop(): void {
    this.#stop();
  }

  #tick(onDefect: (error: unknown) => void): void {
    const slot = this.#slots[this.#next++ % SLOTS] ?? [];
    for (const beating of slot) {
      try {
        beating.beat();
      } catch (error) {
        onDefect(error);
      }
    }
  }
}
