import { createStore } from 'zustand';
import { pixelCount, pixelIndex } from '../../../protocol/canvas-pixels.ts';
import { errorText } from '../../app/error-text.ts';
import type { LiveCanvas } from '../live/live-canvas.ts';
import type { Rect, Size } from '../view/viewport.ts';
import { isStep, Replay, stepsIn } from './replay.ts';

export interface LapseState {
  readonly phase: 'loading' | 'ready' | 'empty' | 'failed';
  /** How much of the history is here, from 0 to 1. */
  readonly loaded: number;
  readonly error: string;
  readonly position: number;
  readonly length: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  /** Of the step that is shown. */
  readonly moment: { readonly seq: number; readonly at: string; readonly kind: string } | undefined;
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;
/** More pixels in memory than this (4 bytes each) are no time-lapse one would watch. */
const MOST_PIXELS = 40_000_000;
/** What the panel shows need not be told at every frame. */
const TELL_EVERY_MS = 100;
/** Rectangles of more pixels than this are found slower than everything is coloured. */
const MARKED_PIXELS = 60_000;

/** Plays the history of a canvas, on pixels of its own: what happens meanwhile goes on beneath. */
export class TimeLapse {
  readonly store = createStore<LapseState>(() => ({
    phase: 'loading',
    loaded: 0,
    error: '',
    position: 0,
    length: 0,
    isPlaying: false,
    speed: 1,
    moment: undefined,
  }));
  readonly #live: LiveCanvas;
  readonly #abort = new AbortController();
  #replay: Replay | undefined;
  #frame: number | undefined;
  /** In steps, with what is not a whole one. */
  #place = 0;
  /** Nobody has looked at the past yet: the place is the present, however much is loaded. */
  #isAtNow = true;
  #toldAt = 0;

  constructor(live: LiveCanvas) {
    this.#live = live;
  }

  /** Loads the history; what is there can be played meanwhile. */
  async open(): Promise<void> {
    const facts = this.#live.connection.canvas;
    if (facts === undefined) return;
    const replay = new Replay(facts, facts.background);
    this.#replay = replay;
    try {
      await this.#load(replay);
      if (this.#abort.signal.aborted) return;
      this.#grown(replay, 1, true);
      this.store.setState({ phase: replay.length === 0 ? 'empty' : 'ready' });
    } catch (error) {
      if (!this.#abort.signal.aborted) this.store.setState({ phase: 'failed', error: errorText(error) });
    }
  }

  /** The canvas as it is now is shown again. */
  close(): void {
    this.#abort.abort();
    this.pause();
    if (!this.#live.store.getState().showsPast) return;
    this.#live.store.setState({ showsPast: false });
    this.#live.showNow();
  }

  play(): void {
    const replay = this.#replay;
    if (replay === undefined || replay.length === 0 || this.#frame !== undefined) return;
    if (this.#isAtNow || replay.position >= replay.length) this.seek(0);
    this.#enterPast();
    this.store.setState({ isPlaying: true });
    let last = performance.now();
    const step = (now: number): void => {
      this.#place += stepsIn(now - last, replay.length, this.store.getState().speed);
      last = now;
      this.#goTo(Math.floor(this.#place));
      if (replay.position >= replay.length && this.store.getState().phase !== 'loading') this.pause();
      else this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  pause(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.store.setState({ isPlaying: false });
    this.#tell(true);
  }

  toggle(): void {
    if (this.#frame === undefined) this.play();
    else this.pause();
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed });
  }

  /** @param position steps from the beginning */
  seek(position: number): void {
    this.#enterPast();
    this.#place = position;
    this.#goTo(position);
    this.#tell(true);
  }

  #goTo(position: number): void {
    const replay = this.#replay;
    if (replay === undefined || Math.min(position, replay.length) === replay.position) return;
    const changed = replay.seek(position);
    this.#place = Math.min(this.#place, replay.length);
    this.#live.stage.changed(changed === undefined ? [wholeOf(replay.size)] : rectsOf(changed, replay.size));
    this.#tell(false);
  }

  #enterPast(): void {
    const { store, stage, connection } = this.#live;
    const palette = connection.canvas?.palette;
    if (store.getState().showsPast || this.#replay === undefined || palette === undefined) return;
    this.#isAtNow = false;
    store.setState({ showsPast: true, aim: undefined });
    stage.show({ ...this.#replay.size, pixels: this.#replay.pixels, palette });
  }

  async #load(replay: Replay): Promise<void> {
    const { canvasId, connection } = this.#live;
    const api = this.#live.api({ signal: this.#abort.signal });
    const last = Math.max(1, connection.lastSeq);
    let pixels = 0;
    for await (const event of api.replay(canvasId)) {
      if (isStep(event)) {
        replay.add([event]);
        pixels += pixelCount(event.pixels);
      }
      this.#grown(replay, event.seq / last, event.seq >= last);
      if (pixels > MOST_PIXELS) return;
    }
  }

  /** More of the history is here. */
  #grown({ length }: Replay, loaded: number, now: boolean): void {
    if (this.#isAtNow) this.#place = length;
    if (!now && performance.now() - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = performance.now();
    this.store.setState({ length, loaded: Math.min(1, loaded), position: Math.floor(this.#place) });
  }

  #tell(now: boolean): void {
    const replay = this.#replay;
    if (replay === undefined || (!now && performance.now() - this.#toldAt < TELL_EVERY_MS)) return;
    this.#toldAt = performance.now();
    const { position, step, length } = replay;
    const moment = step === undefined ? undefined : { seq: step.seq, at: step.at, kind: step.kind };
    if (this.#live.store.getState().showsPast) this.store.setState({ position, length, moment });
  }
}

const wholeOf = ({ width, height }: Size): Rect => ({ x: 0, y: 0, width, height });

/** Around what each step changed; everything, where that is less work. */
function rectsOf(steps: readonly Uint8Array[], size: Size): Rect[] {
  const total = steps.reduce((sum, pixels) => sum + pixelCount(pixels), 0);
  if (total > MARKED_PIXELS) return [wholeOf(size)];
  return steps.filter((pixels) => pixels.length > 0).map((pixels) => boundsOf(pixels, size.width));
}

function boundsOf(pixels: Uint8Array, width: number): Rect {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  for (let n = 0; n < pixelCount(pixels); n += 1) {
    const index = pixelIndex(pixels, n);
    const y = Math.floor(index / width);
    const x = index - y * width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
