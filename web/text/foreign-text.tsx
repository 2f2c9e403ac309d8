import { Collaboration } from '@tiptap/extension-collaboration';
import { EditorContent, useEditor } from '@tiptap/react';
import { FileLock2 } from 'lucide-react';
import { Link } from 'wouter';
import type * as Y from 'yjs';
import type { TextDocument } from '../../client/text-documents-api.ts';
import { TopBar } from '../app/top-bar.tsx';
import { buttonClass } from '../ui/button.tsx';
import { Loading, StateMessage } from '../ui/state.tsx';
import { contentExtensions } from './content-extensions.ts';
import prose from './prose.module.css';
import { FRAGMENT } from './text-editor.ts';
import styles from './text-page.module.css';
import { useForeignDoc } from './use-foreign-doc.ts';

const WHY = 'It was made by another program, in a format that only its own programs may change.';

/** A text of another program: shown where it can be understood, never changed. */
export function ForeignText({ document }: { readonly document: TextDocument }) {
  const found = useForeignDoc(document.id);
  return (
    <>
      <TopBar>
        <span className={styles.foreignTitle}>{document.title}</span>
      </TopBar>
      {found.name === 'loading' && <Loading fill label="Loading the text" />}
      {found.name === 'readable' && <ReadOnlySheet doc={found.doc} />}
      {found.name === 'unreadable' && (
        <StateMessage
          fill
          icon={<FileLock2 />}
          title="This text cannot be shown here"
          text={`${WHY} ${found.reason}`}
        >
          <Link className={buttonClass('primary')} href="/">
            All documents
          </Link>
        </StateMessage>
      )}
    </>
  );
}

function ReadOnlySheet({ doc }: { readonly doc: Y.Doc }) {
  const editor = useEditor(
    {
      extensions: [...contentExtensions(), Collaboration.configure({ document: doc, field: FRAGMENT })],
      injectCSS: false,
      editable: false,
      editorProps: { attributes: { class: prose.prose ?? '', 'aria-label': 'Text' } },
    },
    [doc],
  );
  return (
    <div className={styles.page}>
      <p className={styles.notice} role="note">
        <strong>Only to be read.</strong> {WHY}
      </p>
      <main className={styles.desk}>
        <EditorContent editor={editor} className={styles.sheet} />
      </main>
    </div>
  );
}
