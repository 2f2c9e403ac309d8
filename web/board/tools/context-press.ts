import { boundsOf, type Point } from '../../../client/index.ts';
import { centreOf, unionOf } from '../stage/geometry.ts';
import type { StageModel } from '../stage/stage-model.ts';
import { measureText } from '../stage/text-layout.ts';
import { toPicture, toScreen } from '../viewport.ts';
import { annotationAt, select, withGroups } from './select-gestures.ts';

/**
 * Opens the menu of the board: by the other button, by a long touch with the select tool, by the menu key or Shift+F10.
 *
 * @param hand - what it is doing: a gesture that the press has begun is dropped, a polygon goes on
 */
export function attachContextMenu(
  element: HTMLElement,
  model: StageModel,
  hand: { readonly isDrawing: boolean; drop(): void },
  signal: AbortSignal,
): void {
  const { store } = model.board;
  let pressed: PointerEvent | undefined;
  const opened = (event: MouseEvent): void => {
    const { tool, moment } = store.getState();
    if (moment !== undefined) return;
    event.preventDefault();
    const isTouch = pressed?.pointerType === 'touch';
    // A finger that rests while it draws is no question.
    if (hand.isDrawing || (isTouch && tool !== 'select')) return;
    hand.drop();
    const { left, top } = element.getBoundingClientRect();
    const { viewport } = store.getState();
    const place =
      pressed === undefined
        ? selectionPlace(model)
        : toPicture({ x: event.clientX - left, y: event.clientY - top }, viewport);
    if (pressed !== undefined) selectAt(model, place, isTouch);
    const { x, y } = toScreen(place, viewport);
    store.setState({ tool: 'select', menu: { x: left + x, y: top + y, place } });
  };
  element.addEventListener('contextmenu', opened, { signal });
  element.addEventListener('pointerdown', (event) => (pressed = event), { signal });
  // What comes after a key comes from the key.
  element.addEventListener('keydown', () => (pressed = undefined), { signal });
}

/** What is pressed is selected, unless it is part of what is. */
function selectAt(model: StageModel, picture: Point, isTouch: boolean): void {
  const at = { screen: picture, picture, shift: false, alt: false, mod: false, pressure: undefined, isTouch };
  const met = annotationAt(model, at);
  if (met === undefined) select(model.board, []);
  else if (!model.board.store.getState().selection.includes(met.id)) {
    select(model.board, withGroups(model.board, [met.id]));
  }
}

/** The middle of what is selected, else of what is seen; pixels of the picture. */
function selectionPlace({ board, selected }: StageModel): Point {
  const { viewport, screen } = board.store.getState();
  const bounds = unionOf(selected.flatMap((annotation) => boundsOf(annotation, measureText) ?? []));
  return bounds === undefined
    ? toPicture({ x: screen.width / 2, y: screen.height / 2 }, viewport)
    : centreOf(bounds);
}
