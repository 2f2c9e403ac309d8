import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { errorText } from '../../app/error-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useTyping } from '../guests/use-typing.ts';
import styles from './comments.module.css';
import { draftText, keepDraft } from './draft-texts.ts';

const MOST_LETTERS = 10_000;
const TAP_MS = 80;

export interface ComposerProps {
  /** What the field is for, such as `Reply`. */
  readonly label: string;
  /** Where what is not sent is kept, should this be closed by accident. */
  readonly draftKey: string;
  /** What there is to be changed. Default: nothing, or what was kept. */
  readonly initial?: string;
  /** On the button; without a word it is an icon. */
  readonly submit?: string;
  readonly autoFocus?: boolean;
  /** The thread that others see this user typing in. */
  readonly thread?: string;
  /** @throws what {@link errorText} can say; the text stays then */
  readonly onSend: (text: string) => void;
  readonly onCancel?: (text: string) => void;
}

/** A field for a comment: Enter sends, Shift+Enter begins a line, Escape cancels. */
export function Composer({
  label,
  draftKey,
  initial = '',
  submit,
  autoFocus = false,
  thread,
  onSend,
  onCancel,
}: ComposerProps) {
  const [text, setText] = useState(() => draftText(draftKey) || initial);
  const [error, setError] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const errorId = useId();
  const typing = useTyping(thread);
  useEffect(() => {
    if (!autoFocus) return;
    const element = field.current;
    element?.focus({ preventScroll: true });
    element?.setSelectionRange(element.value.length, element.value.length);
    // The mouse events of a tap come after it, and take the focus to the board.
    const timer = setTimeout(() => {
      if (document.activeElement?.closest('[role="application"]')) element?.focus({ preventScroll: true });
    }, TAP_MS);
    return () => clearTimeout(timer);
  }, [autoFocus]);

  const write = (next: string): void => {
    setText(next);
    setError(undefined);
    keepDraft(draftKey, next === initial ? '' : next);
    typing(next !== '');
  };
  const send = (): void => {
    const said = text.trim();
    if (said === '') return;
    try {
      onSend(said);
      write('');
    } catch (reason) {
      setError(errorText(reason));
    }
  };
  const cancel = (): void => {
    write('');
    onCancel?.(text.trim() === initial.trim() ? '' : text);
  };
  const pressed = (event: KeyboardEvent): void => {
    // While an input method composes, Enter and Escape are its own.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && onCancel !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        className={styles.field}
        rows={1}
        value={text}
        maxLength={MOST_LETTERS}
        placeholder={label}
        aria-label={label}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        onChange={(event) => write(event.target.value)}
        onKeyDown={pressed}
        onBlur={() => typing(false)}
      />
      {submit === undefined ? (
        <IconButton
          label="Send"
          shortcut="Enter"
          type="submit"
          variant="primary"
          className={styles.send ?? ''}
          disabled={text.trim() === ''}
        >
          <SendHorizontal size={16} />
        </IconButton>
      ) : (
        <div className={styles.composerEnd}>
          <Button onClick={cancel}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={text.trim() === ''}>
            {submit}
          </Button>
        </div>
      )}
      {error !== undefined && (
        <p id={errorId} role="alert" className={styles.problem}>
          {error}
        </p>
      )}
    </form>
  );
}
