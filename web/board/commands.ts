import {
  boundsOf,
  bringForward,
  bringToFront,
  deleteAnnotations,
  duplicateAnnotations,
  groupAnnotations,
  LOCAL_EDIT,
  moveAnnotations,
  type Point,
  sendBackward,
  sendToBack,
  ungroupAnnotations,
  updateAnnotation,
} from '../../client/index.ts';
import type { Board } from './board-context.ts';
import type { Tool } from './board-state.ts';
import { type Alignment, type Arranged, aligned, type Distribution, distributed } from './stage/arrange.ts';
import { unionOf } from './stage/geometry.ts';
import { measureText } from './stage/text-layout.ts';
import { movedEachPlan } from './stage/transform-plan.ts';
import { hasStyleKey } from './tools/drawn-shape.ts';

/** One step of undo. */
export function asStep<Result>({ undo, doc }: Board, run: () => Result): Result {
  const endStep = undo.beginStep();
  try {
    return doc.transact(run, LOCAL_EDIT);
  } finally {
    endStep();
  }
}

const selectionOf = ({ store }: Board): readonly string[] => store.getState().selection;

/** Tools that need what is selected, or leave it alone. */
const KEEPS_SELECTION: ReadonlySet<Tool> = new Set(['select', 'pan', 'comment']);

/** Takes a tool. What draws has a look of its own: nothing else stays selected. */
export function chooseTool({ store }: Board, tool: Tool, isKept = false): void {
  store.setState({
    tool,
    isToolKept: isKept && tool !== 'select' && tool !== 'pan',
    editing: undefined,
    ...(KEEPS_SELECTION.has(tool) ? {} : { selection: [] }),
  });
}

export const selectAll = ({ store, annotations }: Board): void =>
  store.setState({ tool: 'select', selection: annotations.order });

/**
 * Selects the next one in paint order, from none the first (backward from none: nothing).
 *
 * @returns its id; `undefined` past either end, where nothing is selected any more
 */
export function selectNext(board: Board, direction: 1 | -1): string | undefined {
  const { store, annotations } = board;
  const { order } = annotations;
  const selection = new Set(selectionOf(board));
  const at =
    direction === 1
      ? order.findLastIndex((id) => selection.has(id))
      : order.findIndex((id) => selection.has(id));
  const id = order[at === -1 && direction === -1 ? -1 : at + direction];
  store.setState({ selection: id === undefined ? [] : [id] });
  return id;
}

export function deleteSelected(board: Board): void {
  const ids = selectionOf(board);
  if (ids.length === 0) return;
  asStep(board, () => deleteAnnotations(board.doc, ids));
  board.store.setState({ selection: [] });
}

export function duplicateSelected(board: Board): void {
  const ids = selectionOf(board);
  if (ids.length === 0) return;
  board.store.setState({ selection: asStep(board, () => duplicateAnnotations(board.doc, ids)) });
}

/** Keys that are held down make one step of the moves that follow each other at once. */
export function nudgeSelected(board: Board, by: Point, isRepeated: boolean): void {
  if (!isRepeated) board.undo.stopCapturing();
  moveAnnotations(board.doc, selectionOf(board), by, { measureText });
}

export function groupSelected(board: Board): void {
  if (selectionOf(board).length > 1) asStep(board, () => groupAnnotations(board.doc, selectionOf(board)));
}

export function ungroupSelected(board: Board): void {
  asStep(board, () => ungroupAnnotations(board.doc, selectionOf(board)));
}

const RESTACK = {
  front: bringToFront,
  forward: bringForward,
  backward: sendBackward,
  back: sendToBack,
} as const;

export function restackSelected(board: Board, where: keyof typeof RESTACK): void {
  if (selectionOf(board).length > 0) asStep(board, () => RESTACK[where](board.doc, selectionOf(board)));
}

/** What is selected, groups as one thing each. */
export function arrangedOf({ annotations, store }: Board): Arranged[] {
  const parts = new Map<string, { ids: string[]; boxes: NonNullable<ReturnType<typeof boundsOf>>[] }>();
  for (const annotation of annotations.some(store.getState().selection)) {
    const bounds = boundsOf(annotation, measureText);
    if (bounds === undefined) continue;
    const key = annotation.group_id ?? annotation.id;
    const part = parts.get(key) ?? { ids: [], boxes: [] };
    parts.set(key, part);
    part.ids.push(annotation.id);
    part.boxes.push(bounds);
  }
  return [...parts.values()].flatMap(({ ids, boxes }) => {
    const bounds = unionOf(boxes);
    return bounds === undefined ? [] : [{ ids, bounds }];
  });
}

const moveEach = (board: Board, moves: ReadonlyMap<string, Point>): void =>
  asStep(board, () => {
    for (const [id, geometry] of movedEachPlan(board.annotations.some(moves.keys()), moves)) {
      updateAnnotation(board.doc, id, { geometry });
    }
  });

export const alignSelected = (board: Board, alignment: Alignment): void =>
  moveEach(board, aligned(arrangedOf(board), alignment));

export const distributeSelected = (board: Board, direction: Distribution): void =>
  moveEach(board, distributed(arrangedOf(board), direction));

/**
 * Gives what is selected another look, and what is drawn next too.
 *
 * @param style - `undefined` takes a key away
 * @param isOngoing - a slider or a colour field is being moved: one step with what came just before
 */
export function applyStyle(board: Board, style: Readonly<Record<string, unknown>>, isOngoing = false): void {
  const { store, annotations, doc, undo } = board;
  store.setState(({ style: before }) => ({ style: { ...before, ...style } as typeof before }));
  const selected = annotations.some(selectionOf(board));
  if (selected.length === 0) return;
  if (!isOngoing) undo.stopCapturing();
  doc.transact(() => {
    for (const { id, type } of selected) {
      const own = Object.entries(style).filter(([key]) => hasStyleKey(type, key));
      const change = Object.fromEntries(own.map(([key, value]) => [key, value ?? null]));
      if (own.length > 0) updateAnnotation(doc, id, { style: change });
    }
  }, LOCAL_EDIT);
}
