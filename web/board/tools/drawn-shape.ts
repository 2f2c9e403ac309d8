import type { AnnotationGeometry, AnnotationStyleInput, Box, Point } from '../../../client/index.ts';
import type { AnnotationType } from '../../../protocol/entities.ts';
import type { Tool } from '../board-state.ts';
import { boxBetween, to45Degrees } from '../stage/geometry.ts';

/** Tools whose annotation is drawn by one drag. */
export type DragTool = Extract<Tool, 'box' | 'ellipse' | 'arrow' | 'line' | 'text'>;

export const isDragTool = (tool: Tool): tool is DragTool =>
  tool === 'box' || tool === 'ellipse' || tool === 'arrow' || tool === 'line' || tool === 'text';

export interface DragKeys {
  /** A square, a circle, steps of 45 degrees. */
  readonly shift: boolean;
  /** From the middle. */
  readonly alt: boolean;
}

/** Steps in a pixel that drawn coordinates are rounded to: finer than any screen shows. */
const STEPS = 100;
const settled = (value: number): number => Math.round(value * STEPS) / STEPS + 0;

/** The geometry that a drag from one point to another makes. */
export function drawnGeometry(
  tool: DragTool,
  from: Point,
  to: Point,
  { shift, alt }: DragKeys,
): AnnotationGeometry {
  let [x, y] = [to.x - from.x, to.y - from.y];
  if (tool === 'arrow' || tool === 'line') {
    if (shift) ({ x, y } = to45Degrees({ x, y }));
    const start = alt ? { x: from.x - x, y: from.y - y } : from;
    return {
      points: [
        [settled(start.x), settled(start.y)],
        [settled(from.x + x), settled(from.y + y)],
      ],
    };
  }
  if (shift && tool !== 'text') {
    const side = Math.max(Math.abs(x), Math.abs(y));
    [x, y] = [x < 0 ? -side : side, y < 0 ? -side : side];
  }
  const start = alt ? { x: from.x - x, y: from.y - y } : from;
  return wholeBox(boxBetween(start, { x: from.x + x, y: from.y + y }));
}

/** Boxes stand on whole pixels: their edges are sharp. */
function wholeBox({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** What a click makes where a drag was expected: a shape of a common size around the point. */
export function clickedGeometry(tool: DragTool, { x, y }: Point): AnnotationGeometry {
  switch (tool) {
    case 'text':
      return { x: Math.round(x), y: Math.round(y) };
    case 'arrow':
    case 'line':
      return {
        points: [
          [settled(x), settled(y)],
          [settled(x + 120), settled(y)],
        ],
      };
    default:
      return { x: Math.round(x - 60), y: Math.round(y - 40), width: 120, height: 80 };
  }
}

/** Keys of a style that mean something for a type. */
const KEYS: Readonly<Record<AnnotationType, readonly string[]>> = {
  box: ['stroke', 'fill', 'stroke_width', 'dash', 'opacity'],
  ellipse: ['stroke', 'fill', 'stroke_width', 'dash', 'opacity'],
  polygon: ['stroke', 'fill', 'stroke_width', 'dash', 'opacity'],
  line: ['stroke', 'stroke_width', 'dash', 'opacity'],
  arrow: ['stroke', 'stroke_width', 'dash', 'opacity'],
  freehand: ['stroke', 'stroke_width', 'opacity'],
  text: ['color', 'font_family', 'font_size', 'font_weight', 'font_style', 'text_align', 'opacity'],
  comment: [],
};

/** Of what is chosen for the next annotation, what its type needs. */
export function styleFor(type: AnnotationType, style: AnnotationStyleInput): AnnotationStyleInput {
  const meant = KEYS[type];
  return Object.fromEntries(
    Object.entries(style).filter(([key, value]) => value !== undefined && meant.includes(key)),
  );
}

/** Whether a style bar has something to say about a type. */
export const hasStyleKey = (type: AnnotationType, key: string): boolean => KEYS[type].includes(key);

/** Points of a pen, without those that say nothing new. @param least - distance in pixels of the picture */
export function thinned(points: readonly (readonly number[])[], least: number): (readonly number[])[] {
  const kept: (readonly number[])[] = [];
  points.forEach((point, at) => {
    const last = kept.at(-1);
    const [x = 0, y = 0] = point;
    const [lastX = 0, lastY = 0] = last ?? [];
    const isLast = at === points.length - 1;
    if (last === undefined || Math.hypot(x - lastX, y - lastY) >= least) kept.push(point);
    else if (isLast && kept.length > 1) kept[kept.length - 1] = point;
  });
  const [only] = kept;
  // A tap: two points, as a line has at least.
  if (kept.length === 1 && only !== undefined) kept.push(only);
  return kept.map((point) => point.map((part, at) => (at === 2 ? settled(part) : settled(part))));
}
