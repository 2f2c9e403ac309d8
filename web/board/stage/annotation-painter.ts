import type { Box } from '../../../client/index.ts';
import type { AnnotationIndex } from '../annotation-index.ts';
import type { Viewport } from '../board-state.ts';
import { type Size, toPicture } from '../viewport.ts';
import { overlap, unionOf } from './geometry.ts';
import { paintAnnotation } from './paint-annotation.ts';
import { inkBounds } from './visible.ts';

type Context = CanvasRenderingContext2D;

/** So many are painted anew within a frame, at every frame. */
const FEW = 120;
/** Pixels kept beside the screen, as a share of it: what comes into sight by a short move is there already. */
const MARGIN = 0.25;
/** The margin is left out where it would make the copy larger than this, in pixels. */
const MOST_PIXELS = 24e6;
/** While the picture moves, all is painted anew at most as often: between them the copy is moved. */
const REPAINT_EVERY_MS = 250;
/** The copy is enlarged so far before it is too coarse to be looked at. */
const MOST_ENLARGED = 2.5;

/** What was painted, and from where it was looked at. */
interface Copy {
  readonly context: Context;
  readonly viewport: Viewport;
  readonly screen: Size;
  /** Pixels of the canvas per CSS pixel. */
  readonly ratio: number;
  /** CSS pixels beside the screen. */
  readonly margin: { readonly x: number; readonly y: number };
  /** Nothing lies beside it. */
  readonly isWhole: boolean;
}

/**
 * Paints all annotations. Where they are many, it keeps a copy of what is seen: an annotation that changes is painted anew
 * with what lies under and over it, and nothing else; and while the picture is moved it is the copy that moves.
 */
export class AnnotationPainter {
  readonly #index: AnnotationIndex;
  /** Where each was painted last, pixels of the picture. */
  readonly #painted = new Map<string, Box>();
  #copy: Copy | undefined;
  /** Parts of the picture that look different than the copy. */
  #dirty: Box[] = [];
  #lastFull = 0;
  #hidden: string | undefined;

  constructor(index: AnnotationIndex) {
    this.#index = index;
  }

