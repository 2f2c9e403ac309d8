import { boundsOf, type RoomAnnotation } from '../../../client/index.ts';
import type { Board } from '../board-context.ts';
import { boxBetween, isInside } from '../stage/geometry.ts';
import { handleAt } from '../stage/handles.ts';
import { inMarquee, topmostAt } from '../stage/hit-test.ts';
import type { StageModel } from '../stage/stage-model.ts';
import { measureText } from '../stage/text-layout.ts';
import { type Gesture, hasMoved, type PointerAt } from './gesture.ts';
import {
  endGesture,
  middleGesture,
  moveGesture,
  resizeGesture,
  rotateGesture,
} from './transform-gestures.ts';

/** CSS pixels beside a line within which it is still met. */
const TOLERANCE_MOUSE = 5;
const TOLERANCE_TOUCH = 14;

/** With those that are grouped with them. */
export function withGroups({ annotations }: Board, ids: readonly string[]): string[] {
  const groups = new Set(annotations.some(ids).flatMap(({ group_id }) => group_id ?? []));
  if (groups.size === 0) return [...ids];
  const all = new Set(ids);
  for (const { id, group_id } of annotations.all())
    if (group_id !== null && groups.has(group_id)) all.add(id);
  return [...all];
}

/** What is under the pointer. */
export function annotationAt(
  { board }: StageModel,
  { picture, isTouch }: PointerAt,
): RoomAnnotation | undefined {
  const { scale } = board.store.getState().viewport;
  const tolerance = (isTouch ? TOLERANCE_TOUCH : TOLERANCE_MOUSE) / scale;
  return topmostAt(board.annotations.all(), picture, { measureText, tolerance });
}

/** What a press does with the select tool. */
export function selectGesture(model: StageModel, start: PointerAt): Gesture | undefined {
  const { store } = model.board;
  const handle = handleAt(model.handles(), start.screen, start.isTouch);
  if (handle?.kind === 'resize') return resizeGesture(model, start, handle);
  if (handle?.kind === 'rotate') return rotateGesture(model, start);
  if (handle?.kind === 'end') return endGesture(model, start, handle);
  if (handle?.kind === 'middle') return middleGesture(model, start, handle);
  const met = annotationAt(model, start);
  const { selection } = store.getState();
  if (met === undefined) {
    // Anywhere within the frame of several: they are moved together.
    if (!start.shift && isWithinSelection(model, start))
      return moveGesture(model, start, () => select(model.board, []));
    return marqueeGesture(model, start);
  }
  const ids = withGroups(model.board, [met.id]);
  if (start.shift) {
    const isAdded = !selection.includes(met.id);
    if (isAdded) select(model.board, [...selection, ...ids]);
    return moveGesture(model, start, () => {
      if (!isAdded)
        select(
          model.board,
          selection.filter((id) => !ids.includes(id)),
        );
    });
  }
  if (!selection.includes(met.id)) select(model.board, ids);
  return moveGesture(model, start, () => {
    // A click on one of several selects it alone; within its group it stays as it is.
    if (selection.length > ids.length) select(model.board, ids);
  });
}

function isWithinSelection(model: StageModel, { picture }: PointerAt): boolean {
  const { selected } = model;
  const frame = model.frame();
  if (selected.length > 1) return frame?.kind === 'box' && isInside(picture, frame.box);
  const [only] = selected;
  const bounds = only && boundsOf(only, measureText);
  return bounds !== undefined && frame?.kind === 'box' && isInside(picture, bounds);
}

export function select({ store }: Board, ids: readonly string[]): void {
  store.setState({ selection: [...new Set(ids)] });
}

/** A rectangle that selects what it touches; shift: in addition to what is selected. */
function marqueeGesture(model: StageModel, start: PointerAt): Gesture {
  const { board } = model;
  const before = start.shift ? board.store.getState().selection : [];
  let isDrawn = false;
  const clear = (): void => model.draw({ marquee: undefined, hidesHandles: false });
  return {
    move: (passed) => {
      const at = passed.at(-1) ?? start;
      isDrawn ||= hasMoved(start, at);
      if (!isDrawn) return;
      const marquee = boxBetween(start.picture, at.picture);
      const met = inMarquee(board.annotations.all(), marquee, measureText).map(({ id }) => id);
      const ids = [...before, ...withGroups(board, met)];
      const { selection } = board.store.getState();
      if (ids.length !== selection.length || ids.some((id, i) => id !== selection[i])) select(board, ids);
      model.draw({ marquee, hidesHandles: true, hovered: undefined });
    },
    end: () => {
      if (!isDrawn) select(board, before);
      clear();
    },
    cancel: () => {
      select(board, before);
      clear();
    },
  };
}
