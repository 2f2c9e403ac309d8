/** Bytes by key, the least recently used given up first where they are more than the budget together. */
export class ByteCache {
  readonly #budget: number;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Uint8Array>();
  #bytes = 0;

  /** @param budget bytes */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Uint8Array | undefined {
    const found = this.#entries.get(key);
    if (found === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found;
  }

  /** What is larger than the whole budget is not kept. */
  put(key: string, bytes: Uint8Array): void {
    this.#drop(key);
    if (bytes.byteLength > this.#budget) return;
    this.#entries.set(key, bytes);
    this.#bytes += bytes.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#budget) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const found = this.#entries.get(key);
    if (found === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= found.byteLength;
  }
}
