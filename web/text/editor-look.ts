import type { Editor } from '@tiptap/react';
import { HEADING_LEVELS, type HeadingLevel } from './content-extensions.ts';

/** What the toolbar shows of where the cursor is. */
export interface EditorLook {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  readonly link: boolean;
  readonly bulletList: boolean;
  readonly orderedList: boolean;
  readonly taskList: boolean;
  readonly blockquote: boolean;
  readonly codeBlock: boolean;
  readonly table: boolean;
  readonly heading: HeadingLevel | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export const lookOf = (editor: Editor): EditorLook => ({
  bold: editor.isActive('bold'),
  italic: editor.isActive('italic'),
  underline: editor.isActive('underline'),
  strike: editor.isActive('strike'),
  code: editor.isActive('code'),
  link: editor.isActive('link'),
  bulletList: editor.isActive('bulletList'),
  orderedList: editor.isActive('orderedList'),
  taskList: editor.isActive('taskList'),
  blockquote: editor.isActive('blockquote'),
  codeBlock: editor.isActive('codeBlock'),
  table: editor.isActive('table'),
  heading: HEADING_LEVELS.find((level) => editor.isActive('heading', { level })),
  canUndo: editor.can().undo(),
  canRedo: editor.can().redo(),
});
