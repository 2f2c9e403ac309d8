import { compactPixels, pixelCount } from '../protocol/canvas-pixels.ts';
import { CanvasError } from './canvas-error.ts';
import type { CanvasMessageOf, PaintAck } from './canvas-events.ts';
import type { CanvasOperation, CanvasTool } from './canvas-operation.ts';
import type { CanvasOutbox } from './canvas-outbox.ts';
import { splitPixels } from './canvas-paint.ts';
import type { CanvasPicture } from './canvas-picture.ts';

export interface CanvasPainterOptions {
  readonly outbox: CanvasOutbox;
  readonly newId: () => string;
  /** Whether what came too fast is sent again when there is room, instead of refused. */
  readonly retryRateLimited: boolean;
  /** Pixels that may wait for the server. */
  readonly maxPendingPixels: number;
  acked(ack: PaintAck): void;
  /** How long the server took for one that was sent once. */
  took(ms: number): void;
  rejected(error: CanvasError & { readonly id: string }): void;
}

/** What the caller painted at once; the server may get it as several operations. */
interface Paint {
  readonly ids: string[];
  left: number;
  seq: number;
  readonly promise: Promise<PaintAck>;
  readonly resolve: (ack: PaintAck) => void;
  readonly reject: (error: CanvasError) => void;
}

export interface PaintInput {
  readonly tool: CanvasTool;
  readonly strokeId?: string;
  /** How many pixels an operation may have. */
  readonly batchSize: number;
}

/** Between a server that said "not now", without saying when, and the next attempt. */
const RETRY_MS = 1_000;

/** Paints before the server has agreed, and takes it back where it does not. */
export class CanvasPainter {
  readonly #options: CanvasPainterOptions;
  readonly #outbox: CanvasOutbox;
  readonly #paints = new Map<string, Paint>();
  /** Shown, but not on its way: it will be a part of the operation that comes next. */
  #drafts: CanvasOperation[] = [];
  #picture: CanvasPicture | undefined;
  #orders = 0;

  constructor(options: CanvasPainterOptions) {
    this.#options = options;
    this.#outbox = options.outbox;
  }

  get hasPending(): boolean {
    return this.#outbox.size + this.#drafts.length > 0;
  }

  /** Another canvas: what was painted on the one before has no place here. */
  setPicture(picture: CanvasPicture): void {
    if (this.#picture !== undefined) {
      this.failAll(new CanvasError('not_found', 'The canvas has another size now.'));
    }
    this.#picture = picture;
  }

  /**
   * @param packed each pixel once
   * @returns settles when all of it is acknowledged, whenever that is; rejects with a {@link CanvasError} as soon as a
   *   part of it is refused
   */
  paint(packed: Uint8Array, { tool, strokeId, batchSize }: PaintInput): Promise<PaintAck> {
    const { maxPendingPixels, newId } = this.#options;
    const picture = this.#picture;
    if (picture === undefined)
      return this.refuse(new CanvasError('not_ready', 'The canvas is not here yet.'));
    if (this.#outbox.pixels + pixelCount(packed) > maxPendingPixels) {
      const message = `More than ${maxPendingPixels} pixels wait for the server.`;
      return this.refuse(new CanvasError('queue_full', message));
    }
    const batches = splitPixels(packed, batchSize);
    if (batches.length === 0) return Promise.resolve({ ids: [], seq: picture.seq });
    const paint = newPaint(batches.length);
    for (const pixels of batches) {
      const operation = this.#operation(newId(), pixels, tool, strokeId);
      paint.ids.push(operation.id);
      this.#paints.set(operation.id, paint);
      picture.paint(operation);
      this.#outbox.add(operation);
    }
    return paint.promise;
  }

  /** Shows what will be painted with {@link takeDraft}. */
  draft(packed: Uint8Array): void {
    const draft = this.#operation('draft', packed, 'brush', undefined);
    this.#drafts.push(draft);
    this.#picture?.paint(draft);
  }

