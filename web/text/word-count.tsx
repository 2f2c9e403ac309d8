import type { Editor } from '@tiptap/react';
import { useEffect, useState } from 'react';
import styles from './text-page.module.css';
import { lengthOf } from './word-count.ts';

/** A long text is not counted at every key. */
const PAUSE_MS = 400;
const format = new Intl.NumberFormat('en');
const many = (count: number, word: string): string =>
  `${format.format(count)} ${word}${count === 1 ? '' : 's'}`;

const lengthIn = ({ state: { doc } }: Editor) => lengthOf(doc.textBetween(0, doc.content.size, '\n', '\n'));

/** How long the text is. */
export function WordCount({ editor }: { readonly editor: Editor }) {
  const [length, setLength] = useState(() => lengthIn(editor));
  useEffect(() => {
    let timer: number | undefined;
    const count = (): void => {
      timer = undefined;
      setLength(lengthIn(editor));
    };
    const changed = (): void => {
      timer ??= window.setTimeout(count, PAUSE_MS);
    };
    editor.on('update', changed);
    count();
    return () => {
      editor.off('update', changed);
      window.clearTimeout(timer);
    };
  }, [editor]);
  return (
    <p className={styles.count}>
      {many(length.words, 'word')} · {many(length.characters, 'character')}
    </p>
  );
}
