import { useEffect } from 'react';
import { placeOf, withoutPlace, writePlace } from './view/place.ts';
import type { Stage } from './view/stage.ts';

/** While one moves, the address need not follow; browsers refuse too many changes. */
const SETTLED_MS = 400;

/** The address of the view: what a shared link shows. */
export function shareUrl(stage: Stage): string {
  const { picture, view, screen } = stage;
  const { origin, pathname, search } = window.location;
  if (picture === undefined) return origin + pathname + search;
  const place = stage.isFitted ? withoutPlace(search) : writePlace(search, placeOf(view, picture, screen));
  return origin + pathname + place;
}

/** Keeps the address of the page that of the view. */
export function useShareLink(stage: Stage): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = stage.onView(() => {
      clearTimeout(timer);
      timer = setTimeout(
        () => window.history.replaceState(window.history.state, '', shareUrl(stage)),
        SETTLED_MS,
      );
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [stage]);
}
