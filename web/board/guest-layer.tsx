import { useEffect, useRef } from 'react';
import { useBoard, useBoardState } from './board-context.ts';
import { GuestCursors } from './guests/guest-cursors.ts';
import { GuestOutlines } from './guests/guest-outlines.tsx';
import styles from './guests/guests.module.css';
import { useOwnPresence } from './guests/own-presence.ts';
import { rememberGuests } from './guests/use-guests.ts';
import { useViewportSpace } from './viewport-space.ts';

/** The others above the stage: their cursors and what they have selected. Tells them the same of this user. */
export function GuestLayer() {
  const { provider } = useBoard();
  const layer = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const cursors = useRef<HTMLDivElement>(null);
  const isPast = useBoardState((state) => state.moment !== undefined);
  useViewportSpace(space);
  useOwnPresence(layer);
  useEffect(() => rememberGuests(provider), [provider]);
  useEffect(() => {
    if (cursors.current === null) return;
    const drawn = new GuestCursors(provider, cursors.current);
    return () => drawn.destroy();
  }, [provider]);
  return (
    <div ref={layer} className={styles.layer} aria-hidden>
      <div ref={space} className={styles.space} hidden={isPast}>
        <GuestOutlines />
        <div ref={cursors} />
      </div>
    </div>
  );
}