  /** These look different. */
  changed(ids: Iterable<string>): void {
    if (this.#copy === undefined) return;
    for (const id of ids) {
      const before = this.#painted.get(id);
      if (before !== undefined) this.#dirty.push(before);
      const annotation = this.#index.get(id);
      if (annotation === undefined) this.#painted.delete(id);
      else {
        this.#painted.set(id, inkBounds(annotation));
        this.#dirty.push(inkBounds(annotation));
      }
    }
  }

  /** All may look different, such as where other fonts have come. */
  forget(): void {
    this.#copy = undefined;
  }

  /** Leaves one out: it is shown elsewhere. */
  hide(id: string | undefined): void {
    if (id === this.#hidden) return;
    const changed = [this.#hidden, id].flatMap((each) => each ?? []);
    this.#hidden = id;
    this.changed(changed);
  }

  /** @param ctx - in CSS pixels of the screen @param isMoving - the picture is on its way: it may be a little coarse */
  paint(ctx: Context, viewport: Viewport, screen: Size, isMoving: boolean): void {
    const ratio = ctx.getTransform().a;
    if (this.#index.order.length <= FEW) {
      this.#copy = undefined;
      ctx.save();
      ctx.translate(viewport.x, viewport.y);
      ctx.scale(viewport.scale, viewport.scale);
      this.#paintAll(ctx, seenOf(viewport, screen, { x: 0, y: 0 }));
      ctx.restore();
      return;
    }
    const copy = this.#copy;
    if (copy === undefined || !isOf(copy, screen, ratio)) this.#repaint(viewport, screen, ratio);
    else if (isMoving) {
      const isDue = performance.now() - this.#lastFull > REPAINT_EVERY_MS;
      if (isDue && (this.#dirty.length > 0 || !suffices(copy, viewport, screen))) {
        this.#repaint(viewport, screen, ratio);
      }
    } else if (!isSame(copy.viewport, viewport)) this.#repaint(viewport, screen, ratio);
    else this.#mend(copy);
    if (this.#copy !== undefined) lay(ctx, this.#copy, viewport);
  }

  /** @returns whether nothing lies beside the area */
  #paintAll(ctx: Context, area: Box): boolean {
    let isWhole = true;
    for (const id of this.#index.order) {
      const annotation = this.#index.get(id);
      if (annotation === undefined) continue;
      const bounds = inkBounds(annotation);
      this.#painted.set(id, bounds);
      if (id === this.#hidden) continue;
      if (!overlap(bounds, area)) {
        isWhole = false;
        continue;
      }
      ctx.save();
      paintAnnotation(ctx, annotation);
      ctx.restore();
    }
    return isWhole;
  }

  #repaint(viewport: Viewport, screen: Size, ratio: number): void {
    const context = this.#copy?.context ?? document.createElement('canvas').getContext('2d');
    if (context === null) return;
    const isLarge = screen.width * screen.height * ratio ** 2 * (1 + 2 * MARGIN) ** 2 > MOST_PIXELS;
    // Whole pixels, or the copy would be laid down blurred.
    const beside = (side: number): number => (isLarge ? 0 : Math.round(side * MARGIN * ratio) / ratio);
    const margin = { x: beside(screen.width), y: beside(screen.height) };
    const width = Math.round((screen.width + 2 * margin.x) * ratio);
    const height = Math.round((screen.height + 2 * margin.y) * ratio);
    const { canvas } = context;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    place(context, { viewport, ratio, margin });
    this.#painted.clear();
    const isWhole = this.#paintAll(context, seenOf(viewport, screen, margin));
    this.#copy = { context, viewport, screen, ratio, margin, isWhole };
    this.#dirty = [];
    this.#lastFull = performance.now();
  }

  /** Paints anew what changed, with all that lies there. */
  #mend(copy: Copy): void {
    const area = unionOf(this.#dirty);
    this.#dirty = [];
    if (area === undefined) return;
    const { context } = copy;
    context.save();
    place(context, copy);
    const transform = context.getTransform();
    // On whole pixels: else the edge of the area would be seen as a seam.
    const clip = wholePixels(area, transform);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(clip.x, clip.y, clip.width, clip.height);
    context.clip();
    context.clearRect(clip.x, clip.y, clip.width, clip.height);
    place(context, copy);
    this.#paintAll(context, ofPicture(clip, transform));
    context.restore();
  }
}

const isSame = (a: Viewport, b: Viewport): boolean => a.x === b.x && a.y === b.y && a.scale === b.scale;

const isOf = (copy: Copy, screen: Size, ratio: number): boolean =>
  copy.ratio === ratio && copy.screen.width === screen.width && copy.screen.height === screen.height;

/** Whether the copy shows what is to be seen from there well enough. */
function suffices(copy: Copy, viewport: Viewport, screen: Size): boolean {
  if (viewport.scale / copy.viewport.scale > MOST_ENLARGED) return false;
  if (copy.isWhole) return true;
  const seen = seenOf(viewport, screen, { x: 0, y: 0 });
  const kept = seenOf(copy.viewport, copy.screen, copy.margin);
  return (
    seen.x >= kept.x &&
    seen.y >= kept.y &&
    seen.x + seen.width <= kept.x + kept.width &&
    seen.y + seen.height <= kept.y + kept.height
  );
}

/** What of the picture is on the screen and so far beside it. */
function seenOf(viewport: Viewport, screen: Size, margin: { readonly x: number; readonly y: number }): Box {
  const from = toPicture({ x: -margin.x, y: -margin.y }, viewport);
  const width = (screen.width + 2 * margin.x) / viewport.scale;
  return { ...from, width, height: (screen.height + 2 * margin.y) / viewport.scale };
}

function place(ctx: Context, { viewport, ratio, margin }: Pick<Copy, 'viewport' | 'ratio' | 'margin'>): void {
  ctx.setTransform(ratio, 0, 0, ratio, margin.x * ratio, margin.y * ratio);
  ctx.translate(viewport.x, viewport.y);
  ctx.scale(viewport.scale, viewport.scale);
}

function wholePixels({ x, y, width, height }: Box, { a, e, f }: DOMMatrix): Box {
  const [left, top] = [Math.floor(x * a + e) - 1, Math.floor(y * a + f) - 1];
  return {
    x: left,
    y: top,
    width: Math.ceil((x + width) * a + e) + 1 - left,
    height: Math.ceil((y + height) * a + f) + 1 - top,
  };
}

const ofPicture = ({ x, y, width, height }: Box, { a, e, f }: DOMMatrix): Box => ({
  x: (x - e) / a,
  y: (y - f) / a,
  width: width / a,
  height: height / a,
});

/** Lays the copy down where it is seen from there. */
function lay(ctx: Context, { context: { canvas }, viewport: from, ratio, margin }: Copy, to: Viewport): void {
  const factor = to.scale / from.scale;
  ctx.save();
  ctx.translate(to.x - from.x * factor, to.y - from.y * factor);
  ctx.scale(factor, factor);
  ctx.imageSmoothingEnabled = factor !== 1;
  ctx.drawImage(canvas, -margin.x, -margin.y, canvas.width / ratio, canvas.height / ratio);
  ctx.restore();
}
