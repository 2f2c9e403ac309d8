import { type Editor, useEditorState } from '@tiptap/react';
import {
  Bold,
  Code,
  Italic,
  Link2,
  List,
  ListChecks,
  ListOrdered,
  Minus,
  Quote,
  Redo2,
  SquareCode,
  Strikethrough,
  Underline,
  Undo2,
} from 'lucide-react';
import { Toolbar } from 'radix-ui';
import type { ReactNode, Ref } from 'react';
import { BlockMenu } from './block-menu.tsx';
import { lookOf } from './editor-look.ts';
import styles from './editor-toolbar.module.css';
import { TableMenu } from './table-menu.tsx';
import { Tool } from './tool.tsx';

const SIZE = 18;

const Separator = () => <Toolbar.Separator className={styles.separator} />;

/** Everything that can be done to the text; one stop of the Tab key, arrows go through it. */
export function EditorToolbar({
  editor,
  onLink,
  ref,
  children,
}: {
  readonly editor: Editor;
  readonly onLink: () => void;
  readonly ref: Ref<HTMLDivElement>;
  /** At its end. */
  readonly children: ReactNode;
}) {
  const look = useEditorState({ editor, selector: ({ editor }) => lookOf(editor) });
  const chain = () => editor.chain().focus();
  return (
    <Toolbar.Root ref={ref} className={styles.toolbar} aria-label="Formatting">
      <div className={styles.tools}>
        <Tool label="Undo" keys="mod+z" disabled={!look.canUndo} onClick={() => chain().undo().run()}>
          <Undo2 size={SIZE} />
        </Tool>
        <Tool label="Redo" keys="mod+shift+z" disabled={!look.canRedo} onClick={() => chain().redo().run()}>
          <Redo2 size={SIZE} />
        </Tool>
        <Separator />
        <BlockMenu editor={editor} heading={look.heading} />
        <Separator />
        <Tool label="Bold" keys="mod+b" isOn={look.bold} onClick={() => chain().toggleBold().run()}>
          <Bold size={SIZE} />
        </Tool>
        <Tool label="Italic" keys="mod+i" isOn={look.italic} onClick={() => chain().toggleItalic().run()}>
          <Italic size={SIZE} />
        </Tool>
        <Tool
          label="Underline"
          keys="mod+u"
          isOn={look.underline}
          onClick={() => chain().toggleUnderline().run()}
        >
          <Underline size={SIZE} />
        </Tool>
        <Tool
          label="Strike through"
          keys="mod+shift+s"
          isOn={look.strike}
          onClick={() => chain().toggleStrike().run()}
        >
          <Strikethrough size={SIZE} />
        </Tool>
        <Tool label="Code" keys="mod+e" isOn={look.code} onClick={() => chain().toggleCode().run()}>
          <Code size={SIZE} />
        </Tool>
        <Tool label="Link" keys="mod+k" isOn={look.link} onClick={onLink}>
          <Link2 size={SIZE} />
        </Tool>
        <Separator />
        <Tool
          label="List"
          keys="mod+shift+8"
          isOn={look.bulletList}
          onClick={() => chain().toggleBulletList().run()}
        >
          <List size={SIZE} />
        </Tool>
        <Tool
          label="Numbered list"
          keys="mod+shift+7"
          isOn={look.orderedList}
          onClick={() => chain().toggleOrderedList().run()}
        >
          <ListOrdered size={SIZE} />
        </Tool>
        <Tool
          label="Task list"
          keys="mod+shift+9"
          isOn={look.taskList}
          onClick={() => chain().toggleTaskList().run()}
        >
          <ListChecks size={SIZE} />
        </Tool>
        <Separator />
        <Tool
          label="Quote"
          keys="mod+shift+b"
          isOn={look.blockquote}
          onClick={() => chain().toggleBlockquote().run()}
        >
          <Quote size={SIZE} />
        </Tool>
        <Tool
          label="Code block"
          keys="mod+alt+c"
          isOn={look.codeBlock}
          onClick={() => chain().toggleCodeBlock().run()}
        >
          <SquareCode size={SIZE} />
        </Tool>
        <TableMenu editor={editor} isInTable={look.table} />
        <Tool label="Line across" onClick={() => chain().setHorizontalRule().run()}>
          <Minus size={SIZE} />
        </Tool>
      </div>
      <div className={styles.end}>{children}</div>
    </Toolbar.Root>
  );
}
