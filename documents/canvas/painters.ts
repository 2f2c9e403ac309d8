/** One who painted. */
export interface Painter {
  readonly userId: string;
  /** As it called itself last. */
  readonly name: string;
}

/** Everybody who ever painted on a canvas, by number: 1, 2, 3, ... in order of their first pixel. */
export class Painters {
  readonly #list: Painter[] = [];
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#list.length;
  }

  all(): readonly Painter[] {
    return this.#list;
  }

  /** `undefined` for 0: nobody. */
  get(number: number): Painter | undefined {
    return this.#list[number - 1];
  }

  find(userId: string): Painter | undefined {
    return this.get(this.numberOf(userId) ?? 0);
  }

  numberOf(userId: string): number | undefined {
    return this.#numbers.get(userId);
  }

  /** Adds one who is new, takes note of a new name; the number. */
  note(painter: Painter): number {
    const known = this.#numbers.get(painter.userId);
    if (known === undefined) {
      this.#list.push(painter);
      this.#numbers.set(painter.userId, this.#list.length);
      return this.#list.length;
    }
    if (this.get(known)?.name !== painter.name) this.#list[known - 1] = painter;
    return known;
  }
}
