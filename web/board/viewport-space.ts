import { type CSSProperties, type RefObject, useLayoutEffect } from 'react';
import type { Box, Point } from '../../client/index.ts';
import { useBoard } from './board-context.ts';
import type { BoardState, BoardStore } from './board-state.ts';
import { centredOn, revealing } from './viewport.ts';

/**
 * Lets what is inside an element stand at places of the picture ({@link placedAt}) and keep its size. Panning and zooming
 * write two styles and render nothing.
 */
export function useViewportSpace(element: RefObject<HTMLElement | null>): void {
  const { store } = useBoard();
  useLayoutEffect(() => {
    const show = ({ viewport: { x, y, scale } }: BoardState): void => {
      const style = element.current?.style;
      if (style === undefined) return;
      style.setProperty('--scale', String(scale));
      style.transform = `translate(${x}px, ${y}px)`;
    };
    show(store.getState());
    return store.subscribe((state, before) => {
      if (state.viewport !== before.viewport) show(state);
    });
  }, [element, store]);
}

/** The place of something in a viewport space, for the class `placed`. */
export const placedAt = ({ x, y }: Point): CSSProperties => ({ '--px': x, '--py': y }) as CSSProperties;

const PAN_MS = 220;

/** Brings a place of the picture into view: into the middle, or only as far as needed. */
export function showPlace(store: BoardStore, place: Box | Point, how: 'middle' | 'needed'): void {
  const { viewport, screen } = store.getState();
  const box = 'width' in place ? place : { ...place, width: 0, height: 0 };
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const to = how === 'middle' ? centredOn(middle, viewport.scale, screen) : revealing(viewport, box, screen);
  if (to.x === viewport.x && to.y === viewport.y) return;
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
    store.setState({ viewport: to });
    return;
  }
  const start = performance.now();
  let last = viewport;
  const step = (now: number): void => {
    // Somebody moves the picture by hand: that prevails.
    if (store.getState().viewport !== last) return;
    const part = Math.min(1, Math.max(0, (now - start) / PAN_MS));
    const eased = 1 - (1 - part) ** 3;
    last = {
      x: viewport.x + (to.x - viewport.x) * eased,
      y: viewport.y + (to.y - viewport.y) * eased,
      scale: to.scale,
    };
    store.setState({ viewport: last });
    if (part < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
