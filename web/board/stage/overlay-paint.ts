import type { Box, Point, RoomAnnotation } from '../../../client/index.ts';
import type { Viewport } from '../board-state.ts';
import { boxToScreen, toScreen } from '../viewport.ts';
import { cornersOf, grown } from './geometry.ts';
import type { SelectionFrame } from './handles.ts';
import { paintAnnotation } from './paint-annotation.ts';
import type { Guide } from './snapping.ts';
import type { StageModel } from './stage-model.ts';
import { measureText } from './text-layout.ts';
import { frameAround } from './transform-plan.ts';

type Context = CanvasRenderingContext2D;

/** On paper and on dark ground alike; the same in both themes, for the picture is. */
const ACCENT = '#5443d6';
const ACCENT_FILL = 'rgb(84 67 214 / 9%)';
const ACCENT_SOFT = '#cfc8f7';
const HALO = 'rgb(255 255 255 / 75%)';
const GUIDE = '#d6336c';
const HANDLE = 4.5;
/** More frames would hide what is in them. */
const MOST_FRAMES = 200;

/** Paints frames, handles, guides and what is being drawn. `ctx` is in CSS pixels of the screen. */
export function paintOverlay(ctx: Context, model: StageModel): void {
  const { viewport, editing } = model.board.store.getState();
  const { draft, corners, marquee, guides, hovered, hidesHandles } = model.overlay;
  if (draft !== undefined) {
    ctx.save();
    ctx.translate(viewport.x, viewport.y);
    ctx.scale(viewport.scale, viewport.scale);
    paintAnnotation(ctx, draft);
    ctx.restore();
  }
  if (corners !== undefined) paintCorners(ctx, corners, viewport);
  if (editing === undefined) paintSelection(ctx, model, viewport, hovered);
  if (hidesHandles !== true) paintHandles(ctx, model);
  if (marquee !== undefined) paintMarquee(ctx, boxToScreen(marquee, viewport));
  for (const guide of guides ?? []) paintGuide(ctx, guide, viewport);
}

function paintSelection(
  ctx: Context,
  model: StageModel,
  viewport: Viewport,
  hovered: string | undefined,
): void {
  const { selected, board } = model;
  const { annotations, store } = board;
  const over = hovered === undefined ? undefined : annotations.get(hovered);
  if (over !== undefined && !store.getState().selection.includes(over.id)) {
    const frame = frameAround([over], measureText);
    if (frame !== undefined) strokeFrame(ctx, onScreen(frame, viewport), 1.5);
  }
  const around = model.screenFrame();
  if (selected.length === 1 && around !== undefined) strokeFrame(ctx, around, 1);
  if (selected.length < 2) return;
  if (selected.length <= MOST_FRAMES) paintMembers(ctx, selected, viewport);
  if (around?.kind === 'box') strokeFrame(ctx, around, 1, [4, 4]);
}

/** Each of several, thin, so that they are seen themselves. */
function paintMembers(ctx: Context, selected: readonly RoomAnnotation[], viewport: Viewport): void {
  ctx.strokeStyle = ACCENT;
  ctx.lineWidth = 1;
  for (const annotation of selected) {
    const frame = frameAround([annotation], measureText);
    if (frame === undefined) continue;
    if (frame.kind === 'ends') {
      strokeFrame(ctx, onScreen(frame, viewport), 1);
      continue;
    }
    const path = new Path2D();
    for (const { x, y } of cornersOf(grown(boxToScreen(frame.box, viewport), 2), frame.rotation))
      path.lineTo(x, y);
    path.closePath();
    ctx.stroke(path);
  }
}

const onScreen = (frame: SelectionFrame, viewport: Viewport): SelectionFrame =>
  frame.kind === 'ends'
    ? { kind: 'ends', points: frame.points.map((point) => toScreen(point, viewport)) }
    : { ...frame, box: boxToScreen(frame.box, viewport) };

function strokeFrame(ctx: Context, frame: SelectionFrame, width: number, dash: readonly number[] = []): void {
  const points = frame.kind === 'ends' ? frame.points : cornersOf(frame.box, frame.rotation);
  const path = new Path2D();
  for (const { x, y } of points) path.lineTo(x, y);
  if (frame.kind === 'box' || frame.shape === 'closed') path.closePath();
  stroke(ctx, path, ACCENT, width, dash);
}

/** With a light edge, so that it is seen on dark pictures too. */
function stroke(
  ctx: Context,
  path: Path2D,
  color: string,
  width: number,
  dash: readonly number[] = [],
): void {
  ctx.setLineDash([]);
  ctx.strokeStyle = HALO;
  ctx.lineWidth = width + 2;
  ctx.stroke(path);
  ctx.setLineDash([...dash]);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke(path);
  ctx.setLineDash([]);
}

function paintHandles(ctx: Context, model: StageModel): void {
  const frame = model.screenFrame();
  const rotation = frame?.kind === 'box' ? (frame.rotation * Math.PI) / 180 : 0;
  const { shaping } = model.board.store.getState();
  for (const { handle, at } of model.handles()) {
    const path = new Path2D();
    if (handle.kind === 'resize') {
      ctx.save();
      ctx.translate(at.x, at.y);
      ctx.rotate(rotation);
      path.roundRect(-HANDLE, -HANDLE, 2 * HANDLE, 2 * HANDLE, 2);
      knob(ctx, path);
      ctx.restore();
      continue;
    }
    path.arc(at.x, at.y, handle.kind === 'middle' ? HANDLE - 1 : HANDLE + 1, 0, 2 * Math.PI);
    const isTaken = handle.kind === 'end' && handle.index === shaping?.corner;
    knob(ctx, path, isTaken ? ACCENT : handle.kind === 'middle' ? ACCENT_SOFT : '#ffffff');
  }
}

function knob(ctx: Context, path: Path2D, fill = '#ffffff'): void {
  ctx.fillStyle = fill;
  ctx.fill(path);
  ctx.strokeStyle = ACCENT;
  ctx.lineWidth = 1.5;
  ctx.stroke(path);
}

function paintMarquee(ctx: Context, { x, y, width, height }: Box): void {
  ctx.fillStyle = ACCENT_FILL;
  ctx.fillRect(x, y, width, height);
  const path = new Path2D();
  path.rect(x, y, width, height);
  stroke(ctx, path, ACCENT, 1);
}

function paintGuide(ctx: Context, { isVertical, at, from, to }: Guide, viewport: Viewport): void {
  const [start, end] = [from, to].map((along) =>
    toScreen(isVertical ? { x: at, y: along } : { x: along, y: at }, viewport),
  ) as [Point, Point];
  const path = new Path2D();
  path.moveTo(start.x, start.y);
  path.lineTo(end.x, end.y);
  stroke(ctx, path, GUIDE, 1);
}

function paintCorners(ctx: Context, corners: readonly Point[], viewport: Viewport): void {
  for (const corner of corners.slice(0, -1)) {
    const { x, y } = toScreen(corner, viewport);
    const path = new Path2D();
    path.arc(x, y, HANDLE, 0, 2 * Math.PI);
    knob(ctx, path);
  }
}
