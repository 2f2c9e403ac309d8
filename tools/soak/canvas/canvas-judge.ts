import type { CanvasesApi, CanvasHistory } from '../../../client/canvases-api.ts';
import type { CanvasRegion } from '../../../protocol/canvas-messages.ts';
import { pixelColor, pixelCount, pixelIndex } from '../../../protocol/canvas-pixels.ts';
import { type AnsweredRewind, type CanvasLedger, paintKey } from './canvas-ledger.ts';
import type { CanvasPlace } from './canvas-member.ts';

const PAGE_EVENTS = 5_000;
const PAGE_AUDITS = 100;

type HistoryItem = CanvasHistory['items'][number];

/** Of `CanvasesApi`, what a judge reads. */
export type JudgedCanvas = Pick<CanvasesApi, 'bitmap' | 'history' | 'audit'>;

/** Reads the whole log of a canvas and looks for what it breaks. */
export class CanvasJudge {
  readonly #api: JudgedCanvas;
  readonly #place: Omit<CanvasPlace, 'url' | 'colors'>;
  readonly #ledger: CanvasLedger;

  constructor(api: JudgedCanvas, place: Omit<CanvasPlace, 'url' | 'colors'>, ledger: CanvasLedger) {
    this.#api = api;
    this.#place = place;
    this.#ledger = ledger;
  }

  /**
   * The log is gapless and has what was acknowledged, rewinds and locks did what they say, and the bitmap is what all
   * events in their order give. Others may go on painting.
   *
   * @returns the number of events
   */
  async judge(): Promise<number> {
    const { head: known } = this.#ledger;
    const { seq, bytes } = await this.#api.bitmap(this.#place.canvasId);
    if (seq < known) this.#ledger.broken(`the bitmap is of ${seq} after ${known} was told`);
    const events = await this.#events(seq);
    const pictures = this.#replay(events);
    if (Buffer.compare(pictures.at(-1) ?? NOTHING, bytes) !== 0)
      this.#ledger.broken(`the bitmap of ${seq} is not what its log gives`);
    return events.length;
  }

  /** All was answered, and nobody paints any more: what is in the log is what was sent. */
  async judgeEnd(): Promise<void> {
    const events = await this.#events();
    const logged = new Map<string, number[]>();
    for (const event of events) {
      if (event.kind !== 'painted') continue;
      const key = paintKey(event.userId, packedOf(event));
      logged.set(key, [...(logged.get(key) ?? []), event.seq]);
    }
    this.#ledger.compare(logged);
    await this.#judgeLocks(events);
    const pictures = this.#replay(events);
    for (const [seq, rewind] of this.#ledger.rewinds) this.#judgeRewind(seq, rewind, events, pictures);
  }

  async #events(to?: number): Promise<HistoryItem[]> {
    const events: HistoryItem[] = [];
    for (let from: number | null = 1; from !== null; ) {
      const query = {
        from,
        limit: PAGE_EVENTS,
        encoding: 'packed',
        ...(to === undefined ? {} : { to }),
      } as const;
      const page: CanvasHistory = await this.#api.history(this.#place.canvasId, query);
      events.push(...page.items);
      from = page.next;
    }
    events.forEach(({ seq }, n) => {
      if (seq !== n + 1) this.#ledger.broken(`the log has ${seq} where ${n + 1} is due`);
    });
    return events;
  }

  /** @returns the picture after each event */
  #replay(events: readonly HistoryItem[]): Uint8Array[] {
    let picture = new Uint8Array(this.#place.width * this.#place.height);
    return events.map((event) => {
      const packed = packedOf(event);
      if (packed.length > 0) picture = new Uint8Array(picture);
      for (let n = 0; n < pixelCount(packed); n += 1) picture[pixelIndex(packed, n)] = pixelColor(packed, n);
      return picture;
    });
  }

  /** Between a lock and its end nobody has painted there. */
  async #judgeLocks(events: readonly HistoryItem[]): Promise<void> {
    const locks = new Map<string, CanvasRegion>();
    const changes = new Map<number, () => void>();
    for (const { seq, action, details } of await this.#audits()) {
      const { lockId, ...region } = details as unknown as CanvasRegion & { readonly lockId: string };
      if (action === 'lock') changes.set(seq, () => locks.set(lockId, region));
      if (action === 'unlock') changes.set(seq, () => locks.delete(lockId));
    }
    for (const event of events) {
      changes.get(event.seq)?.();
      if (event.kind !== 'painted') continue;
      const packed = packedOf(event);
      for (let n = 0; n < pixelCount(packed); n += 1) {
        const index = pixelIndex(packed, n);
        if ([...locks.values()].some((region) => isIn(region, index, this.#place.width)))
          this.#ledger.broken(`${event.seq} painted ${index}, which was locked`);
      }
    }
  }

  async #audits() {
    const audits = [];
    for (let page = 1; ; page += 1) {
      const { items, total } = await this.#api.audit(this.#place.canvasId, { page, size: PAGE_AUDITS });
      audits.push(...items);
      if (audits.length >= total || items.length === 0) return audits;
    }
  }

  #judgeRewind(
    seq: number,
    { to, after: asked, region, isOfOneUser, pixels }: AnsweredRewind,
    events: readonly HistoryItem[],
    pictures: readonly Uint8Array[],
  ): void {
    const event = events[seq - 1];
    if (event?.kind !== 'rewound') {
      this.#ledger.broken(`a rewind was answered at ${seq}, where the log has ${event?.kind}`);
      return;
    }
    const count = pixelCount(packedOf(event));
    if (count !== pixels) this.#ledger.broken(`the rewind at ${seq} has ${count} pixels, not ${pixels}`);
    if (isOfOneUser) return;
    const [before = NOTHING, after = NOTHING] = [pictures[to - 1], pictures[seq - 1]];
    const meanwhile = new Set<number>();
    for (const between of events.slice(asked, seq - 1)) {
      const packed = packedOf(between);
      for (let n = 0; n < pixelCount(packed); n += 1) meanwhile.add(pixelIndex(packed, n));
    }
    for (const [index, color] of before.entries()) {
      if (region !== undefined && !isIn(region, index, this.#place.width)) continue;
      if (after[index] === color || meanwhile.has(index)) continue;
      this.#ledger.broken(`the rewind at ${seq} left ${index} other than it was at ${to}`);
      return;
    }
  }
}

const NOTHING = new Uint8Array(0);

const packedOf = ({ packed }: HistoryItem): Uint8Array => Buffer.from(packed ?? '', 'base64');

function isIn({ x, y, width, height }: CanvasRegion, index: number, canvasWidth: number): boolean {
  const [px, py] = [index % canvasWidth, Math.floor(index / canvasWidth)];
  return px >= x && px < x + width && py >= y && py < y + height;
}
