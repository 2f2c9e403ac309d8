import type { Door, FactNotice, Notice, RepeatNotice } from '../../actors/door.ts';
import type { CanvasFact, CanvasInfo, CanvasOpening, CanvasQuery } from '../../protocol/canvas-messages.ts';
import { compactPixels, pixelCount } from '../../protocol/canvas-pixels.ts';
import type { CanvasEncoding, CanvasStateMessage } from '../../protocol/canvas-socket.ts';
import type { ConnectionId, OperationId, Seq, UserId } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { bitmapPathOf, encodeBulk, encodeCanvas, encodeFact, stateOf } from './canvas-frames.ts';
import type { PaintAcks } from './paint-acks.ts';

/** `[899,899,31],` */
const JSON_PIXEL_BYTES = 13;

type NoticeOf<Type> = Extract<Notice, { type: Type }>;
type FactOf<Type> = Extract<CanvasFact, { type: Type }>;

/** What passes at a canvas. */
export interface CanvasTransient {
  readonly type: 'presence';
  readonly online: number;
}

/** Somebody at a canvas, as far as the door must know. */
export interface CanvasGuest {
  readonly connectionId: ConnectionId;
  readonly you: CanvasStateMessage['you'];
  readonly acks: PaintAcks;
  /** It is about to be told the canvas as of event `seq`. */
  welcomed(seq: Seq): void;
}

/** What the door must know of its canvas. */
export interface PaintedCanvas {
  readonly canvas: CanvasInfo;
  readonly online: number;
  learn(seq: Seq, canvas: CanvasInfo): void;
}

export interface CanvasDoorOptions {
  readonly place: PaintedCanvas;
  readonly encoding: CanvasEncoding;
  readonly batchMs: number;
}

/** How subscribers of one canvas that take one encoding are told: the frames of asyncapi.yaml. */
export class CanvasDoor implements Door {
  readonly name: string;
  readonly gatherMs: number;
  readonly sharesOwn = true;
  /** Only how many there are is told, and that by the place's own count. */
  readonly ignoresPresence = true;
  readonly opening: CanvasQuery = { type: 'canvas.opening' };
  readonly #encoding: CanvasEncoding;
  readonly #place: PaintedCanvas;
  readonly #guests = new Map<ConnectionId, CanvasGuest>();
  #toldUpTo: Seq = 0;

  constructor({ place, encoding, batchMs }: CanvasDoorOptions) {
    this.name = `canvas ${encoding}`;
    this.gatherMs = batchMs;
    this.#place = place;
    this.#encoding = encoding;
  }

  /**
   * The last event that its subscribers were told, or are being told: facts are encoded to be written to all of them.
   */
  get toldUpTo(): Seq {
    return this.#toldUpTo;
  }

  resumingFromState(after: Seq): CanvasQuery {
    return { type: 'canvas.opening', after };
  }

  /** Before it joins. */
  admit(guest: CanvasGuest): void {
    this.#guests.set(guest.connectionId, guest);
  }

  dismiss(connectionId: ConnectionId): void {
    this.#guests.delete(connectionId);
  }

  encode(notice: Notice): Uint8Array | undefined {
    switch (notice.type) {
      case 'fact':
        return this.#fact(notice);
      case 'transient': {
        const { type, online } = notice.fact as CanvasTransient;
        return encodeCanvas({ type, online });
      }
      case 'presence':
        return undefined;
      case 'welcome':
        return this.#welcome(notice);
      case 'resync':
        return this.#resync(notice);
      default:
        return unreachable(notice);
    }
  }

  encodeAcks(notices: readonly FactNotice[]): Uint8Array | undefined {
    const { origin, seq } = notices.at(-1) ?? {};
    return origin && this.#acks(origin.connectionId, notices, seq ?? 0);
  }

  encodeRepeat(notice: RepeatNotice): Uint8Array | undefined {
    return this.#acks(notice.origin.connectionId, [notice], notice.seq);
  }

