import type { CanvasStore } from '../live/canvas-state.ts';

const HOW = {
  region: 'Press Enter at two opposite corners.',
  cell: 'Move to a cell and press Enter.',
} as const;

/**
 * While something on the canvas is asked for, keys go there; who answered by them goes on where he asked.
 *
 * @param say what screen readers hear then
 * @returns a function that ends it
 */
export const followAim = (
  root: HTMLElement,
  store: CanvasStore,
  say: (words: string) => void,
): (() => void) => {
  let asker: Element | null = null;
  return store.subscribe(({ aim }, before) => {
    if (aim !== undefined && before.aim === undefined) {
      asker = document.activeElement;
      root.focus({ preventScroll: true });
      if (root.matches(':focus-visible')) say(HOW[aim.kind]);
    } else if (aim === undefined && before.aim !== undefined) {
      const isByKeys = root.matches(':focus-visible') && !('pointed' in root.dataset);
      if (isByKeys && asker instanceof HTMLElement) asker.focus();
    }
  });
};
