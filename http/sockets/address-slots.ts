/** Counts who holds something, by key; keys of which nobody holds anything take no memory. */
export class AddressSlots {
  readonly #held = new Map<string, number>();

  get size(): number {
    return this.#held.size;
  }

  /** @returns gives the slot back, once however often it is called; `undefined` where all are taken */
  take(key: string, limit: number): (() => void) | undefined {
    const held = this.#held.get(key) ?? 0;
    if (held >= limit) return undefined;
    this.#held.set(key, held + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#giveBack(key);
    };
  }

  #giveBack(key: string): void {
    const left = (this.#held.get(key) ?? 0) - 1;
    if (left > 0) this.#held.set(key, left);
    else this.#held.delete(key);
  }
}
