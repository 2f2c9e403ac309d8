import type { Editor } from '@tiptap/react';
import { useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { Bold, Code, Italic, Link2, Strikethrough, Underline } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { lookOf } from './editor-look.ts';
import styles from './editor-toolbar.module.css';
import { Tool } from './tool.tsx';

const SIZE = 16;

/** The tools for words, beside the words that are selected. */
export function FormatBubble({ editor, onLink }: { readonly editor: Editor; readonly onLink: () => void }) {
  const look = useEditorState({ editor, selector: ({ editor }) => lookOf(editor) });
  const chain = () => editor.chain().focus();
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="formatBubble"
      className={styles.bubbleLayer}
      options={{ placement: 'top', offset: 8 }}
      shouldShow={({ editor, state, from, to }) =>
        editor.isEditable && !editor.isActive('codeBlock') && state.doc.textBetween(from, to).length > 0
      }
    >
      <Toolbar.Root className={styles.bubble} aria-label="Formatting of the selection">
        <Tool label="Bold" isOn={look.bold} onClick={() => chain().toggleBold().run()}>
          <Bold size={SIZE} />
        </Tool>
        <Tool label="Italic" isOn={look.italic} onClick={() => chain().toggleItalic().run()}>
          <Italic size={SIZE} />
        </Tool>
        <Tool label="Underline" isOn={look.underline} onClick={() => chain().toggleUnderline().run()}>
          <Underline size={SIZE} />
        </Tool>
        <Tool label="Strike through" isOn={look.strike} onClick={() => chain().toggleStrike().run()}>
          <Strikethrough size={SIZE} />
        </Tool>
        <Tool label="Code" isOn={look.code} onClick={() => chain().toggleCode().run()}>
          <Code size={SIZE} />
        </Tool>
        <Tool label="Link" isOn={look.link} onClick={onLink}>
          <Link2 size={SIZE} />
        </Tool>
      </Toolbar.Root>
    </BubbleMenu>
  );
}
