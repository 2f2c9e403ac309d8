import { useCallback, useEffect, useState } from 'react';
import type { RoomVersion } from '../../../client/index.ts';
import { roomsApi } from '../../app/api.ts';
import { errorText } from '../../app/error-text.ts';
import { useBoard } from '../board-context.ts';

export interface VersionList {
  /** Newest first; `undefined` until they are here. */
  readonly versions: readonly RoomVersion[] | undefined;
  readonly problem: string | undefined;
  readonly reload: () => void;
}

/** The versions of the board, again whenever somebody makes one. */
export function useVersions(): VersionList {
  const { room, provider } = useBoard();
  const [versions, setVersions] = useState<readonly RoomVersion[]>();
  const [problem, setProblem] = useState<string>();
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` says when they are asked for again
  useEffect(() => {
    let isOld = false;
    roomsApi.versions(room.id).then(
      (found) => {
        if (isOld) return;
        setVersions([...found].reverse());
        setProblem(undefined);
      },
      (error: unknown) => isOld || setProblem(errorText(error)),
    );
    return () => {
      isOld = true;
    };
  }, [room.id, turn]);
  useEffect(() => {
    const stops = [
      provider.on('version', reload),
      provider.on('reverted', reload),
      provider.on('synced', (isSynced) => isSynced && reload()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [provider, reload]);
  return { versions, problem, reload };
}
