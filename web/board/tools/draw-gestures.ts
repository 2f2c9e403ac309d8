import {
  AnnotationError,
  type AnnotationGeometry,
  createAnnotation,
  type NewAnnotation,
  type RoomAnnotation,
} from '../../../client/index.ts';
import { toast } from '../../ui/toast.tsx';
import type { Board } from '../board-context.ts';
import type { StageModel } from '../stage/stage-model.ts';
import { clickedGeometry, type DragTool, drawnGeometry, styleFor, thinned } from './drawn-shape.ts';
import { type Gesture, hasMoved, type PointerAt } from './gesture.ts';

/** More points than any hand draws; the contract's limit is 10,000. */
const MOST_POINTS = 9000;

/** What is drawn, as it is to look while it is not in the document yet. */
export const draftOf = (
  type: RoomAnnotation['type'],
  geometry: AnnotationGeometry,
  board: Board,
): RoomAnnotation =>
  ({
    id: 'draft',
    type,
    geometry,
    style: styleFor(type, board.store.getState().style),
    content: '',
    parent_id: null,
    group_id: null,
    status: 'active',
  }) as RoomAnnotation;

/** Adds what was drawn as one step, selects it, and puts the tool away unless it is kept. */
export function addDrawn(board: Board, annotation: NewAnnotation): string | undefined {
  const { doc, undo, store } = board;
  const endStep = undo.beginStep();
  try {
    const style = styleFor(annotation.type, store.getState().style);
    const id = createAnnotation(doc, { ...annotation, style: { ...style, ...annotation.style } });
    finishTool(board, [id]);
    return id;
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error;
    toast({ tone: 'danger', title: 'That could not be drawn', detail: error.message });
    return undefined;
  } finally {
    endStep();
  }
}

function finishTool({ store }: Board, selection: readonly string[]): void {
  const { isToolKept } = store.getState();
  store.setState(isToolKept ? { selection: [] } : { tool: 'select', selection });
}

/** A box, an ellipse, an arrow, a line, or the frame of a text. */
export function dragGesture(model: StageModel, start: PointerAt, tool: DragTool): Gesture {
  const { board } = model;
  let geometry: AnnotationGeometry | undefined;
  const place = (at: PointerAt): void => {
    if (geometry === undefined && !hasMoved(start, at)) return;
    geometry = drawnGeometry(tool, start.picture, at.picture, at);
    if (tool === 'text')
      model.draw({ marquee: geometry as { x: number; y: number; width: number; height: number } });
    else model.draw({ draft: draftOf(tool, geometry, board) });
  };
  const clear = (): void => model.draw({ draft: undefined, marquee: undefined });
  return {
    move: (passed) => place(passed.at(-1) ?? start),
    end: (at) => {
      place(at);
      clear();
      const drawn = geometry ?? clickedGeometry(tool, start.picture);
      if (tool === 'text') beginText(board, drawn);
      else addDrawn(board, { type: tool, geometry: drawn } as NewAnnotation);
    },
    cancel: clear,
  };
}

/** A text begins at once to be written; it is there once it has a letter. */
function beginText(board: Board, drawn: AnnotationGeometry): void {
  if (!('x' in drawn)) return;
  const { x, y } = drawn;
  const width =
    'width' in drawn && drawn.width !== undefined && drawn.width > 8 ? { width: drawn.width } : {};
  board.store.setState({ editing: { geometry: { x, y, ...width } }, selection: [] });
}

/** A line by hand; with the pressure of a pen where it tells one. */
export function freehandGesture(model: StageModel, start: PointerAt): Gesture {
  const { board } = model;
  const points: number[][] = [];
  const hasPressure = start.pressure !== undefined;
  const add = ({ picture: { x, y }, pressure }: PointerAt): void => {
    if (points.length >= MOST_POINTS) return;
    points.push(hasPressure ? [x, y, pressure ?? 0.5] : [x, y]);
  };
  add(start);
  const show = (): void => {
    const [first] = points;
    const shown = points.length > 1 || first === undefined ? points : [first, first];
    model.draw({ draft: draftOf('freehand', { points: [...shown] }, board) });
  };
  show();
  return {
    move: (passed) => {
      for (const at of passed) add(at);
      show();
    },
    end: () => {
      model.draw({ draft: undefined });
      // As fine as it was seen while it was drawn.
      const least = 1 / board.store.getState().viewport.scale;
      const geometry = { points: thinned(points, Math.min(2, least)) };
      addDrawn(board, { type: 'freehand', geometry });
    },
    cancel: () => model.draw({ draft: undefined }),
  };
}