  /** What happens between pixels keeps its place among them. */
  merges({ fact }: FactNotice): boolean {
    return (fact as CanvasFact).type === 'painted';
  }

  encodeMerged(notices: readonly FactNotice[]): Uint8Array | undefined {
    const { seq = 0 } = notices.at(-1) ?? {};
    this.#toldUpTo = Math.max(this.#toldUpTo, seq);
    const painted = notices.map(({ fact }) => (fact as FactOf<'painted'>).pixels);
    const { width } = this.#place.canvas;
    return encodeBulk(this.#encoding, seq, compactPixels(Buffer.concat(painted)), width);
  }

  #fact({ seq, ...notice }: FactNotice): Uint8Array | undefined {
    // The seam carries facts of every kind; a canvas socket only ever joins canvases.
    const fact = notice.fact as CanvasFact;
    this.#toldUpTo = Math.max(this.#toldUpTo, seq);
    if (fact.type === 'canvas.updated') this.#place.learn(seq, fact.canvas);
    return encodeFact(this.#encoding, this.#place.canvas, seq, fact);
  }

  #acks(
    connectionId: ConnectionId,
    notices: readonly Pick<FactNotice, 'origin'>[],
    seq: Seq,
  ): Uint8Array | undefined {
    const ids = this.#guests
      .get(connectionId)
      ?.acks.encode(notices.flatMap(({ origin }) => paintIdOf(origin?.operationId) ?? []));
    return ids === undefined || ids.length === 0 ? undefined : encodeCanvas({ type: 'pixel:ack', ids, seq });
  }

  #welcome({ connectionId, seq, after, ...notice }: NoticeOf<'welcome'>): Uint8Array {
    const { changed, ...opening } = notice.opening as CanvasOpening;
    const { width, height, background } = opening.canvas;
    const guest = this.#guests.get(connectionId);
    this.#place.learn(seq, opening.canvas);
    guest?.welcomed(seq);
    const hasPixels = after !== undefined && changed !== null && this.#isShort(changed, width * height);
    const state = encodeCanvas({
      type: 'canvas:state',
      seq,
      width,
      height,
      background,
      ...stateOf(opening),
      online: this.#place.online,
      you: guest?.you ?? null,
      ...(hasPixels ? {} : { bitmap: bitmapPathOf(opening.canvas) }),
    });
    return hasPixels && changed.length > 0
      ? Buffer.concat([state, encodeBulk(this.#encoding, seq, changed, width)])
      : state;
  }

  /** Compared with a bitmap of a byte a pixel. */
  #isShort(changed: Uint8Array, area: number): boolean {
    const bytes = this.#encoding === 'binary' ? changed.length : pixelCount(changed) * JSON_PIXEL_BYTES;
    return bytes <= area;
  }

  /** After a welcome there is no opening: that had the whole state. */
  #resync({ seq, opening }: NoticeOf<'resync'>): Uint8Array | undefined {
    if (opening === undefined) return undefined;
    const { canvas, locks } = opening as CanvasOpening;
    this.#place.learn(seq, canvas);
    this.#toldUpTo = Math.max(this.#toldUpTo, seq);
    return encodeCanvas({
      type: 'canvas:reload',
      seq,
      bitmap: bitmapPathOf(canvas),
      ...stateOf({ canvas, locks }),
    });
  }
}

const SEPARATOR = '\n';

/** Ids of paintings are unique for their painter; the canvas needs one that is unique for all. */
export const operationIdOf = (userId: UserId, paintId: string): OperationId =>
  `${userId}${SEPARATOR}${paintId}` as OperationId;

function paintIdOf(operationId: OperationId | undefined): string | undefined {
  const at = operationId?.indexOf(SEPARATOR) ?? -1;
  return at < 0 ? undefined : operationId?.slice(at + SEPARATOR.length);
}
