import type { CanvasInfo } from '../../protocol/canvas-messages.ts';
import { pixelCount } from '../../protocol/canvas-pixels.ts';
import type { CanvasPixelUpdate } from '../../protocol/canvas-socket.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { Session } from '../sessions/session.ts';
import type { Painting } from './canvas-stay.ts';
import type { PaintRates, RatedPainter } from './paint-rates.ts';
import { paintedPixels } from './painted-pixels.ts';
import { problemOf } from './problem-of.ts';

export interface CanvasPainterOptions {
  readonly documentId: DocumentId;
  /** As it is now. */
  readonly place: { readonly canvas: CanvasInfo };
  readonly rates: PaintRates;
  /** Absent: one who may only watch. */
  readonly session: Session | undefined;
  /** Where it comes from, as limits are counted. */
  readonly address: string;
  /** Whether a painting of this name is stored, or on its way there. */
  readonly isDone: (id: string) => Promise<boolean>;
  readonly onPainting: (painting: Painting) => void;
  readonly onRefused: (id: string, pixels: number, problem: Problem, retryAfterMs?: number) => void;
}

/** What one socket may paint, and with which stroke. What is locked the canvas itself knows. */
export class CanvasPainter {
  readonly #options: CanvasPainterOptions;
  readonly #keys: { readonly user: string; readonly address: string };
  /** Of the stroke that is open. */
  #strokeId: string | undefined;

  constructor(options: CanvasPainterOptions) {
    const { documentId, session, address } = options;
    this.#options = options;
    this.#keys = {
      user: `${documentId}\nuser\n${session?.userId ?? ''}`,
      address: `${documentId}\naddress\n${address}`,
    };
  }

  /**
   * Paintings come out in the order in which they went in. One that is stored already is acknowledged as it was,
   * whatever would refuse it now, and costs nothing.
   *
   * @param heardAt on the clock of the sockets
   * @throws Problem `bad_message`
   */
  paint(message: CanvasPixelUpdate, heardAt: number): void {
    const { place, rates, session, onPainting, onRefused } = this.#options;
    const { id } = message;
    const asked = message.pixels?.length ?? 1;
    const stroke = this.#strokeId === undefined ? {} : { strokeId: this.#strokeId };
    const painting = { id, heardAt, ...stroke };
    if (session === undefined) {
      onRefused(id, asked, new Problem('read_only', 'Without a session one may watch, not paint.'));
      return;
    }
    let pixels: Uint8Array;
    try {
      pixels = paintedPixels(message, place.canvas);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'bad_message') throw new Problem(error.code, error.message, { extra: { id } });
      void this.#refuse({ ...painting, pixels: NO_PIXELS }, asked, error);
      return;
    }
    void rates.take(asked, this.#rated()).then((decision) => {
      if (decision.isAllowed) onPainting({ ...painting, pixels, isPaid: true });
      else {
        const problem = new Problem('rate_limited', 'Too many pixels in a short time.');
        void this.#refuse({ ...painting, pixels }, asked, problem, decision.retryAfterMs);
      }
    });
  }

  /** It was painted before: what it cost this time is given back. */
  giveBack({ pixels, isPaid }: Painting): void {
    if (isPaid === true) void this.#options.rates.giveBack(pixelCount(pixels), this.#rated());
  }

  /** But for one that is done: the canvas answers that as it did then, and looks at nothing else of it. */
  async #refuse(painting: Painting, asked: number, problem: Problem, retryAfterMs?: number): Promise<void> {
    const { isDone, onPainting, onRefused } = this.#options;
    try {
      if (await isDone(painting.id)) onPainting(painting);
      else onRefused(painting.id, asked, problem, retryAfterMs);
    } catch (error) {
      onRefused(painting.id, asked, problemOf(error));
    }
  }

  /** One that was open ends. */
  startStroke(strokeId: string): void {
    this.#strokeId = strokeId;
  }

  /** @throws Problem `bad_message` */
  endStroke(strokeId: string): void {
    if (strokeId !== this.#strokeId) {
      throw new Problem('bad_message', 'This stroke is not the open one; what was painted stays.');
    }
    this.#strokeId = undefined;
  }

  /** Limits are those of the canvas now: a moderator may have changed them since the last painting. */
  #rated(): readonly RatedPainter[] {
    const { perUser, perAddress } = this.#options.place.canvas.rateLimits;
    return [
      { key: this.#keys.user, rate: perUser },
      { key: this.#keys.address, rate: perAddress },
    ];
  }
}

const NO_PIXELS = new Uint8Array(0);
