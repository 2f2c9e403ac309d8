import { type RefObject, useLayoutEffect } from 'react';
import type { Point } from '../../../client/index.ts';
import { useBoard } from '../board-context.ts';
import { toScreen } from '../viewport.ts';
import { placeCard } from './place-pins.ts';

/**
 * Keeps a card beside a place of the picture and inside of the board, while either moves or changes its size.
 *
 * @param shift - of the pin to the right, CSS pixels
 * @param isFree - the card has another place, such as the foot of a phone's screen
 */
export function useCardPlace(
  card: RefObject<HTMLElement | null>,
  at: Point,
  shift: number,
  isFree: boolean,
): void {
  const { store } = useBoard();
  const { x, y } = at;
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return;
    const place = (): void => {
      const { viewport, screen } = store.getState();
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const tip = toScreen({ x, y }, viewport);
      const corner = placeCard({ x: tip.x + shift, y: tip.y }, size, screen);
      element.style.transform = isFree
        ? ''
        : `translate(${Math.round(corner.x)}px, ${Math.round(corner.y)}px)`;
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(element);
    const stop = store.subscribe((state, before) => {
      if (state.viewport !== before.viewport || state.screen !== before.screen) place();
    });
    return () => {
      observer.disconnect();
      stop();
    };
  }, [card, store, x, y, shift, isFree]);
}
