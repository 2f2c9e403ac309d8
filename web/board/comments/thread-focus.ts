import { type RefObject, useEffect } from 'react';
import type { BoardStore } from '../board-state.ts';

/** What has the focus in a thread that is opened: the field for an answer, or the card, where N goes on. */
type FocusTarget = 'reply' | 'card';

let wanted: FocusTarget = 'card';

/** Opens a thread. @param target - gets the focus; on a touch screen never the field, whose keyboard would hide the thread */
export function openThread(store: BoardStore, id: string, target: FocusTarget): void {
  wanted = target === 'reply' && window.matchMedia('(pointer: coarse)').matches ? 'card' : target;
  store.setState({ thread: id, draft: undefined });
}

/** What has the keys of the board. */
export const boardIn = (layer: HTMLElement | null): HTMLElement | null | undefined =>
  layer?.parentElement?.querySelector<HTMLElement>('[role="application"]');

/** Takes the focus into the thread that is open, and back to its pin when it is closed. */
export function useThreadFocus(layer: RefObject<HTMLElement | null>, openId: string | undefined): void {
  useEffect(() => {
    if (openId === undefined) return;
    const card = document.querySelector<HTMLElement>('[role="dialog"][aria-label="Comment thread"]');
    const target = wanted === 'reply' ? card?.querySelector<HTMLElement>('textarea') : card;
    target?.focus({ preventScroll: true });
    wanted = 'card';
    const within = layer.current;
    return () => {
      // Where the focus has gone elsewhere already, it stays there; that of a card that is gone is nowhere.
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const pin = within?.querySelector<HTMLElement>(`[data-thread="${openId}"]`);
      // That of a thread that was resolved or deleted is not there any more.
      (pin ?? boardIn(within))?.focus({ preventScroll: true });
    };
  }, [layer, openId]);
}
