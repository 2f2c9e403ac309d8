import type { CanvasesApi } from '../../../client/canvases-api.ts';
import { ApiError } from '../../../client/rest-client.ts';
import type { CanvasRegion } from '../../../protocol/canvas-messages.ts';
import type { Random } from '../random.ts';
import { pause } from '../until.ts';
import type { CanvasLedger } from './canvas-ledger.ts';
import type { CanvasPlace } from './canvas-member.ts';

/** Between two acts, in milliseconds. */
const MAX_PAUSE_MS = 100;
/** While the server is away. */
const RETRY_MS = 50;
/** So many regions are locked at most: others have to paint, too. */
const MAX_LOCKS = 3;

/** Locks, unlocks, rewinds and changes the palette by REST, while the server comes and goes. */
export class CanvasModerator {
  readonly #api: CanvasesApi;
  readonly #place: CanvasPlace;
  readonly #ledger: CanvasLedger;
  readonly #random: Random;
  #working: Promise<void> = Promise.resolve();
  #isResting = true;

  constructor(api: CanvasesApi, place: CanvasPlace, ledger: CanvasLedger, random: Random) {
    this.#api = api;
    this.#place = place;
    this.#ledger = ledger;
    this.#random = random;
  }

  work(): void {
    this.#isResting = false;
    this.#working = this.#act();
  }

  /** Resolves when what it did last is answered. */
  async rest(): Promise<void> {
    this.#isResting = true;
    await this.#working;
  }

  async #act(): Promise<void> {
    while (!this.#isResting) {
      await pause(this.#random.below(MAX_PAUSE_MS));
      try {
        await this.#moderate();
        this.#ledger.answers += 1;
      } catch (error) {
        if (!isAway(error)) this.#ledger.broken(`the moderator was refused: ${error}`);
        await pause(RETRY_MS);
      }
    }
  }

  async #moderate(): Promise<void> {
    const { canvasId } = this.#place;
    const random = this.#random;
    switch (random.below(6)) {
      case 0: {
        const { palette } = await this.#api.get(canvasId);
        const color = `#${random.below(0x1000000).toString(16).padStart(6, '0')}`;
        if (!palette.includes(color)) {
          await this.#api.update(canvasId, { palette: [...palette.slice(0, this.#place.colors), color] });
        }
        return;
      }
      case 1:
      case 2:
        await this.#lockOrUnlock();
        return;
      default:
        await this.#rewind();
    }
  }

  async #lockOrUnlock(): Promise<void> {
    const { canvasId } = this.#place;
    const { items } = await this.#api.locks(canvasId);
    if (items.length >= MAX_LOCKS || (items.length > 0 && this.#random.below(2) === 0)) {
      await this.#api.unlock(canvasId, this.#random.of(items).id, 'enough');
    } else {
      await this.#api.lock(canvasId, { ...this.#region(), reason: 'art' });
    }
  }

  async #rewind(): Promise<void> {
    const { canvasId } = this.#place;
    const random = this.#random;
    const { items, seq: head } = await this.#api.history(canvasId, { from: Math.max(1, this.#ledger.head) });
    const to = Math.max(1, head - random.below(60));
    const painter = random.below(3) === 0 ? items.find(({ kind }) => kind === 'painted') : undefined;
    const ofUser = painter === undefined ? {} : { userId: painter.userId };
    const region = random.below(2) === 0 ? { region: this.#region() } : {};
    const rewind = { seq: to, reason: 'a raid', ...region, ...ofUser };
    const { seq, pixels } = await this.#api.rewind(canvasId, rewind);
    this.#ledger.sees(seq);
    // One that changed nothing is no event.
    if (pixels > 0)
      this.#ledger.rewinds.set(seq, {
        to,
        after: head,
        pixels,
        isOfOneUser: painter !== undefined,
        ...region,
      });
  }

  #region(): CanvasRegion {
    const { width, height } = this.#place;
    const [x, y] = [this.#random.below(width - 1), this.#random.below(height - 1)];
    return {
      x,
      y,
      width: 1 + this.#random.below(Math.min(12, width - x)),
      height: 1 + this.#random.below(Math.min(12, height - y)),
    };
  }
}

/** What `fetch` throws where nobody answers, or a server that has just begun has no time. Any other refusal is a defect. */
const isAway = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof ApiError && error.status === 503);
