import { updateAnnotation } from '../../../client/index.ts';
import type { Board } from '../board-context.ts';
import { asStep } from '../commands.ts';

/** What has corners that one can take one by one; of a line by hand there are too many. */
const LEAST_POINTS: Readonly<Record<string, number>> = { line: 2, arrow: 2, polygon: 3 };

export const canShape = (type: string): boolean => type in LEAST_POINTS;

/** Lets the corners of a line or a polygon be moved. @returns whether it has any */
export function beginShaping({ annotations, store }: Board, id: string): boolean {
  if (!canShape(annotations.get(id)?.type ?? '')) return false;
  store.setState({ tool: 'select', selection: [id], shaping: { id } });
  return true;
}

export const endShaping = ({ store }: Board): void => store.setState({ shaping: undefined });

/** Only what is selected alone, and by the tool that selects, stays shaped. */
export function endShapingOfOthers(board: Board): void {
  const { shaping, selection, tool } = board.store.getState();
  const isAlone = selection.length === 1 && selection[0] === shaping?.id;
  if (shaping !== undefined && !(isAlone && tool === 'select')) endShaping(board);
}

/** While something is shaped: the corner that Delete takes away. */
export function takeCorner({ store }: Board, corner: number | undefined): void {
  const { shaping } = store.getState();
  if (shaping === undefined) return;
  store.setState({ shaping: { id: shaping.id, ...(corner !== undefined && { corner }) } });
}

/** Takes the corner away that was taken last. @returns whether there was one, so that nothing else is to be deleted */
export function deleteCorner(board: Board): boolean {
  const { shaping, selection } = board.store.getState();
  const { id, corner } = shaping ?? {};
  if (id === undefined || corner === undefined || !selection.includes(id)) return false;
  const annotation = board.annotations.settled(id);
  if (annotation === undefined || !('points' in annotation.geometry)) return false;
  const { points } = annotation.geometry;
  // Of too few there would be no shape; the corner stays, and so does the shape.
  if (corner < points.length && points.length > (LEAST_POINTS[annotation.type] ?? 0)) {
    asStep(board, () =>
      updateAnnotation(board.doc, id, { geometry: { points: points.toSpliced(corner, 1) } }),
    );
  }
  takeCorner(board, undefined);
  return true;
}
