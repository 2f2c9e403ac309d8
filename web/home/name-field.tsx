import { useRef, useState } from 'react';
import styles from './document-tile.module.css';

const MOST_LETTERS = 256;

/** A name, being changed where it stands: Enter keeps, Escape gives up. @param onDone - `undefined`: nothing changed */
export function NameField({
  name,
  onDone,
}: {
  readonly name: string;
  readonly onDone: (name: string | undefined) => void;
}) {
  const [draft, setDraft] = useState(name);
  const isDone = useRef(false);
  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    const next = draft.trim();
    onDone(isKept && next !== '' && next !== name ? next : undefined);
  };
  return (
    <input
      ref={(input) => {
        if (input === null || input.dataset['hasFocus'] === 'true') return;
        input.dataset['hasFocus'] = 'true';
        input.focus();
        input.select();
      }}
      className={styles.nameField}
      aria-label={`Name of ${name}`}
      value={draft}
      maxLength={MOST_LETTERS}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') finish(event.key === 'Enter');
      }}
    />
  );
}
