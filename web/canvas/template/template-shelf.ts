import { createStore } from 'zustand';
import { toast } from '../../ui/toast.tsx';
import type { LiveCanvas } from '../live/live-canvas.ts';
import { colorRect, paletteLookup } from '../view/palette-lookup.ts';
import { contextOf } from '../view/picture-buffer.ts';
import { nearestCell, type Point, type Size } from '../view/viewport.ts';
import type { PlacedTemplate } from './placed-template.ts';
import { ANY, quantize, scoreOf, type TemplatePixels, type TemplateScore } from './template-pixels.ts';
import { type KeptTemplate, readTemplate, writeTemplate } from './template-storage.ts';

/** Counting a large template takes some milliseconds. */
const COUNT_EVERY_MS = 400;
/** While it is dragged, nothing is written. */
const KEEP_AFTER_MS = 600;

export interface ShelfState {
  readonly template: PlacedTemplate | undefined;
  readonly score: TemplateScore | undefined;
}

/** How a template lies; a change of its width draws it anew. */
export interface TemplateChange {
  readonly at?: Point;
  readonly width?: number;
  readonly opacity?: number;
  readonly isVisible?: boolean;
  readonly marksWrong?: boolean;
}

/** The template that lies over a canvas, kept in this browser. */
export class TemplateShelf {
  readonly store = createStore<ShelfState>(() => ({ template: undefined, score: undefined }));
  readonly #live: LiveCanvas;
  #source: HTMLCanvasElement | undefined;
  #counting: ReturnType<typeof setTimeout> | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #stop: () => void = () => undefined;

  constructor(live: LiveCanvas) {
    this.#live = live;
  }

  get template(): PlacedTemplate | undefined {
    return this.store.getState().template;
  }

  /** Brings the one of the last visit, as soon as the canvas is known, and counts what changes. */
  start(): void {
    const { store } = this.#live;
    let palette = store.getState().facts?.palette;
    const look = (): void => {
      const { facts, isLoaded } = store.getState();
      if (facts === undefined || !isLoaded) return;
      if (palette !== facts.palette && this.template !== undefined) this.#draw({});
      if (palette === undefined) void this.#restore();
      palette = facts.palette;
    };
    const stops = [store.subscribe(look), this.#live.stage.onPixels(() => this.#countSoon())];
    this.#stop = () => {
      for (const stop of stops) stop();
    };
    look();
  }

  stop(): void {
    clearTimeout(this.#counting);
    clearTimeout(this.#keeping);
    this.#stop();
  }

  /** @throws Error where the file is no picture that this browser can read */
  async take(file: Blob & { readonly name?: string }): Promise<void> {
    const { stage } = this.#live;
    const { picture } = stage;
    if (picture === undefined) return;
    const bitmap = await createImageBitmap(file);
    this.#source = sourceOf(bitmap, picture);
    bitmap.close();
    const { width, height } = this.#source;
    const middle = nearestCell(
      {
        x: (stage.screen.width / 2 - stage.view.x) / stage.view.scale - width / 2,
        y: (stage.screen.height / 2 - stage.view.y) / stage.view.scale - height / 2,
      },
      picture,
    );
    const name = file.name ?? 'Template';
    this.#place({ name, at: middle, width, opacity: 0.6, isVisible: true, marksWrong: false });
  }

  change(change: TemplateChange): void {
    const { template } = this;
    if (template === undefined) return;
    if (change.width !== undefined && change.width !== template.pixels.width) this.#draw(change);
    else this.#show({ ...template, ...withoutWidth(change) });
  }

  remove(): void {
    this.#source = undefined;
    clearTimeout(this.#keeping);
    writeTemplate(this.#live.canvasId, undefined);
    this.store.setState({ template: undefined, score: undefined });
    this.#live.stage.drawOverlay();
  }

  async #restore(): Promise<void> {
    const kept = await readTemplate(this.#live.canvasId);
    if (kept === undefined || this.template !== undefined) return;
    this.#source = kept.source;
    this.#place(kept);
  }

  #place(kept: Omit<KeptTemplate, 'source'>): void {
    const source = this.#source;
    const palette = this.#live.store.getState().facts?.palette;
    if (source === undefined || palette === undefined) return;
    const { width, ...rest } = kept;
    const pixels = scaled(source, width, palette);
    const aspect = source.width / source.height;
    this.#show({ ...rest, pixels, image: imageOf(pixels, palette), palette, aspect });
  }

  #draw({ width, ...change }: TemplateChange): void {
    const { template } = this;
    if (template === undefined) return;
    this.#place({ ...template, width: width ?? template.pixels.width, ...change });
  }

  #show(template: PlacedTemplate): void {
    this.store.setState({ template });
    this.#live.stage.drawOverlay();
    this.#countSoon();
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep(): void {
    const { template } = this;
    if (this.#source === undefined || template === undefined) return;
    const { name, at, opacity, isVisible, marksWrong, pixels } = template;
    const kept = { name, at, opacity, isVisible, marksWrong, width: pixels.width, source: this.#source };
    if (writeTemplate(this.#live.canvasId, kept)) return;
    toast({
      title: 'The template is too large to be kept',
      detail: 'It will be gone when you leave this page.',
      key: 'template',
    });
  }

  #countSoon(): void {
    if (this.template === undefined) return;
    this.#counting ??= setTimeout(() => {
      this.#counting = undefined;
      const { template } = this;
      const { canvas, pixels } = this.#live.connection;
      if (template === undefined || canvas === undefined) return;
      this.store.setState({ score: scoreOf(template.pixels, template.at, pixels, canvas) });
      if (template.marksWrong) this.#live.stage.drawOverlay();
    }, COUNT_EVERY_MS);
  }
}

const withoutWidth = ({ width: _, ...rest }: TemplateChange): Omit<TemplateChange, 'width'> => rest;

/** The picture as it was given, no larger than the canvas. */
function sourceOf(bitmap: ImageBitmap, most: Size): HTMLCanvasElement {
  const scale = Math.min(1, most.width / bitmap.width, most.height / bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  contextOf(canvas).drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** In another width, by nearest neighbours: pixel art keeps its edges. */
function scaled(source: HTMLCanvasElement, width: number, palette: readonly string[]): TemplatePixels {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round((width * source.height) / source.width));
  const context = contextOf(canvas);
  context.imageSmoothingEnabled = false;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return quantize(data, { width: canvas.width, height: canvas.height }, palette);
}

function imageOf({ wanted, width, height }: TemplatePixels, palette: readonly string[]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const image = new ImageData(width, height);
  const colors = new Uint32Array(image.data.buffer);
  const indices = Uint8Array.from(wanted, (index) => Math.max(0, index));
  colorRect(indices, width, { x: 0, y: 0, width, height }, paletteLookup(palette), colors, width);
  wanted.forEach((index, n) => {
    if (index === ANY) colors[n] = 0;
  });
  contextOf(canvas).putImageData(image, 0, 0);
  return canvas;
}
