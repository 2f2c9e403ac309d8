import { type RefObject, useEffect } from 'react';
import { useIdentity } from '../../app/identity.ts';
import { useBoard } from '../board-context.ts';
import { toPicture } from '../viewport.ts';

/** As many ids as the server takes. */
const MOST_SELECTED = 100;
const STEPS = 10;

/**
 * Tells the others where this user's pointer is (in the picture; the provider says it about 30 times a second), what is
 * selected, and who they are.
 *
 * @param layer - an element that covers the board; what it lies in is watched
 */
export function useOwnPresence(layer: RefObject<HTMLElement | null>): void {
  const { provider, store } = useBoard();
  const { userId: id, name, color } = useIdentity();
  useEffect(() => {
    provider.awareness.setLocalStateField('user', { id, name, color });
  }, [provider, id, name, color]);

  useEffect(() => {
    const board = layer.current?.parentElement;
    if (!board) return;
    const moved = (event: PointerEvent): void => {
      const { left, top } = board.getBoundingClientRect();
      const { viewport, moment } = store.getState();
      // Who looks at the past is not at this place of the present.
      if (moment !== undefined) return;
      const { x, y } = toPicture({ x: event.clientX - left, y: event.clientY - top }, viewport);
      provider.setPresence({
        cursor: { x: Math.round(x * STEPS) / STEPS, y: Math.round(y * STEPS) / STEPS },
      });
    };
    const left = (): void => provider.setPresence({ cursor: null });
    const ended = (event: PointerEvent): void => {
      if (event.pointerType === 'touch') left();
    };
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') left();
    };
    // Tools may capture the pointer, or keep events to themselves.
    const early = { capture: true, passive: true } as const;
    board.addEventListener('pointermove', moved, early);
    board.addEventListener('pointerdown', moved, early);
    board.addEventListener('pointerup', ended, early);
    board.addEventListener('pointerleave', left);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      board.removeEventListener('pointermove', moved, early);
      board.removeEventListener('pointerdown', moved, early);
      board.removeEventListener('pointerup', ended, early);
      board.removeEventListener('pointerleave', left);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [layer, provider, store]);

  useEffect(() => {
    const tell = (selection: readonly string[]): void =>
      provider.setPresence({ selection: selection.length === 0 ? null : selection.slice(0, MOST_SELECTED) });
    tell(store.getState().selection);
    return store.subscribe(({ selection }, before) => {
      if (selection !== before.selection) tell(selection);
    });
  }, [provider, store]);
}
