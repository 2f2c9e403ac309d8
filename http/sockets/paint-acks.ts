import type { Seq } from '../../protocol/ids.ts';

/** A `pixel:ack`, but for its type. */
export interface PaintAck {
  readonly ids: string[];
  /** Of the last of them. */
  readonly seq: Seq;
}

interface OpenPaint {
  /** Messages with this id that were not answered: a client may repeat one that is under way. */
  count: number;
  /** Of its event, once that is known. */
  seq?: Seq;
  /** Up to this event its acknowledgement was told while nobody was there to be told. */
  missedUpTo?: Seq;
}

/**
 * The paintings of one socket that wait for their acknowledgement. The canvas acknowledges them among what it tells, but
 * tells nothing to a reader that is behind: what was missed meanwhile is found here, so that each is acknowledged once.
 */
export class PaintAcks {
  readonly #open = new Map<string, OpenPaint>();
  /** In what is about to be delivered. */
  #encoded: string[] = [];

  /** Messages that wait for their acknowledgement. */
  get size(): number {
    let size = 0;
    for (const { count } of this.#open.values()) size += count;
    return size;
  }

  /** Of the event of one that waits; `undefined` while it is not durable. */
  seqOf(id: string): Seq | undefined {
    return this.#open.get(id)?.seq;
  }

  /** It is on its way to the canvas. */
  open(id: string): void {
    const paint = this.#open.get(id);
    if (paint === undefined) this.#open.set(id, { count: 1 });
    else paint.count += 1;
  }

  /** It will not be acknowledged. */
  failed(id: string): void {
    const paint = this.#open.get(id);
    if (paint === undefined) return;
    paint.count -= 1;
    if (paint.count === 0) this.#open.delete(id);
  }

  /**
   * It is durable.
   * @returns what is to be acknowledged now, since the canvas has told it already and will not again
   */
  durable(id: string, seq: Seq): PaintAck | undefined {
    const paint = this.#open.get(id);
    if (paint === undefined) return undefined;
    paint.seq = seq;
    const { missedUpTo } = paint;
    if (missedUpTo === undefined || seq > missedUpTo) return undefined;
    return { ids: this.#close(id), seq };
  }

  /** The canvas acknowledges these. @returns those that wait for it; they are in what is delivered next */
  encode(ids: readonly string[]): string[] {
    const waiting = ids.filter((id) => this.#open.has(id));
    this.#encoded.push(...waiting);
    return waiting;
  }

  /** What the canvas told was delivered. */
  delivered(): void {
    for (const id of this.#encoded) this.failed(id);
    this.#encoded = [];
  }

  /** What the canvas told was not delivered, and nothing will be for a while. */
  dropped(): void {
    this.#encoded = [];
  }

  /**
   * The reader is back, and is told what comes after event `seq`.
   * @returns what it missed
   */
  missed(seq: Seq): PaintAck | undefined {
    const ids: string[] = [];
    let last = 0;
    for (const [id, paint] of [...this.#open]) {
      if (paint.seq === undefined) paint.missedUpTo = seq;
      else if (paint.seq <= seq) {
        ids.push(...this.#close(id));
        last = Math.max(last, paint.seq);
      }
    }
    return ids.length === 0 ? undefined : { ids, seq: last };
  }

  /** @returns its id, as often as it was sent */
  #close(id: string): string[] {
    const { count = 0 } = this.#open.get(id) ?? {};
    this.#open.delete(id);
    return Array.from({ length: count }, () => id);
  }
}
