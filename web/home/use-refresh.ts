import { useEffect } from 'react';
import { refreshDocuments } from './documents-store.ts';

const REFRESH_MS = 10_000;

/** Keeps the list fresh while somebody looks at it: now, every ten seconds, and when the window is looked at again. */
export function useRefresh(): void {
  useEffect(() => {
    let timer: number | undefined;
    const plan = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void refresh(false), REFRESH_MS);
    };
    const refresh = async (sorts: boolean): Promise<void> => {
      if (document.visibilityState === 'visible') await refreshDocuments(sorts);
      plan();
    };
    const seen = (): void => {
      if (document.visibilityState === 'visible') void refresh(true);
    };
    void refresh(true);
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('focus', seen);
    window.addEventListener('online', seen);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('focus', seen);
      window.removeEventListener('online', seen);
    };
  }, []);
}
