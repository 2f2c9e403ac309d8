import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { RoomAnnotation } from '../../../client/index.ts';
import { useBoard, useBoardState } from '../board-context.ts';
import { type StyleSubject, subjectOf } from './current-style.ts';

/** More would only be slow: what so many share, the others have too, or a look at them does not help. */
const MOST_LOOKED_AT = 300;

/** What the style bar is about; renders again when its look changes, not when it is moved. */
export function useStyleSubject(): StyleSubject | undefined {
  const { annotations } = useBoard();
  const selection = useBoardState((state) => state.selection);
  const tool = useBoardState((state) => state.tool);
  const next = useBoardState((state) => state.style);
  const looks = useSyncExternalStore(
    useCallback((listener: () => void) => annotations.subscribeAny(listener), [annotations]),
    () => {
      const selected = annotations.some(selection.slice(0, MOST_LOOKED_AT));
      return JSON.stringify(selected.map(({ type, style }) => ({ type, style: { ...style, z_index: 0 } })));
    },
  );
  return useMemo(() => {
    const selected: Pick<RoomAnnotation, 'type' | 'style'>[] = JSON.parse(looks);
    return subjectOf(selected, tool, next);
  }, [looks, tool, next]);
}
