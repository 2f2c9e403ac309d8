import { useEffect, useRef, useState } from 'react';
import { inTurn } from './picture-queue.ts';

/** A server that is busy, or away, may have it then. */
const RETRY_MS = 15_000;

/** What becomes of a picture: on its way, here, or not to be had (which is no reason to hide the document). */
export type Picture =
  | { readonly name: 'coming' }
  | { readonly name: 'here'; readonly url: string }
  | { readonly name: 'none' };

/**
 * A picture, as long as it is wanted; the last one stays until the next is here. The server is asked whether the one that the
 * browser has is still right (`ETag`), which costs it next to nothing.
 *
 * @param url - `undefined`: not wanted now
 * @param revision - another one: ask again
 */
export function usePicture(url: string | undefined, revision: unknown): Picture {
  const [picture, setPicture] = useState<Picture>({ name: 'coming' });
  const [attempt, setAttempt] = useState(0);
  const shown = useRef<{ readonly tag: string | null; readonly url: string }>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` and `attempt` say when to ask again
  useEffect(() => {
    if (url === undefined) return;
    const abort = new AbortController();
    const { signal } = abort;
    let timer: number | undefined;
    inTurn(signal, async () => {
      // `no-cache`: ask, and take it out of the cache where it is the same.
      const response = await fetch(url, { cache: 'no-cache', signal });
      if (!response.ok) throw new Error(String(response.status));
      const tag = response.headers.get('etag');
      if (tag !== null && tag === shown.current?.tag) return;
      const next = URL.createObjectURL(await response.blob());
      if (shown.current !== undefined) URL.revokeObjectURL(shown.current.url);
      shown.current = { tag, url: next };
      setPicture({ name: 'here', url: next });
    }).catch(() => {
      if (signal.aborted) return;
      if (shown.current === undefined) setPicture({ name: 'none' });
      timer = window.setTimeout(() => setAttempt((before) => before + 1), RETRY_MS);
    });
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [url, revision, attempt]);
  useEffect(
    () => () => {
      if (shown.current !== undefined) URL.revokeObjectURL(shown.current.url);
      shown.current = undefined;
    },
    [],
  );
  return picture;
}
