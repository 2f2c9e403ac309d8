import { type Editor, useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { Pencil, Unlink } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import styles from './editor-toolbar.module.css';
import { isSafeHref } from './safe-link.ts';
import { Tool } from './tool.tsx';

/** Where the link at the cursor leads. */
export function LinkBubble({ editor, onEdit }: { readonly editor: Editor; readonly onEdit: () => void }) {
  const href = useEditorState({
    editor,
    selector: ({ editor }): string => String(editor.getAttributes('link')['href'] ?? ''),
  });
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="linkBubble"
      className={styles.bubbleLayer}
      options={{ placement: 'bottom-start', offset: 8 }}
      shouldShow={({ editor, from, to }) => from === to && editor.isActive('link')}
    >
      <Toolbar.Root className={styles.bubble} aria-label="Link">
        {isSafeHref(href) ? (
          <Toolbar.Link className={styles.address} href={href} target="_blank" rel="noopener noreferrer">
            {href.replace(/^(https?:\/\/|mailto:|tel:)/, '')}
          </Toolbar.Link>
        ) : (
          <span className={styles.address}>This link is not safe</span>
        )}
        <Tool label="Change the link" onClick={onEdit}>
          <Pencil size={16} />
        </Tool>
        <Tool
          label="Remove the link"
          onClick={() => editor.chain().focus().extendMarkRange('link').unsetLink().run()}
        >
          <Unlink size={16} />
        </Tool>
      </Toolbar.Root>
    </BubbleMenu>
  );
}
