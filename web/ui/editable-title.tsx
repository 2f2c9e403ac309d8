import { type KeyboardEvent, useRef, useState } from 'react';
import styles from './editable-title.module.css';

/** A title that is changed where it stands: Enter or leaving it takes the new one, Escape the old one. */
export function EditableTitle({
  title,
  label,
  most,
  onChange,
}: {
  readonly title: string;
  /** What it is the title of, such as `Name of the board`. */
  readonly label: string;
  /** Characters at most. */
  readonly most: number;
  readonly onChange: (title: string) => void;
}) {
  // While it is edited, what others name it meanwhile waits.
  const [draft, setDraft] = useState<string>();
  const isCancelled = useRef(false);
  const pressed = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    isCancelled.current = event.key === 'Escape';
    event.preventDefault();
    event.currentTarget.blur();
  };
  const left = (): void => {
    const next = draft?.trim() ?? '';
    if (!isCancelled.current && next !== '' && next !== title) onChange(next);
    isCancelled.current = false;
    setDraft(undefined);
  };
  const shown = draft ?? title;
  return (
    <span className={styles.box} data-text={shown}>
      <input
        className={styles.title}
        aria-label={label}
        value={shown}
        maxLength={most}
        size={1}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => {
          setDraft(title);
          event.currentTarget.select();
        }}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={pressed}
        onBlur={left}
      />
    </span>
  );
}
