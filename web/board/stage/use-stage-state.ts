import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useBoard, useBoardState } from '../board-context.ts';
import type { BaseImage } from './base-image.ts';
import { fontsSettled } from './text-fonts.ts';

/** What the stage says of itself on its element, for tests and for whoever looks from outside. */
export interface StageState {
  readonly 'data-annotations': number;
  readonly 'data-selected': number;
  readonly 'data-saved': boolean;
  readonly 'data-image': 'none' | 'shown';
  /** Picture, place and fonts are here. */
  readonly 'data-ready': boolean;
}

export function useStageState(base: BaseImage | undefined): StageState {
  const { annotations, provider, room } = useBoard();
  const order = useSyncExternalStore(
    useCallback((listener: () => void) => annotations.subscribeOrder(listener), [annotations]),
    () => annotations.order,
  );
  const saved = useSyncExternalStore(
    useCallback((listener: () => void) => provider.on('saved', listener), [provider]),
    () => provider.saved,
  );
  const selected = useBoardState((state) => state.selection.length);
  const isPlaced = useBoardState((state) => state.page !== undefined && state.screen.width > 0);
  const hasFonts = useFontsSettled(order);
  return {
    'data-annotations': order.length,
    'data-selected': selected,
    'data-saved': saved,
    'data-image': base === undefined ? 'none' : 'shown',
    'data-ready': isPlaced && hasFonts && (base !== undefined || !room.hasImage),
  };
}

/** Whether the fonts of the texts that are there have come. */
function useFontsSettled(order: readonly string[]): boolean {
  const [settled, setSettled] = useState<readonly string[]>();
  useEffect(() => {
    let isOver = false;
    // Texts ask for their fonts as they are painted.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        void fontsSettled().then(() => {
          if (!isOver) setSettled(order);
        });
      }),
    );
    return () => {
      isOver = true;
      cancelAnimationFrame(frame);
    };
  }, [order]);
  return settled === order;
}
