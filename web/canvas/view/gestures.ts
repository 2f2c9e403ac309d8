import type { Stage } from './stage.ts';
import { type Point, pan, pinch, zoomTo } from './viewport.ts';

/** What gestures mean, apart from looking around. Points are on the stage, CSS pixels. */
export interface GestureHandler {
  /** What a press with the main button or one finger does now. `none`: it looks around. */
  readonly press: 'draw' | 'tap' | 'none';
  /** The mouse is there, with nothing pressed or drawing; `undefined`: it is gone. */
  hover(point: Point | undefined): void;
  /** With `draw`: pressed, moved, released. */
  down(point: Point): void;
  move(points: readonly Point[]): void;
  up(): void;
  /** A second finger came: it was meant for something else. */
  cancel(): void;
  /** With `tap`: pressed and released in one place. */
  tap(point: Point): void;
  /** A finger tapped where cells are too small to be hit. */
  tapFar(point: Point): void;
  /** With `none`: a finger asks what is there. */
  inspect(point: Point): void;
}

/** Below so many CSS pixels a cell, a finger looks around instead of painting what it hides. */
const TOUCH_PAINT_SCALE = 4;
/** How far a finger strays within a tap, CSS pixels. */
const TAP_SLOP = 7;
/** A second finger that comes so soon was meant for zooming. */
const TOUCH_WAIT_MS = 90;
/** A notch of a wheel (100 to 120 of `deltaY`) zooms by about a fifth. */
const WHEEL_RATE = 0.0016;
const LINE_HEIGHT = 16;

type Mode =
  | { readonly name: 'idle' }
  | { readonly name: 'draw'; readonly pointer: number }
  | { readonly name: 'pan'; readonly pointer: number; readonly from: Point; readonly taps: boolean }
  | { readonly name: 'wait'; readonly pointer: number; readonly from: Point; readonly timer: number }
  | { readonly name: 'tap'; readonly pointer: number; readonly from: Point }
  | { readonly name: 'pinch' };

/** Mouse, pen and fingers on the stage: which of them draw, and which look around. */
export class Gestures {
  readonly #root: HTMLElement;
  readonly #stage: Stage;
  readonly #handler: GestureHandler;
  readonly #pointers = new Map<number, Point>();
  readonly #abort = new AbortController();
  #mode: Mode = { name: 'idle' };
  #isSpaceDown = false;
  #pannedWithSpace = false;

  constructor(root: HTMLElement, stage: Stage, handler: GestureHandler) {
    this.#root = root;
    this.#stage = stage;
    this.#handler = handler;
    const { signal } = this.#abort;
    root.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    root.addEventListener('pointermove', (event) => this.#moved(event), { signal });
    root.addEventListener('pointerup', (event) => this.#up(event), { signal });
    root.addEventListener('pointercancel', (event) => this.#cancelled(event), { signal });
    // A finger leaves with every tap; what it asked for stays.
    const left = (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') handler.hover(undefined);
    };
    root.addEventListener('pointerleave', left, { signal });
    root.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    // The middle button would begin to scroll by itself.
    root.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), { signal });
  }

  destroy(): void {
    this.#setMode({ name: 'idle' });
    this.#abort.abort();
  }

  /** Space is held down: a press moves the picture. */
  spaceDown(): void {
    this.#isSpaceDown = true;
    this.#root.dataset['grab'] = 'true';
  }

  /** @returns whether the picture was moved meanwhile */
  spaceUp(): boolean {
    const panned = this.#pannedWithSpace;
    this.#isSpaceDown = false;
    this.#pannedWithSpace = false;
    delete this.#root.dataset['grab'];
    return panned;
  }

  #pointOf(event: MouseEvent): Point {
    const { left, top } = this.#root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #down(event: PointerEvent): void {
    if (event.pointerType !== 'touch' && event.button > 1) return;
    const point = this.#pointOf(event);
    this.#pointers.set(event.pointerId, point);
    this.#root.setPointerCapture(event.pointerId);
    if (event.pointerType === 'touch') this.#touched(event.pointerId, point);
    else this.#pressed(event, point);
  }