  /** Takes off what was only shown. @returns all of it, to be painted now */
  takeDraft(): Uint8Array {
    const drafts = this.#drafts;
    this.#drafts = [];
    for (const draft of drafts) this.#picture?.rollBack(draft);
    const all = new Uint8Array(drafts.reduce((size, { pixels }) => size + pixels.length, 0));
    let at = 0;
    for (const { pixels } of drafts) {
      all.set(pixels, at);
      at += pixels.length;
    }
    return compactPixels(all);
  }

  acknowledge({ ids, seq }: CanvasMessageOf<'pixel:ack'>): void {
    const mine: string[] = [];
    for (const id of ids) {
      const answered = this.#outbox.take(id);
      if (answered === undefined) continue;
      mine.push(id);
      if (!answered.isRepeat) this.#options.took(answered.tookMs);
      this.#picture?.acknowledge(answered.operation, seq);
      this.#settle(id, seq);
    }
    if (mine.length > 0) this.#options.acked({ ids: mine, seq });
    this.#outbox.go();
  }

  /** The server will not paint it, or not now. */
  decline(error: CanvasError & { readonly id: string }): void {
    const answered = this.#outbox.take(error.id);
    if (answered === undefined) return;
    const { operation, isRepeat } = answered;
    const delayMs = this.#retryAfterMs(error, isRepeat);
    if (delayMs === undefined) {
      this.#reject(operation, error);
      this.#outbox.go();
      return;
    }
    this.#picture?.raise(operation);
    this.#outbox.postpone(operation, delayMs, isRepeat || error.code === 'unavailable');
  }

  /** Some of what is under way was not read: later ones may be painted where earlier ones are not. */
  unread(): void {
    for (const operation of this.#outbox.underWay) this.#picture?.raise(operation);
  }

  /** Nothing will be painted any more. */
  failAll(error: CanvasError): void {
    this.takeDraft();
    for (const operation of this.#outbox.empty()) {
      const { id } = operation;
      this.#reject(operation, Object.assign(new CanvasError(error.code, error.message), { id }));
    }
  }

  /** The caller is told like of what the server refuses. */
  refuse(error: CanvasError): Promise<never> {
    this.#options.rejected(Object.assign(error, { id: error.id ?? this.#options.newId() }));
    return quiet(Promise.reject(error));
  }

  #operation(
    id: string,
    pixels: Uint8Array,
    tool: CanvasTool,
    strokeId: string | undefined,
  ): CanvasOperation {
    this.#orders += 1;
    return { id, order: this.#orders, pixels, tool, strokeId, paintedAt: Date.now() };
  }

  #retryAfterMs({ code, retryAfterMs }: CanvasError, isRepeat: boolean): number | undefined {
    if (code === 'overloaded' || code === 'unavailable') return RETRY_MS;
    if (code !== 'rate_limited') return undefined;
    // One that was sent before may be painted: only an acknowledgement or a refusal without a way out can tell.
    return this.#options.retryRateLimited || isRepeat ? retryAfterMs : undefined;
  }

  #reject(operation: CanvasOperation, error: CanvasError & { readonly id: string }): void {
    this.#picture?.rollBack(operation);
    const paint = this.#paints.get(operation.id);
    this.#paints.delete(operation.id);
    paint?.reject(error);
    this.#options.rejected(error);
  }

  #settle(id: string, seq: number): void {
    const paint = this.#paints.get(id);
    this.#paints.delete(id);
    if (paint === undefined) return;
    paint.left -= 1;
    paint.seq = Math.max(paint.seq, seq);
    if (paint.left === 0) paint.resolve({ ids: paint.ids, seq: paint.seq });
  }
}

function newPaint(left: number): Paint {
  let [resolve, reject] = [(_: PaintAck): void => undefined, (_: CanvasError): void => undefined];
  const promise = new Promise<PaintAck>((onResolve, onReject) => {
    [resolve, reject] = [onResolve, onReject];
  });
  return { ids: [], left, seq: 0, promise: quiet(promise), resolve, reject };
}

/** Whoever does not care for its fate is not punished by an unhandled rejection; `reject` tells it too. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
