import type * as Y from 'yjs';

/** A set of Yjs ids. Ids of one client that follow each other take no more room than one. */
export class IdRanges {
  readonly #byClient = new Map<number, { from: number; to: number }[]>();

  /** Ids from `clock` on, so many. Those of one client are best added in ascending order. */
  add(client: number, clock: number, length: number): void {
    const ranges = this.#byClient.get(client) ?? [];
    this.#byClient.set(client, ranges);
    const last = ranges.at(-1);
    if (last !== undefined && last.from <= clock && clock <= last.to)
      last.to = Math.max(last.to, clock + length);
    else ranges.push({ from: clock, to: clock + length });
  }

  has({ client, clock }: Y.ID): boolean {
    return this.#byClient.get(client)?.some(({ from, to }) => from <= clock && clock < to) ?? false;
  }
}
