import { useEffect, useRef, useState } from 'react';
import styles from './text-page.module.css';

const MOST_LETTERS = 256;

/** The title, to be changed where it stands: Enter keeps, Escape gives up. */
export function TextTitle({
  title,
  onRename,
}: {
  readonly title: string;
  readonly onRename: (title: string) => void;
}) {
  const [draft, setDraft] = useState(title);
  const input = useRef<HTMLInputElement>(null);
  const givesUp = useRef(false);
  useEffect(() => {
    // What somebody else called it meanwhile does not take the words out of one's mouth.
    if (document.activeElement !== input.current) setDraft(title);
  }, [title]);
  const commit = (): void => {
    const next = draft.trim();
    if (givesUp.current || next === '' || next === title) setDraft(title);
    else onRename(next);
    givesUp.current = false;
  };
  return (
    <input
      ref={input}
      className={styles.title}
      aria-label="Title"
      value={draft}
      maxLength={MOST_LETTERS}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        givesUp.current = event.key === 'Escape';
        event.currentTarget.blur();
      }}
    />
  );
}
