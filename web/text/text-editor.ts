import { Extension, type Extensions } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { Placeholder } from '@tiptap/extensions';
import type { EditorView } from '@tiptap/pm/view';
import { useIdentity } from '../app/identity.ts';
import { colorOf, inkOn } from '../app/person-color.ts';
import { toast } from '../ui/toast.tsx';
import { contentExtensions } from './content-extensions.ts';
import styles from './prose.module.css';
import { isSafeHref } from './safe-link.ts';
import { StoredMarks } from './stored-marks.ts';
import type { TextSession } from './text-sessions.ts';

/** Where the text stands in the Yjs document; Tiptap's default, so that other Tiptap editors find it. */
export const FRAGMENT = 'default';

export interface EditorKeys {
  /** Ctrl K. */
  readonly editLink: () => void;
  /** Alt F10, as in other editors. */
  readonly focusToolbar: () => void;
}

/** Everything that the editor is made of. */
export const editorExtensions = ({ doc, provider }: TextSession, keys: EditorKeys): Extensions => [
  ...contentExtensions(),
  Collaboration.configure({ document: doc, field: FRAGMENT }),
  CollaborationCaret.configure({ provider, user: me(), render: caret }),
  StoredMarks,
  Placeholder.configure({ placeholder: 'Write here. “# ” makes a heading, “- ” a list, “[] ” a task.' }),
  Extension.create({
    name: 'keysOfThePage',
    addKeyboardShortcuts: () => ({
      'Mod-k': () => {
        keys.editLink();
        return true;
      },
      'Alt-F10': () => {
        keys.focusToolbar();
        return true;
      },
    }),
  }),
];

/** What others are told of the user. */
export function me(): { readonly id: string; readonly name: string; readonly color: string } {
  const { userId, name, color } = useIdentity.getState();
  return { id: userId, name, color };
}

/** Where somebody else is, with the name. */
function caret(user: Record<string, unknown>): HTMLElement {
  const name = typeof user['name'] === 'string' ? user['name'].slice(0, 40) : 'Somebody';
  const given = typeof user['color'] === 'string' ? user['color'] : '';
  const color = /^#[0-9a-f]{6}$/i.test(given) ? given : colorOf(name);
  const mark = document.createElement('span');
  mark.className = styles.caret ?? '';
  mark.style.borderColor = color;
  if (typeof user['id'] === 'string') mark.dataset['user'] = user['id'];
  const label = document.createElement('span');
  label.className = styles.caretName ?? '';
  label.style.backgroundColor = color;
  label.style.color = inkOn(color);
  label.textContent = name;
  mark.append(label);
  return mark;
}

/** Brings the place into sight where somebody is; nothing where that is nowhere. */
export function showPerson(id: string): void {
  const carets = document.querySelectorAll<HTMLElement>('[data-user]');
  const caret = [...carets].find(({ dataset }) => dataset['user'] === id);
  caret?.scrollIntoView({ block: 'center', behavior: 'smooth' });
}

/** Ctrl or ⌘ and a click open a link; without them a click is for editing. */
export function openLink(_view: EditorView, event: MouseEvent): boolean {
  const target = event.target instanceof Element ? event.target.closest('a') : null;
  const href = target?.getAttribute('href');
  if (href === null || href === undefined || !(event.ctrlKey || event.metaKey)) return false;
  event.preventDefault();
  if (isSafeHref(href)) window.open(href, '_blank', 'noopener,noreferrer');
  return true;
}

/** A text has no pictures; who brings one is told, instead of nothing happening. @returns whether that is all there was */
export function refusePictures(data: DataTransfer | null): boolean {
  if (data === null || data.files.length === 0 || data.types.includes('text/html')) return false;
  const detail = 'On the page of all documents, it becomes a board to draw and comment on.';
  toast({ title: 'A picture cannot be put into a text', detail, tone: 'warning', key: 'no-pictures' });
  return true;
}

/** Below a table or code at the end of the text there is a line to go on with, once somebody clicks there. */
export function writeBelow(view: EditorView, event: MouseEvent): boolean {
  const last = view.dom.lastElementChild;
  const { doc, schema, tr } = view.state;
  const paragraph = schema.nodes['paragraph'];
  if (last === null || paragraph === undefined || !view.editable) return false;
  if (event.target !== view.dom || event.clientY <= last.getBoundingClientRect().bottom) return false;
  if (doc.lastChild?.type === paragraph) return false;
  view.dispatch(tr.insert(doc.content.size, paragraph.create()).scrollIntoView());
  return false;
}
