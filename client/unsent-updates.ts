import { mergeInGroups } from './merge-in-groups.ts';

/**
 * Bytes of one merged update. Far below what a server takes, so that hours of work offline do not become one update
 * that is refused.
 */
const MERGED_BYTES = 128 * 1024;

/** Changes that were not handed to the connection yet, oldest first. Merged when they leave. */
export class UnsentUpdates {
  #updates: Uint8Array[] = [];

  get isEmpty(): boolean {
    return this.#updates.length === 0;
  }

  add(update: Uint8Array): void {
    this.#updates.push(update);
  }

  /** They were taken, and have to be taken again before all others. */
  putBack(updates: readonly Uint8Array[]): void {
    this.#updates = [...updates, ...this.#updates];
  }

  /** Forgets the others: this one has them all. */
  replace(update: Uint8Array | undefined): void {
    this.#updates = update === undefined ? [] : [update];
  }

  /** As many of the oldest as fit into one update, and at least one. */
  take(): Uint8Array | undefined {
    const [first, ...rest] = this.#updates;
    if (first === undefined) return undefined;
    let count = 1;
    let bytes = first.length;
    for (const { length } of rest) {
      if (bytes + length > MERGED_BYTES) break;
      bytes += length;
      count += 1;
    }
    const taken = this.#updates.slice(0, count);
    this.#updates = this.#updates.slice(count);
    return mergeInGroups(taken);
  }
}
