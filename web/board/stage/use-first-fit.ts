import { useLayoutEffect, useRef } from 'react';
import { useBoard, useBoardState } from '../board-context.ts';
import { fitted } from '../viewport.ts';

/** All of the page is to be seen at first, and after that it stays where the user put it. */
export function useFirstFit(): void {
  const { store } = useBoard();
  const page = useBoardState((state) => state.page);
  const screen = useBoardState((state) => state.screen);
  const isFitted = useRef(false);
  useLayoutEffect(() => {
    if (isFitted.current || page === undefined || screen.width === 0) return;
    isFitted.current = true;
    store.setState({ viewport: fitted({ x: 0, y: 0, ...page }, screen) });
  }, [store, page, screen]);
}
