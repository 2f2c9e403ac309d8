import { useSyncExternalStore } from 'react';
import { fullTime, relativeTime } from './relative-time.ts';

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all times on the page, and none where there is none. */
function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago something was; its title says exactly when. @param at - milliseconds since 1970 */
export function TimeAgo({ at }: { readonly at: number }) {
  const tick = useSyncExternalStore(listen, () => now);
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
      {relativeTime(at, Math.max(at, tick))}
    </time>
  );
}
