import { createStore, type StoreApi } from 'zustand';
import type { CanvasError, CanvasFacts, ConnectionStatus, Session } from '../../../client/index.ts';
import type { Point, Rect } from '../view/viewport.ts';

export type Tool = 'brush' | 'eraser' | 'picker' | 'hand';
export type Panel = 'lapse' | 'template' | 'moderate';

/** Something on the canvas is asked for: the next drag or click (or Enter at the cell cursor) answers. */
export type Aim =
  | { readonly kind: 'region'; readonly hint: string; readonly done: (region: Rect) => void }
  | { readonly kind: 'cell'; readonly hint: string; readonly done: (cell: Point) => void };

/** What the parts of the page that React draws share. What changes with every pixel or pointer move is not in here. */
export interface CanvasState {
  /** `undefined` until the server has told. Its `online` is that of the last other change. */
  readonly facts: CanvasFacts | undefined;
  /** The picture was here once. */
  readonly isLoaded: boolean;
  readonly status: ConnectionStatus;
  /** Whether what was painted is on the server's disk; a moment of work does not count. */
  readonly saved: boolean;
  readonly online: number;
  /** Median of the last acknowledgements (heartbeats, where nothing was painted), milliseconds. */
  readonly latencyMs: number | undefined;
  readonly session: Session | undefined;
  /** Why the connection is over for good. */
  readonly ended: CanvasError | undefined;
  readonly tool: Tool;
  /** An index of the palette. */
  readonly color: number;
  readonly recent: readonly number[];
  readonly showsGrid: boolean;
  readonly panel: Panel | undefined;
  readonly aim: Aim | undefined;
  /** A region that a panel speaks about, shown on the canvas. */
  readonly marked: Rect | undefined;
  /** The past is shown, and nothing can be painted. */
  readonly showsPast: boolean;
  /** The event that the time-lapse proposes to a moderator. */
  readonly rewindTo: number | undefined;
}

export type CanvasStore = StoreApi<CanvasState>;

/** Dark, and not the background: what one paints first is seen. */
const FIRST_COLOR = 4;

export const createCanvasStore = (): CanvasStore =>
  createStore<CanvasState>(() => ({
    facts: undefined,
    isLoaded: false,
    status: { name: 'idle' },
    saved: true,
    online: 0,
    latencyMs: undefined,
    session: undefined,
    ended: undefined,
    tool: 'brush',
    color: FIRST_COLOR,
    recent: [],
    showsGrid: true,
    panel: undefined,
    aim: undefined,
    marked: undefined,
    showsPast: false,
    rewindTo: undefined,
  }));

/** With what it asked for and showed on the canvas. */
export const closePanel = (store: CanvasStore): void =>
  store.setState({ panel: undefined, aim: undefined, marked: undefined });
