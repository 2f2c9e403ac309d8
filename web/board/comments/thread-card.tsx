import { Check, ChevronLeft, ChevronRight, RotateCcw, Unlink, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { useBoard } from '../board-context.ts';
import { useTypists } from '../guests/use-guests.ts';
import { commentsOf, useComments } from './board-comments.ts';
import { Card } from './card.tsx';
import { reopen, reply, resolve } from './comment-actions.ts';
import type { Thread } from './comment-index.ts';
import styles from './comments.module.css';
import { Composer } from './composer.tsx';
import { Message } from './message.tsx';
import { HEAP_STEP } from './place-pins.ts';
import { messagesOf } from './thread-list.ts';

/** The thread that is open: everything that was said, and a field for an answer. */
export function ThreadCard({
  thread,
  rank,
  onStep,
}: {
  readonly thread: Thread;
  /** Of its pin, see {@link heapedPins}. */
  readonly rank: number;
  /** To the next one or the one before. */
  readonly onStep: (step: 1 | -1) => void;
}) {
  const board = useBoard();
  const facts = useComments((state) => state.facts);
  const typists = useTypists(thread.id);
  const messages = messagesOf(thread, facts);
  const list = useRef<HTMLOListElement>(null);
  const close = (): void => board.store.setState({ thread: undefined });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `facts` tell later when a comment was written
  useEffect(() => {
    if (document.visibilityState === 'visible') commentsOf(board).markRead(thread);
  }, [board, thread, facts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message that is added is to be seen
  useEffect(() => {
    const element = list.current;
    element?.scrollTo({ top: element.scrollHeight });
  }, [messages.length, thread.id]);

  return (
    <Card
      at={thread.position}
      shift={rank * HEAP_STEP}
      label="Comment thread"
      onClose={close}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'n' || event.target instanceof HTMLTextAreaElement) return;
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onStep(event.shiftKey ? -1 : 1);
      }}
    >
      <div className={styles.cardHead}>
        <IconButton label="Comment before" shortcut="Shift N" onClick={() => onStep(-1)}>
          <ChevronLeft size={18} />
        </IconButton>
        <IconButton label="Next comment" shortcut="N" onClick={() => onStep(1)}>
          <ChevronRight size={18} />
        </IconButton>
        <span className={styles.grow} />
        {thread.isResolved ? (
          <IconButton label="Reopen" onClick={() => reopen(board, thread.id)}>
            <RotateCcw size={18} />
          </IconButton>
        ) : (
          <IconButton label="Resolve" onClick={() => resolve(board, thread.id)}>
            <Check size={18} />
          </IconButton>
        )}
        <IconButton label="Close" shortcut="Esc" onClick={close}>
          <X size={18} />
        </IconButton>
      </div>
      {(thread.orphaned || thread.isResolved) && (
        <p className={styles.note}>
          {thread.orphaned ? <Unlink size={14} aria-hidden /> : <Check size={14} aria-hidden />}
          {thread.orphaned ? 'What this was about has been deleted.' : 'Resolved'}
        </p>
      )}
      <ol ref={list} className={styles.messages}>
        {messages.map((comment) => (
          <Message key={comment.id} comment={comment} />
        ))}
      </ol>
      <p className={styles.typing} aria-live="polite">
        {typists.length > 0 && `${typists.join(', ')} ${typists.length === 1 ? 'is' : 'are'} typing…`}
      </p>
      <div className={styles.cardFoot}>
        <Composer
          key={thread.id}
          label="Reply"
          draftKey={`${board.room.id} reply ${thread.id}`}
          thread={thread.id}
          onSend={(text) => reply(board, thread.id, text)}
        />
      </div>
    </Card>
  );
}
