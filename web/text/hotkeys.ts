import type { Editor } from '@tiptap/react';
import type { Hotkey } from '../ui/hotkeys.tsx';

/**
 * The keys of the editor, for the list behind `?`. The editor hears them itself; elsewhere on the page they do the same to
 * what is selected in it.
 */
export function textHotkeys(editor: Editor, editLink: () => void): readonly Hotkey[] {
  const chain = () => editor.chain().focus();
  const heading = (level: 1 | 2 | 3): Hotkey => ({
    keys: `mod+alt+${level}`,
    label: `Heading ${level}`,
    run: () => void chain().toggleHeading({ level }).run(),
  });
  return [
    { keys: 'mod+b', label: 'Bold', run: () => void chain().toggleBold().run() },
    { keys: 'mod+i', label: 'Italic', run: () => void chain().toggleItalic().run() },
    { keys: 'mod+u', label: 'Underline', run: () => void chain().toggleUnderline().run() },
    { keys: 'mod+shift+s', label: 'Strike through', run: () => void chain().toggleStrike().run() },
    { keys: 'mod+e', label: 'Code', run: () => void chain().toggleCode().run() },
    { keys: 'mod+k', label: 'Link', run: editLink },
    heading(1),
    heading(2),
    heading(3),
    { keys: 'mod+alt+0', label: 'Plain text', run: () => void chain().setParagraph().run() },
    { keys: 'mod+shift+8', label: 'List', run: () => void chain().toggleBulletList().run() },
    { keys: 'mod+shift+7', label: 'Numbered list', run: () => void chain().toggleOrderedList().run() },
    { keys: 'mod+shift+9', label: 'Task list', run: () => void chain().toggleTaskList().run() },
    { keys: 'mod+shift+b', label: 'Quote', run: () => void chain().toggleBlockquote().run() },
    { keys: 'mod+alt+c', label: 'Code block', run: () => void chain().toggleCodeBlock().run() },
    { keys: 'mod+z', label: 'Undo', repeats: true, run: () => void chain().undo().run() },
    { keys: 'mod+shift+z', label: 'Redo', repeats: true, run: () => void chain().redo().run() },
    { keys: 'alt+F10', label: 'To the toolbar', run: () => undefined },
  ];
}
