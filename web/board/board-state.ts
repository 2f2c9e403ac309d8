import { createStore, type StoreApi } from 'zustand';
import type { AnnotationStyleInput, Point, TextGeometry } from '../../client/index.ts';

export type Tool =
  | 'select'
  | 'pan'
  | 'text'
  | 'box'
  | 'ellipse'
  | 'arrow'
  | 'line'
  | 'polygon'
  | 'freehand'
  | 'comment';

/** Where the picture is on the screen: `screen = picture × scale + (x, y)`, in CSS pixels. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** What one user looks at and is about to do; nothing of it is in the document. */
export interface BoardState {
  readonly tool: Tool;
  /** After drawing, the tool stays instead of going back to `select`. */
  readonly isToolKept: boolean;
  /** The text in which the user types. */
  readonly editing: TextEdit | undefined;
  /** Size of the picture; `undefined` until the server knows it. */
  readonly page: { readonly width: number; readonly height: number } | undefined;
  /** A picture lies below the annotations. */
  readonly hasPicture: boolean;
  /** Ids of annotations, never of comments. */
  readonly selection: readonly string[];
  readonly viewport: Viewport;
  /** Size of the element that shows the picture, CSS pixels. */
  readonly screen: { readonly width: number; readonly height: number };
  /** Of what is drawn next. */
  readonly style: AnnotationStyleInput;
  /** The panel at the side. */
  readonly panel: 'comments' | 'versions' | undefined;
  /** The thread that is open, by the id of its first comment. */
  readonly thread: string | undefined;
  /** Where a comment is being written that is not sent yet. */
  readonly draft: CommentDraft | undefined;
  readonly showResolved: boolean;
  /** Another moment is looked at; nothing can be changed meanwhile. */
  readonly moment: Moment | undefined;
  /** The line or polygon whose corners are moved one by one; only while it alone is selected. */
  readonly shaping: Shaping | undefined;
  /** The menu of what was pressed with the other button. */
  readonly menu: BoardMenu | undefined;
}

export interface Shaping {
  readonly id: string;
  /** The corner that was taken last, from 0: Delete takes it away. */
  readonly corner?: number;
}

/** Where the menu of the board opens. */
export interface BoardMenu {
  /** In the window, CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** The same place in the picture: what is pasted or said goes there. */
  readonly place: Point;
}

export interface CommentDraft {
  /** In the picture. */
  readonly x: number;
  readonly y: number;
  /** The annotation that it is about. */
  readonly annotationId?: string;
}

/** A text that is being written: one that is there, or one that is to begin at a place once it has a letter. */
export interface TextEdit {
  /** Absent until there is a letter. */
  readonly id?: string;
  /** Only of one that is begun here. */
  readonly geometry?: TextGeometry;
}

/** A state of the past, shown as the server draws it. */
export interface Moment {
  readonly seq: number;
  readonly title: string;
  readonly imageUrl: string;
}

export type BoardStore = StoreApi<BoardState>;

export const createBoardStore = (): BoardStore =>
  createStore<BoardState>(() => ({
    tool: 'select',
    isToolKept: false,
    editing: undefined,
    page: undefined,
    hasPicture: false,
    selection: [],
    viewport: { x: 0, y: 0, scale: 1 },
    screen: { width: 0, height: 0 },
    style: {},
    panel: undefined,
    thread: undefined,
    draft: undefined,
    showResolved: false,
    moment: undefined,
    shaping: undefined,
    menu: undefined,
  }));
