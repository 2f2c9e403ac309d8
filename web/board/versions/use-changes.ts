import { useEffect, useState } from 'react';
import { roomsApi } from '../../app/api.ts';
import { errorText } from '../../app/error-text.ts';
import { useBoard } from '../board-context.ts';
import { changesOf, type LoggedEvent } from './moments.ts';

const PAGE = 1000;
/** While somebody draws, the list is asked for so often. */
const GATHER_MS = 1000;

export interface ChangeList {
  /** Oldest first, as far as they are kept; `undefined` until they are here. */
  readonly changes: readonly LoggedEvent[] | undefined;
  readonly problem: string | undefined;
}

/** Everything that changed the board, as far back as the log is kept, and what happens from now on. */
export function useChanges(): ChangeList {
  const { room, provider, doc } = useBoard();
  const [changes, setChanges] = useState<readonly LoggedEvent[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const known: LoggedEvent[] = [];
    let last = 0;
    let isOver = false;
    let isLoading = false;
    let isStale = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async (): Promise<void> => {
      if (isLoading) return;
      isLoading = true;
      try {
        while (isStale && !isOver) {
          isStale = false;
          for (;;) {
            const { items, firstSeq, seq } = await roomsApi.events(room.id, { after: last, limit: PAGE });
            if (isOver) return;
            // What is no longer in the log cannot be shown any more.
            const kept = known.findIndex((event) => event.seq >= firstSeq);
            known.splice(0, kept === -1 ? known.length : kept);
            known.push(...changesOf(items));
            last = items.at(-1)?.seq ?? last;
            if (items.length === 0 || last >= seq) break;
          }
        }
        setChanges([...known]);
        setProblem(undefined);
      } catch (error) {
        if (!isOver) setProblem(errorText(error));
      } finally {
        isLoading = false;
      }
    };
    const changed = (): void => {
      isStale = true;
      if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        void load();
      }, GATHER_MS);
    };
    void load();
    doc.on('update', changed);
    const stops = [
      provider.on('saved', changed),
      provider.on('room', changed),
      provider.on('reverted', changed),
    ];
    return () => {
      isOver = true;
      clearTimeout(timer);
      doc.off('update', changed);
      for (const stop of stops) stop();
    };
  }, [room.id, provider, doc]);
  return { changes, problem };
}
