import { drawPicture, type Frame, frameOf } from './frame.ts';
import { contextOf, PictureBuffer, type PictureSource } from './picture-buffer.ts';
import {
  fitView,
  type Insets,
  keepVisible,
  lookAt,
  NO_INSETS,
  type Point,
  type Rect,
  reveal,
  type Size,
  type Viewport,
} from './viewport.ts';

/** Draws something above the picture. @returns whether it moves, and so has to be drawn again in the next frame */
export type Layer = (context: CanvasRenderingContext2D, frame: Frame) => boolean | undefined;

export interface StageElements {
  readonly root: HTMLElement;
  readonly picture: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

/**
 * Where the picture is drawn: one canvas for it, one above it for everything else. All of it is drawn from plain objects, in
 * one animation frame, and only where something changed since the last one.
 */
export class Stage {
  readonly buffer = new PictureBuffer();
  readonly #layers: Layer[] = [];
  readonly #viewListeners = new Set<(view: Viewport) => void>();
  readonly #pixelListeners = new Set<() => void>();
  #elements: StageElements | undefined;
  #view: Viewport = { x: 0, y: 0, scale: 1 };
  #screen: Size = { width: 0, height: 0 };
  #ratio = 1;
  #frame: number | undefined;
  #isPictureDirty = false;
  #isOverlayDirty = false;
  #isPlaced = false;
  #isFitted = false;
  /** Where to begin; `undefined`: the whole picture. */
  #first: ((picture: Size, screen: Size) => Viewport) | undefined;
  #insets = NO_INSETS;
  /** Where the pointer or the cell cursor is on the screen: what keys zoom to. */
  anchor: Point | undefined;

  /** What floats above the picture, so that fitting and revealing spare it. */
  get insets(): Insets {
    return this.#insets;
  }

  set insets(insets: Insets) {
    this.#insets = insets;
    if (this.#isFitted) this.fitAll();
  }

  get view(): Viewport {
    return this.#view;
  }

  get screen(): Size {
    return this.#screen;
  }

  /** All of the picture is shown, and stays so when the screen changes. */
  get isFitted(): boolean {
    return this.#isFitted;
  }

  get picture(): Size | undefined {
    return this.buffer.source;
  }

  /** @param first the view to begin with */
  begin(first: (picture: Size, screen: Size) => Viewport): void {
    this.#first = first;
  }

  /** Above those that were added before. */
  addLayer(layer: Layer): void {
    this.#layers.push(layer);
  }

  clearLayers(): void {
    this.#layers.length = 0;
  }

  /** @returns a function that ends it */
  onView(listener: (view: Viewport) => void): () => void {
    this.#viewListeners.add(listener);
    return () => this.#viewListeners.delete(listener);
  }

  /** Other pixels are shown. @returns a function that ends it */
  onPixels(listener: () => void): () => void {
    this.#pixelListeners.add(listener);
    return () => this.#pixelListeners.delete(listener);
  }

  /** @returns a function that takes the elements away again */
  attach(elements: StageElements): () => void {
    this.#elements = elements;
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(elements.root);
    this.#measure();
    return () => {
      observer.disconnect();
      this.#elements = undefined;
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
      this.#frame = undefined;
    };
  }

  show(source: PictureSource): void {
    this.buffer.show(source);
    this.#place();
    this.drawAll();
  }

  changed(rects: readonly Rect[]): void {
    for (const rect of rects) this.buffer.changed(rect);
    this.#isPictureDirty = true;
    this.#schedule();
    for (const listener of this.#pixelListeners) listener();
  }

  /** Looks elsewhere; a part of the picture stays on the screen. */
  look(view: Viewport): void {
    const { picture } = this;
    const next = picture === undefined ? view : keepVisible(view, picture, this.#screen);
    if (next.x === this.#view.x && next.y === this.#view.y && next.scale === this.#view.scale) return;
    this.#view = next;
    this.#isFitted = false;
    this.drawAll();
    for (const listener of this.#viewListeners) listener(next);
  }

  fitAll(): void {
    if (this.picture === undefined) return;
    this.look(fitView(this.picture, this.#screen, this.insets));
    this.#isFitted = true;
  }

  lookAt(cell: Point, scale = this.#view.scale): void {
    this.look(lookAt(cell, scale, this.#screen, this.insets));
  }

  reveal(cell: Point): void {
    this.look(reveal(this.#view, cell, this.#screen, this.insets));
  }

  /** Shows a rectangle of cells, with what is around it. */
  lookAtRect(rect: Rect): void {
    const { scale } = fitView(
      { width: rect.width * 1.6, height: rect.height * 1.6 },
      this.#screen,
      this.insets,
    );
    this.lookAt({ x: rect.x + (rect.width - 1) / 2, y: rect.y + (rect.height - 1) / 2 }, Math.min(scale, 24));
  }

  drawOverlay(): void {
    this.#isOverlayDirty = true;
    this.#schedule();
  }

  drawAll(): void {
    this.#isPictureDirty = true;
    this.drawOverlay();
  }

  #schedule(): void {
    if (this.#elements === undefined) return;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const elements = this.#elements;
    const { picture } = this;
    if (elements === undefined || picture === undefined) return;
    const frame = frameOf(this.#view, this.#screen, this.#ratio, picture);
    const [isPictureDirty, isOverlayDirty] = [this.#isPictureDirty, this.#isOverlayDirty];
    [this.#isPictureDirty, this.#isOverlayDirty] = [false, false];
    if (isPictureDirty) {
      if (!this.buffer.flush()) {
        this.#isPictureDirty = true;
        this.#schedule();
      }
      drawPicture(contextOf(elements.picture), this.buffer.canvas, frame);
    }
    if (!isOverlayDirty) return;
    const context = contextOf(elements.overlay);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, frame.width, frame.height);
    for (const layer of this.#layers) {
      context.save();
      if (layer(context, frame)) this.drawOverlay();
      context.restore();
    }
  }

  #measure(): void {
    if (this.#elements === undefined) return;
    const { root, picture, overlay } = this.#elements;
    const before = this.#screen;
    this.#screen = { width: root.clientWidth, height: root.clientHeight };
    this.#ratio = window.devicePixelRatio;
    for (const canvas of [picture, overlay]) {
      canvas.width = Math.round(this.#screen.width * this.#ratio);
      canvas.height = Math.round(this.#screen.height * this.#ratio);
    }
    this.#place();
    if (this.#isFitted) {
      this.fitAll();
    } else if (this.#isPlaced && before.width > 0) {
      const [dx, dy] = [this.#screen.width - before.width, this.#screen.height - before.height];
      this.look({ ...this.#view, x: this.#view.x + dx / 2, y: this.#view.y + dy / 2 });
    }
    this.drawAll();
  }

  /** The first view, as soon as both sizes are known. */
  #place(): void {
    const { picture } = this;
    if (this.#isPlaced || picture === undefined || this.#screen.width === 0) return;
    this.#isPlaced = true;
    if (this.#first === undefined) this.fitAll();
    else this.look(this.#first(picture, this.#screen));
  }
}
