import { pixelColor, pixelCount, pixelIndex } from '../../../protocol/canvas-pixels.ts';

/** A painting as its painter sent it. */
interface SentPaint {
  readonly userId: string;
  /** What was painted, as {@link paintKey} has it. */
  readonly key: string;
  ackedAt: number | undefined;
}

/** The same pixels in the same colours of the same user have the same key, in whatever order they were painted. */
export function paintKey(userId: string, packed: Uint8Array): string {
  const last = new Map<number, number>();
  for (let n = 0; n < pixelCount(packed); n += 1) last.set(pixelIndex(packed, n), pixelColor(packed, n));
  const pixels = [...last].sort(([a], [b]) => a - b).map(([index, color]) => `${index}:${color}`);
  return `${userId} ${pixels.join(' ')}`;
}

/** A rewind that was answered. */
export interface AnsweredRewind {
  readonly to: number;
  /** The last event before it was asked for: what was painted since stays. */
  readonly after: number;
  readonly region?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly isOfOneUser: boolean;
  readonly pixels: number;
}

/** What one canvas has promised, and what it did not keep. Nothing here is ever taken back. */
export class CanvasLedger {
  readonly violations: string[] = [];
  /** By user and id. */
  readonly #sent = new Map<string, SentPaint>();
  /** By their `seq`. */
  readonly rewinds = new Map<number, AnsweredRewind>();
  #head = 0;
  #acks = 0;
  rejects = 0;
  answers = 0;
  sockets = 0;

  /** The largest seq that anybody knows of: nobody is told what is not durable. */
  get head(): number {
    return this.#head;
  }

  /** Paintings that were acknowledged. */
  get acks(): number {
    return this.#acks;
  }

  broken(what: string): void {
    this.violations.push(what);
  }

  sees(seq: number): void {
    this.#head = Math.max(this.#head, seq);
  }

  /** Also again, with the same id. */
  sends(userId: string, id: string, packed: Uint8Array): void {
    const name = `${userId} ${id}`;
    const key = paintKey(userId, packed);
    const known = this.#sent.get(name);
    if (known === undefined) this.#sent.set(name, { userId, key, ackedAt: undefined });
    else if (known.key !== key) throw new TypeError(`${name} was another painting before`);
  }

  /** @param seq that of the painting, or of a later one that was acknowledged with it */
  acknowledged(userId: string, id: string, seq: number): void {
    this.sees(seq);
    const paint = this.#sent.get(`${userId} ${id}`);
    if (paint === undefined) {
      this.broken(`${userId} got an ack for ${id}, which nobody sent`);
      return;
    }
    if (paint.ackedAt === undefined) this.#acks += 1;
    paint.ackedAt = Math.min(paint.ackedAt ?? Number.POSITIVE_INFINITY, seq);
  }

  /**
   * Every painting that was acknowledged is in the log, no later than it was told, and none that nobody sent or twice.
   *
   * @param logged the seqs of paintings in the log, ascending, by their key
   */
  compare(logged: ReadonlyMap<string, readonly number[]>): void {
    const sent = new Map<string, SentPaint[]>();
    for (const paint of this.#sent.values()) sent.set(paint.key, [...(sent.get(paint.key) ?? []), paint]);
    for (const [key, paints] of sent) {
      const seqs = logged.get(key) ?? [];
      const acked = paints.flatMap(({ ackedAt }) => ackedAt ?? []).sort((a, b) => a - b);
      const isThere = acked.every((seq, n) => (seqs[n] ?? Number.POSITIVE_INFINITY) <= seq);
      if (!isThere) this.broken(`${key} was acknowledged at ${acked}, and is in the log at ${seqs}`);
      if (seqs.length > paints.length)
        this.broken(`${key} was sent ${paints.length} times, and is at ${seqs}`);
    }
    for (const [key, seqs] of logged)
      if (!sent.has(key)) this.broken(`nobody sent ${key}, which is at ${seqs}`);
  }
}
