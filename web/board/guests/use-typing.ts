import { useCallback, useEffect, useRef } from 'react';
import { useBoard } from '../board-context.ts';

/** Who stops typing for so long has stopped. */
const PAUSE_MS = 3000;

/**
 * Tells the others that this user is typing.
 *
 * @param thread - where, so that only who looks at it is told
 * @returns to be called with `true` at each key, with `false` when it is over
 */
export function useTyping(thread: string | undefined): (isTyping: boolean) => void {
  const { provider } = useBoard();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOn = useRef(false);
  const tell = useCallback(
    (isTyping: boolean): void => {
      clearTimeout(timer.current);
      if (isTyping) timer.current = setTimeout(() => tell(false), PAUSE_MS);
      if (isTyping === isOn.current) return;
      isOn.current = isTyping;
      provider.setPresence({ typing: isTyping || null });
      provider.awareness.setLocalStateField('thread', isTyping ? (thread ?? null) : null);
    },
    [provider, thread],
  );
  useEffect(() => () => tell(false), [tell]);
  return tell;
}