  #pressed({ pointerId: pointer, button }: PointerEvent, from: Point): void {
    const { press } = this.#handler;
    if (button === 1 || this.#isSpaceDown || press === 'none') {
      this.#pannedWithSpace ||= this.#isSpaceDown;
      this.#setMode({ name: 'pan', pointer, from, taps: false });
    } else if (press === 'tap') {
      this.#setMode({ name: 'tap', pointer, from });
    } else {
      this.#setMode({ name: 'draw', pointer });
      this.#handler.down(from);
    }
  }

  #touched(pointer: number, from: Point): void {
    this.#handler.hover(undefined);
    if (this.#pointers.size === 2) {
      if (this.#mode.name === 'draw') this.#handler.cancel();
      this.#setMode({ name: 'pinch' });
    } else if (this.#pointers.size === 1) {
      const isNear = this.#stage.view.scale >= TOUCH_PAINT_SCALE;
      if (this.#handler.press !== 'draw' || !isNear) {
        this.#setMode({ name: 'pan', pointer, from, taps: true });
      } else {
        const timer = window.setTimeout(() => this.#beginTouch(pointer, from), TOUCH_WAIT_MS);
        this.#setMode({ name: 'wait', pointer, from, timer });
      }
    }
  }

  #beginTouch(pointer: number, from: Point): void {
    this.#setMode({ name: 'draw', pointer });
    this.#handler.down(from);
  }

  #moved(event: PointerEvent): void {
    const point = this.#pointOf(event);
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== 'touch') this.#handler.hover(point);
      return;
    }
    if (this.#mode.name === 'pinch') {
      this.#pinched(event.pointerId, point);
      return;
    }
    this.#pointers.set(event.pointerId, point);
    const mode = this.#mode;
    if (mode.name === 'wait' && distance(mode.from, point) > TAP_SLOP)
      this.#beginTouch(mode.pointer, mode.from);
    if (mode.name === 'tap' && distance(mode.from, point) > TAP_SLOP) {
      this.#setMode({ name: 'pan', pointer: mode.pointer, from: mode.from, taps: false });
    }
    if (this.#mode.name === 'draw') {
      const samples = event.getCoalescedEvents?.() ?? [];
      this.#handler.move((samples.length > 0 ? samples : [event]).map((sample) => this.#pointOf(sample)));
    } else if (this.#mode.name === 'pan') {
      this.#stage.look(pan(this.#stage.view, point.x - before.x, point.y - before.y));
    }
    if (event.pointerType !== 'touch') this.#handler.hover(point);
  }

  #pinched(pointer: number, point: Point): void {
    const [first, second] = [...this.#pointers.entries()];
    if (first === undefined || second === undefined) return;
    const after = [
      first[0] === pointer ? point : first[1],
      second[0] === pointer ? point : second[1],
    ] as const;
    this.#stage.look(pinch(this.#stage.view, [first[1], second[1]], after));
    this.#pointers.set(pointer, point);
  }

  #up(event: PointerEvent): void {
    const isKnown = this.#pointers.delete(event.pointerId);
    const mode = this.#mode;
    if (!isKnown || mode.name === 'idle') return;
    if (mode.name === 'pinch') {
      // The finger that is left moves the picture on.
      const [left] = this.#pointers.entries();
      this.#setMode(left ? { name: 'pan', pointer: left[0], from: left[1], taps: false } : { name: 'idle' });
      return;
    }
    if (mode.pointer !== event.pointerId) return;
    const point = this.#pointOf(event);
    this.#setMode({ name: 'idle' });
    if (mode.name === 'wait') this.#handler.down(mode.from);
    if (mode.name === 'draw' || mode.name === 'wait') this.#handler.up();
    else if (mode.name === 'tap') this.#handler.tap(point);
    else if (mode.name === 'pan' && mode.taps && distance(mode.from, point) <= TAP_SLOP) this.#tapped(point);
  }

  #tapped(point: Point): void {
    if (this.#handler.press === 'tap') this.#handler.tap(point);
    else if (this.#handler.press === 'draw') this.#handler.tapFar(point);
    else this.#handler.inspect(point);
  }

  #cancelled(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    if (this.#mode.name === 'draw') this.#handler.cancel();
    this.#setMode({ name: 'idle' });
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
    const { view } = this.#stage;
    if (event.shiftKey) {
      this.#stage.look(pan(view, -(event.deltaX || event.deltaY) * unit, 0));
      return;
    }
    // A pinch on a touchpad comes as a wheel with Ctrl, in smaller steps.
    const rate = event.ctrlKey ? WHEEL_RATE * 6 : WHEEL_RATE;
    this.#stage.look(zoomTo(view, view.scale * Math.exp(-event.deltaY * unit * rate), this.#pointOf(event)));
    this.#handler.hover(this.#pointOf(event));
  }

  #setMode(mode: Mode): void {
    if (this.#mode.name === 'wait') window.clearTimeout(this.#mode.timer);
    this.#mode = mode;
    if (mode.name === 'pan') this.#root.dataset['panning'] = 'true';
    else delete this.#root.dataset['panning'];
  }
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
