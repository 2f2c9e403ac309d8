import type { Extensions } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';
import { hrefOf, isSafeHref } from './safe-link.ts';

/** The levels that the toolbar offers. */
export const HEADING_LEVELS = [1, 2, 3, 4] as const;
export type HeadingLevel = (typeof HEADING_LEVELS)[number];

/** Markdown has no underline of its own, so that Tiptap makes one up; but HTML is allowed in it. */
const Basics = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map((extension) =>
      extension.name === 'underline'
        ? extension.extend({
            renderMarkdown: (node, helpers) => `<u>${helpers.renderChildren(node)}</u>`,
          })
        : extension,
    );
  },
});

/** What a text can hold: the schema that everybody who edits it must share. */
export const contentExtensions = (): Extensions => [
  Basics.configure({
    heading: { levels: [...HEADING_LEVELS] },
    // Yjs keeps the history, of each user alone.
    undoRedo: false,
    // Each of two clients would add its own empty line.
    trailingNode: false,
    dropcursor: { color: 'var(--accent)', width: 2 },
    link: {
      openOnClick: false,
      defaultProtocol: 'https',
      markdownLinks: true,
      // `example.com` is asked about as it was typed, and made a link to `https://example.com`.
      isAllowedUri: (href) => isSafeHref(href) || hrefOf(href) !== undefined,
    },
  }),
  TaskList,
  TaskItem.configure({
    nested: true,
    a11y: { checkboxLabel: ({ textContent }) => `Done: ${textContent || 'empty task'}` },
  }),
  TableKit.configure({ table: { resizable: true, renderWrapper: true, cellMinWidth: 60 } }),
];
