import { boundsOf } from '../../client/index.ts';
import type { Board } from './board-context.ts';
import { unionOf } from './stage/geometry.ts';
import { measureText } from './stage/text-layout.ts';
import { centredOn, fitted, revealing, stepFrom, toPicture, zoomedTo } from './viewport.ts';

/** A selection may be shown larger than it is, but not as a few pixels. */
const MOST_SELECTED = 4;

/** All of the picture, and what stands beside it. */
export function fitPage({ store, motion, annotations }: Board): void {
  const { page, screen } = store.getState();
  const boxes = annotations.all().flatMap((annotation) => boundsOf(annotation, measureText) ?? []);
  const all = unionOf(page === undefined ? boxes : [{ x: 0, y: 0, ...page }]);
  if (all !== undefined) motion.change(() => fitted(all, screen));
}

export function fitSelection(board: Board): void {
  const { store, motion, annotations } = board;
  const { selection, screen } = store.getState();
  const boxes = annotations.some(selection).flatMap((annotation) => boundsOf(annotation, measureText) ?? []);
  const all = unionOf(boxes);
  if (all === undefined) fitPage(board);
  else motion.change(() => fitted(all, screen, MOST_SELECTED));
}

/** To a scale of 1; what is in the middle stays there. */
export function actualSize({ store, motion }: Board): void {
  const { screen } = store.getState();
  motion.change((view) =>
    centredOn(toPicture({ x: screen.width / 2, y: screen.height / 2 }, view), 1, screen),
  );
}

export function zoomStep({ store, motion }: Board, direction: 1 | -1): void {
  const { screen } = store.getState();
  const middle = { x: screen.width / 2, y: screen.height / 2 };
  motion.change((view) => zoomedTo(view, stepFrom(view.scale, direction), middle));
}

/** Brings an annotation into sight where it is not. */
export function reveal({ store, motion, annotations }: Board, id: string): void {
  const annotation = annotations.get(id);
  const bounds = annotation && boundsOf(annotation, measureText);
  if (bounds !== undefined) motion.change((view) => revealing(view, bounds, store.getState().screen));
}
