import { useCallback, useEffect, useState } from 'react';
import { roomsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { toast } from '../ui/toast.tsx';
import { useBoard } from './board-context.ts';

/** What the board is called now, whoever named it, and a function that names it. */
export function useBoardName(): { readonly name: string; readonly rename: (name: string) => void } {
  const { room, provider } = useBoard();
  const [name, setName] = useState(room.name);
  useEffect(() => {
    let isOver = false;
    const ask = (): void => {
      roomsApi.get(room.id).then(
        (found) => isOver || setName(found.name),
        // The connection says that the server is away.
        () => undefined,
      );
    };
    const stops = [
      provider.on('room', (told) => setName(told.room.name)),
      provider.on('reverted', (told) => setName(told.room.name)),
      // It may have been named while we were away.
      provider.on('synced', (isSynced) => isSynced && ask()),
    ];
    return () => {
      isOver = true;
      for (const stop of stops) stop();
    };
  }, [room.id, provider]);
  const rename = useCallback(
    (next: string): void => {
      const before = name;
      setName(next);
      roomsApi.update(room.id, { name: next }).catch((error: unknown) => {
        setName(before);
        toast({ title: 'The board could not be renamed', detail: errorText(error), tone: 'danger' });
      });
    },
    [room.id, name],
  );
  return { name, rename };
}
