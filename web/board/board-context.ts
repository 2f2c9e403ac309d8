import { createContext, useContext } from 'react';
import type * as Y from 'yjs';
import { useStore } from 'zustand';
import type { AnnotationUndo, Room, RoomProvider } from '../../client/index.ts';
import type { AnnotationIndex } from './annotation-index.ts';
import type { BoardState, BoardStore } from './board-state.ts';
import type { ViewportMotion } from './viewport-motion.ts';

/** What everything on the page of a board shares. */
export interface Board {
  /** As it was when the page opened; `room` events of the provider tell what changes. */
  readonly room: Room;
  readonly doc: Y.Doc;
  readonly provider: RoomProvider;
  readonly undo: AnnotationUndo;
  readonly store: BoardStore;
  /** What is painted, one by one. */
  readonly annotations: AnnotationIndex;
  /** Moves the picture, once per frame. */
  readonly motion: ViewportMotion;
}

export const BoardContext = createContext<Board | undefined>(undefined);

export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (board === undefined) throw new Error('This is not inside a board');
  return board;
}

/** A part of what the user looks at; renders again when that part changes. */
export const useBoardState = <Part>(select: (state: BoardState) => Part): Part =>
  useStore(useBoard().store, select);
