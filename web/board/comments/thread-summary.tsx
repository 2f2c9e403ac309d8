import { Check, MessageCircle, RotateCcw, Unlink } from 'lucide-react';
import { memo } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useBoard } from '../board-context.ts';
import { usePeople } from '../guests/people.ts';
import { authorOf, useComments } from './board-comments.ts';
import { reopen, resolve } from './comment-actions.ts';
import type { Thread } from './comment-index.ts';
import styles from './comments-panel.module.css';
import { latestIn } from './thread-list.ts';

/** A thread in the list: who began it and with what, how much was answered. */
export const ThreadSummary = memo(function ThreadSummary({
  thread,
  isOpen,
  isUnread,
  onShow,
}: {
  readonly thread: Thread;
  readonly isOpen: boolean;
  readonly isUnread: boolean;
  readonly onShow: (thread: Thread) => void;
}) {
  const board = useBoard();
  const facts = useComments((state) => state.facts);
  const names = usePeople((state) => state.names);
  const { id, first, replies, orphaned, isResolved } = thread;
  const author = authorOf(first, facts, names);
  const latest = latestIn(thread, facts);
  return (
    <article
      className={classNames(styles.thread, isOpen && styles.current)}
      aria-label={`Thread by ${author.name}`}
    >
      <Avatar {...author} />
      <div className={styles.words}>
        <div className={styles.by}>
          <strong>{author.name}</strong>
          {latest !== undefined && (
            <span className={styles.muted}>
              <TimeAgo at={latest} />
            </span>
          )}
          {isUnread && <span className={styles.dot} role="img" aria-label="unread" />}
        </div>
        <button
          type="button"
          className={styles.show}
          aria-current={isOpen || undefined}
          onClick={() => onShow(thread)}
        >
          {first.body}
        </button>
        {(replies.length > 0 || orphaned || isResolved) && (
          <div className={styles.marks}>
            {replies.length > 0 && (
              <span>
                <MessageCircle size={13} aria-hidden />
                {replies.length === 1 ? '1 reply' : `${replies.length} replies`}
              </span>
            )}
            {isResolved && (
              <span>
                <Check size={13} aria-hidden />
                Resolved
              </span>
            )}
            {orphaned && (
              <span>
                <Unlink size={13} aria-hidden />
                Shape deleted
              </span>
            )}
          </div>
        )}
      </div>
      <div className={styles.act}>
        {isResolved ? (
          <IconButton label="Reopen" tooltipSide="left" onClick={() => reopen(board, id)}>
            <RotateCcw size={16} />
          </IconButton>
        ) : (
          <IconButton label="Resolve" tooltipSide="left" onClick={() => resolve(board, id)}>
            <Check size={16} />
          </IconButton>
        )}
      </div>
    </article>
  );
});
