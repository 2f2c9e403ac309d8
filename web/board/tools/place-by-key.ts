import type { NewAnnotation, TextGeometry } from '../../../client/index.ts';
import type { Board } from '../board-context.ts';
import { toPicture } from '../viewport.ts';
import { addDrawn } from './draw-gestures.ts';
import { clickedGeometry, isDragTool } from './drawn-shape.ts';

/** Steps aside for what was put there before, pixels of the picture. */
const STEP = 24;

/**
 * What a tool draws without a pointer: in the middle of what is seen, to be moved from there by the arrow keys.
 *
 * @returns whether the tool can do that
 */
export function placeByKey(board: Board): boolean {
  const { store, annotations } = board;
  const { tool, viewport, screen, selection } = store.getState();
  const middle = toPicture({ x: screen.width / 2, y: screen.height / 2 }, viewport);
  const aside = (annotations.order.length % 8) * STEP;
  const at = { x: Math.round(middle.x + aside), y: Math.round(middle.y + aside) };
  if (tool === 'comment') {
    const [annotationId] = selection;
    store.setState({
      tool: 'select',
      draft: { ...middle, ...(annotationId === undefined ? {} : { annotationId }) },
    });
    return true;
  }
  if (!isDragTool(tool)) return false;
  const geometry = clickedGeometry(tool, at);
  if (tool === 'text') store.setState({ editing: { geometry: geometry as TextGeometry }, selection: [] });
  else addDrawn(board, { type: tool, geometry } as NewAnnotation);
  return true;
}
