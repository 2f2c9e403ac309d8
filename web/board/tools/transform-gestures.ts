import {
  type Box,
  boundsOf,
  deleteAnnotations,
  duplicateAnnotations,
  type Point,
  type RoomAnnotation,
} from '../../../client/index.ts';
import { centreOf, overlap, to45Degrees, unionOf } from '../stage/geometry.ts';
import { type BoxHandle, type EndHandle, type MiddleHandle, resizedBox, turnOf } from '../stage/handles.ts';
import { snapped } from '../stage/snapping.ts';
import type { StageModel } from '../stage/stage-model.ts';
import { measureText } from '../stage/text-layout.ts';
import {
  cornerAddedPlan,
  endMovedPlan,
  movedPlan,
  type Plan,
  resizedPlan,
  rotatedPlan,
} from '../stage/transform-plan.ts';
import { toPicture } from '../viewport.ts';
import { type Gesture, hasMoved, type PointerAt } from './gesture.ts';
import { LiveEdit } from './live-edit.ts';
import { takeCorner } from './shaping.ts';

/** CSS pixels within which edges come together. */
const SNAP_REACH = 6;
/** More would only be noise, and slow. */
const MOST_SNAPPED = 200;

/**
 * A gesture that begins only once the pointer has wandered: before that it is a click.
 *
 * @param plan - where things are when the pointer is there
 */
function transforming(
  model: StageModel,
  start: PointerAt,
  annotations: readonly RoomAnnotation[],
  plan: (at: PointerAt) => Plan,
  clicked: () => void = () => {},
): Gesture {
  let edit: LiveEdit | undefined;
  let last = start;
  const show = (at: PointerAt): void => {
    last = at;
    edit?.show(plan(at));
    model.redraw();
  };
  const done = (): void => model.draw({ guides: undefined, hidesHandles: false });
  return {
    move: (passed) => {
      const at = passed.at(-1) ?? last;
      if (edit === undefined) {
        if (!hasMoved(start, at)) return;
        edit = new LiveEdit(
          model.board,
          annotations.map(({ id }) => id),
        );
        model.draw({ hidesHandles: true, hovered: undefined });
      }
      show(at);
    },
    end: (at) => {
      if (edit === undefined) clicked();
      else {
        show(at);
        edit.commit();
      }
      done();
    },
    cancel: () => {
      edit?.cancel();
      done();
    },
  };
}

/** Edges that a moved box may be brought in line with: what is seen of the others, and the page. */
function snapTargets(model: StageModel, moved: ReadonlySet<string>): Box[] {
  const { annotations, store } = model.board;
  const { viewport, screen, page } = store.getState();
  const from = toPicture({ x: 0, y: 0 }, viewport);
  const seen = { ...from, width: screen.width / viewport.scale, height: screen.height / viewport.scale };
  const targets: Box[] = page === undefined ? [] : [{ x: 0, y: 0, ...page }];
  for (const annotation of annotations.all()) {
    if (moved.has(annotation.id) || targets.length > MOST_SNAPPED) continue;
    const bounds = boundsOf(annotation, measureText);
    if (bounds !== undefined && overlap(bounds, seen)) targets.push(bounds);
  }
  return targets;
}

/** Drags what is selected; shift: along one axis; alt: a copy; ctrl or ⌘: without snapping. */
export function moveGesture(model: StageModel, start: PointerAt, clicked: () => void): Gesture {
  const { board } = model;
  const originals = model.selected;
  const bounds = unionOf(originals.flatMap((annotation) => boundsOf(annotation, measureText) ?? []));
  const targets = snapTargets(model, new Set(originals.map(({ id }) => id)));
  let copies: readonly string[] | undefined;
  const gesture = transforming(
    model,
    start,
    originals,
    (at) => {
      if (start.alt && copies === undefined) {
        // The copies stay where the originals were, and the originals go along: the same to look at.
        const ids = originals.map(({ id }) => id);
        copies = duplicateAnnotations(board.doc, ids, { x: 0, y: 0 });
      }
      let by = { x: at.picture.x - start.picture.x, y: at.picture.y - start.picture.y };
      if (at.shift) by = Math.abs(by.x) > Math.abs(by.y) ? { x: by.x, y: 0 } : { x: 0, y: by.y };
      if (bounds !== undefined && !at.mod) {
        const reach = SNAP_REACH / board.store.getState().viewport.scale;
        const moved = { ...bounds, x: bounds.x + by.x, y: bounds.y + by.y };
        const snap = snapped(moved, targets, reach);
        const free = { x: at.shift && by.x === 0 ? 0 : snap.by.x, y: at.shift && by.y === 0 ? 0 : snap.by.y };
        by = { x: by.x + free.x, y: by.y + free.y };
        model.draw({ guides: snap.guides });
      } else model.draw({ guides: undefined });
      return movedPlan(originals, whole(by, originals));
    },
    clicked,
  );
  const cancel = (): void => {
    if (copies !== undefined) deleteAnnotations(board.doc, copies);
    gesture.cancel();
  };
  return { ...gesture, cancel };
}

