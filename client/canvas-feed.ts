import { compactPixels, PIXEL_BYTES } from '../protocol/canvas-pixels.ts';
import type { CanvasBulkFrame } from '../protocol/canvas-socket.ts';
import type { CanvasBitmap } from './canvas-bitmap.ts';
import { CanvasError } from './canvas-error.ts';
import type { CanvasFrame } from './canvas-frame.ts';
import { CanvasPicture } from './canvas-picture.ts';

export interface CanvasFeedHandler {
  /** @param signal aborts it when its answer is not needed any more */
  load(path: string, signal: AbortSignal): Promise<CanvasBitmap>;
  /** A picture of another canvas, or the first one. */
  replaced(picture: CanvasPicture): void;
  /** A bitmap was loaded, and everything that came meanwhile is in the picture. */
  loaded(): void;
  failed(error: CanvasError): void;
}

/** A bitmap on its way. */
interface Loading {
  readonly atLeast: number;
  readonly abort: AbortController;
}

/** What the server tells of the pixels, put into a {@link CanvasPicture}: bitmaps, and the updates that build on them. */
export class CanvasFeed {
  readonly #handler: CanvasFeedHandler;
  #picture: CanvasPicture | undefined;
  #hasBase = false;
  #loading: Loading | undefined;
  /** What came while a bitmap was loading. */
  #waiting: CanvasBulkFrame[] = [];
  #waitingBytes = 0;

  constructor(handler: CanvasFeedHandler) {
    this.#handler = handler;
  }

  get picture(): CanvasPicture | undefined {
    return this.#picture;
  }

  get isLoading(): boolean {
    return this.#loading !== undefined;
  }

  /** Where the next stay goes on; `undefined`: with the whole bitmap. */
  get resumeAfter(): number | undefined {
    return this.#hasBase ? this.#picture?.seq : undefined;
  }

  /** A stay begins, or begins anew. */
  begin(state: Extract<CanvasFrame, { type: 'canvas:state' }>): void {
    const { seq, width, height, background, bitmap } = state;
    if (this.#picture?.width !== width || this.#picture.height !== height) {
      this.#hasBase = false;
      this.#picture = new CanvasPicture(width, height, background);
      this.#handler.replaced(this.#picture);
    }
    this.#picture.forgetAfter(seq);
    if (bitmap !== undefined) this.reload(seq, bitmap);
  }

  /** A bitmap has to be loaded; it will have every event up to `seq`. */
  reload(seq: number, path: string): void {
    this.#loading?.abort.abort();
    // What waits is in the bitmap. Kept, it could be merged with what comes later, and cover what the bitmap brings.
    this.#stopLoading();
    const loading = { atLeast: seq, abort: new AbortController() };
    this.#loading = loading;
    this.#handler.load(path, loading.abort.signal).then(
      (bitmap) => {
        if (this.#loading === loading) this.#arrived(loading, bitmap);
      },
      (error: unknown) => {
        if (this.#loading === loading) this.#failed(error instanceof Error ? error.message : String(error));
      },
    );
  }

  update(frame: CanvasBulkFrame): void {
    if (this.#loading === undefined) this.#picture?.update(frame.seq, frame.pixels);
    else this.#keep(frame);
  }

  /** Something that is no pixel happened. */
  advance(seq: number): void {
    if (this.#loading === undefined) this.#picture?.advance(seq);
  }

  /** The socket ended: what it would have told is told by the next one. */
  lost(): void {
    this.#loading?.abort.abort();
    this.#stopLoading();
  }

  #arrived({ atLeast }: Loading, { seq, bytes }: CanvasBitmap): void {
    const picture = this.#picture;
    if (picture === undefined) return;
    if (bytes.length !== picture.confirmed.length || seq < atLeast) {
      this.#failed(`a bitmap of ${bytes.length} bytes as of event ${seq}, not ${atLeast}`);
      return;
    }
    picture.replace(seq, bytes);
    this.#hasBase = true;
    // Those that are in the bitmap already are passed over.
    for (const frame of this.#waiting) picture.update(frame.seq, frame.pixels);
    this.#stopLoading();
    this.#handler.loaded();
  }

  #failed(message: string): void {
    this.#stopLoading();
    this.#handler.failed(new CanvasError('bitmap', `The bitmap could not be loaded: ${message}`));
  }

  #stopLoading(): void {
    this.#loading = undefined;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #keep(frame: CanvasBulkFrame): void {
    this.#waiting.push(frame);
    this.#waitingBytes += frame.pixels.length;
    // However long it takes, more than every pixel once is not worth keeping.
    const limit = 2 * PIXEL_BYTES * (this.#picture?.confirmed.length ?? 0);
    if (this.#waitingBytes <= limit) return;
    const pixels = compactPixels(concat(this.#waiting));
    this.#waiting = [{ seq: frame.seq, pixels }];
    this.#waitingBytes = pixels.length;
  }
}

function concat(frames: readonly CanvasBulkFrame[]): Uint8Array {
  const all = new Uint8Array(frames.reduce((size, { pixels }) => size + pixels.length, 0));
  let at = 0;
  for (const { pixels } of frames) {
    all.set(pixels, at);
    at += pixels.length;
  }
  return all;
}
