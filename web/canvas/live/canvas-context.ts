import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Pen } from '../paint/pen.ts';
import type { TemplateShelf } from '../template/template-shelf.ts';
import type { Stage } from '../view/stage.ts';
import type { CanvasState, CanvasStore } from './canvas-state.ts';
import type { LiveCanvas } from './live-canvas.ts';

/** What everything on the page of a canvas shares. */
export interface CanvasTools {
  readonly live: LiveCanvas;
  readonly stage: Stage;
  readonly store: CanvasStore;
  readonly pen: Pen;
  readonly templates: TemplateShelf;
}

export const CanvasContext = createContext<CanvasTools | undefined>(undefined);

export function useCanvas(): CanvasTools {
  const tools = useContext(CanvasContext);
  if (tools === undefined) throw new Error('This is not inside a canvas');
  return tools;
}

/** A part of the state; renders again when that part changes. */
export const useCanvasState = <Part>(select: (state: CanvasState) => Part): Part =>
  useStore(useCanvas().store, select);