/** What is drawn on whole pixels stays there: sharp edges stay sharp. */
function whole({ x, y }: Point, annotations: readonly RoomAnnotation[]): Point {
  const isWhole = annotations.every(
    ({ geometry }) => !('x' in geometry) || (Number.isInteger(geometry.x) && Number.isInteger(geometry.y)),
  );
  return isWhole ? { x: Math.round(x), y: Math.round(y) } : { x, y };
}

/** Draws the frame of what is selected larger or smaller; shift: in proportion; alt: from the centre. */
export function resizeGesture(model: StageModel, start: PointerAt, handle: BoxHandle): Gesture | undefined {
  const originals = model.selected;
  const frame = model.frame();
  if (frame?.kind !== 'box') return undefined;
  const { box, rotation } = frame;
  // The pointer took hold beside the corner, and stays as far from it.
  const corner = {
    x: box.x + ((handle.x + 1) * box.width) / 2,
    y: box.y + ((handle.y + 1) * box.height) / 2,
  };
  const held = turnBack(start.picture, box, rotation);
  const offset = { x: corner.x - held.x, y: corner.y - held.y };
  const isSide = handle.x === 0 || handle.y === 0;
  return transforming(model, start, originals, (at) => {
    const local = turnBack(at.picture, box, rotation);
    const to = turnOut({ x: local.x + offset.x, y: local.y + offset.y }, box, rotation);
    const options = { keepsRatio: at.shift && !isSide, fromCentre: at.alt };
    const next = resizedBox(box, rotation, handle, to, options);
    return resizedPlan(originals, box, rotation === 0 ? wholeBox(next) : next, { isSide, measureText });
  });
}

const turnBack = (point: Point, box: Box, rotation: number): Point => turnAround(point, box, -rotation);
const turnOut = (point: Point, box: Box, rotation: number): Point => turnAround(point, box, rotation);

function turnAround(point: Point, box: Box, degrees: number): Point {
  const { x, y } = centreOf(box);
  const radians = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const [dx, dy] = [point.x - x, point.y - y];
  return { x: x + dx * cos - dy * sin, y: y + dx * sin + dy * cos };
}

function wholeBox({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** Turns what is selected about the centre of its frame; shift: in steps of 15 degrees. */
export function rotateGesture(model: StageModel, start: PointerAt): Gesture | undefined {
  const originals = model.selected;
  const frame = model.frame();
  if (frame?.kind !== 'box') return undefined;
  const pivot = centreOf(frame.box);
  model.setCursor('grabbing');
  return transforming(model, start, originals, (at) => {
    const degrees = turnOf(pivot, start.picture, at.picture, frame.rotation, at.shift);
    return rotatedPlan(originals, pivot, degrees, measureText);
  });
}

/** Puts an end or a corner elsewhere; shift: in steps of 45 degrees from the one before. */
export function endGesture(model: StageModel, start: PointerAt, { index }: EndHandle): Gesture | undefined {
  const [line] = model.selected;
  const frame = model.frame();
  const other = frame?.kind === 'ends' ? frame.points[index === 0 ? 1 : index - 1] : undefined;
  if (line === undefined || other === undefined) return undefined;
  takeCorner(model.board, index);
  return transforming(model, start, [line], ({ picture, shift }) => {
    const along = to45Degrees({ x: picture.x - other.x, y: picture.y - other.y });
    return endMovedPlan(line, index, shift ? { x: other.x + along.x, y: other.y + along.y } : picture);
  });
}

/** Draws a corner out of a side. */
export function middleGesture(
  model: StageModel,
  start: PointerAt,
  { index }: MiddleHandle,
): Gesture | undefined {
  const [line] = model.selected;
  if (line === undefined) return undefined;
  const gesture = transforming(model, start, [line], ({ picture }) => cornerAddedPlan(line, index, picture));
  return {
    ...gesture,
    end: (at) => {
      gesture.end(at);
      takeCorner(model.board, hasMoved(start, at) ? index + 1 : undefined);
    },
  };
}
