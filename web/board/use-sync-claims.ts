import { useCallback, useSyncExternalStore } from 'react';
import type { ConnectionStatus } from '../../client/index.ts';
import { useBoard } from './board-context.ts';

/** Where the connection is, and whether the server has everything: as the provider claims it, at every moment. */
export function useSyncClaims(): { readonly status: ConnectionStatus; readonly saved: boolean } {
  const { provider } = useBoard();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [provider.on('status', listener), provider.on('saved', listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [provider],
  );
  const status = useSyncExternalStore(subscribe, () => provider.status);
  const saved = useSyncExternalStore(subscribe, () => provider.saved);
  return { status, saved };
}
