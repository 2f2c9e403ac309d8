import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { useIdentity } from '../app/identity.ts';
import { Button } from '../ui/button.tsx';
import { useHotkeys } from '../ui/hotkeys.tsx';
import { EditorToolbar } from './editor-toolbar.tsx';
import { FormatBubble } from './format-bubble.tsx';
import { textHotkeys } from './hotkeys.ts';
import { LinkBubble } from './link-bubble.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { tidyPastedHtml } from './pasted-html.ts';
import prose from './prose.module.css';
import { editorExtensions, me, openLink, refusePictures, writeBelow } from './text-editor.ts';
import { TextMenu } from './text-menu.tsx';
import styles from './text-page.module.css';
import type { TextSession } from './text-sessions.ts';
import { WordCount } from './word-count.tsx';

/** Pixels of the window that the cursor is kept away from: at the top there are two bars, at the bottom the word count. */
const ROOM_AROUND_CURSOR = { top: 128, right: 0, bottom: 64, left: 0 };

/** The sheet of paper, and what one does with it. */
export function TextSheet({
  session,
  title,
  ended,
}: {
  readonly session: TextSession;
  readonly title: string;
  /** Why the server takes nothing any more; `undefined` while it does. */
  readonly ended: string | undefined;
}) {
  const [isLinking, setLinking] = useState(false);
  const toolbar = useRef<HTMLDivElement>(null);
  const editor = useEditor(
    {
      extensions: editorExtensions(session, {
        editLink: () => setLinking(true),
        focusToolbar: () => toolbar.current?.querySelector('button')?.focus(),
      }),
      // Ours: the policy of the page allows it, but then nobody knows what it looks like.
      injectCSS: false,
      // On a phone it would bring up the keyboard.
      autofocus: window.matchMedia('(pointer: fine)').matches ? 'start' : false,
      editorProps: {
        attributes: {
          class: prose.prose ?? '',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': 'Text',
        },
        // The bars cover the top of the window.
        scrollThreshold: { ...ROOM_AROUND_CURSOR },
        scrollMargin: { ...ROOM_AROUND_CURSOR },
        transformPastedHTML: tidyPastedHtml,
        handlePaste: (_view, event) => refusePictures(event.clipboardData),
        handleDrop: (_view, event) => refusePictures(event.dataTransfer),
        handleDOMEvents: { click: openLink, mousedown: writeBelow },
      },
    },
    [session],
  );
  const { name, color } = useIdentity();
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what `me` tells
  useEffect(() => {
    editor?.commands.updateUser(me());
  }, [editor, name, color]);
  useHotkeys(
    'Text',
    textHotkeys(editor, () => setLinking(true)),
  );
  return (
    <div className={styles.page}>
      {ended !== undefined && (
        <div className={styles.notice} role="alert">
          The server has ended the connection ({ended}). What was written last may not be saved: copy it, then{' '}
          <Button onClick={() => window.location.reload()}>load the page again</Button>
        </div>
      )}
      <EditorToolbar ref={toolbar} editor={editor} onLink={() => setLinking(true)}>
        <TextMenu editor={editor} title={title} />
      </EditorToolbar>
      <main className={styles.desk}>
        <h1 className={styles.printedTitle}>{title}</h1>
        <EditorContent editor={editor} className={styles.sheet} />
        <FormatBubble editor={editor} onLink={() => setLinking(true)} />
        <LinkBubble editor={editor} onEdit={() => setLinking(true)} />
      </main>
      <WordCount editor={editor} />
      {isLinking && <LinkDialog editor={editor} onClose={() => setLinking(false)} />}
    </div>
  );
}
