import { Check } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { inkOn } from '../../app/person-color.ts';
import { initialsOf } from '../../ui/avatar.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { placedAt } from '../viewport-space.ts';
import type { Thread } from './comment-index.ts';
import styles from './comments.module.css';
import { HEAP_STEP } from './place-pins.ts';

const EXCERPT = 80;

/** The beginning of a comment, in one line. */
export function excerptOf(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT - 1).join('')}…` : line;
}

function labelOf(thread: Thread, name: string, isUnread: boolean): string {
  const { first, replies, orphaned, isResolved } = thread;
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return [
    `Comment by ${name}: ${excerptOf(first.body)}`,
    replies.length > 0 && count,
    isResolved && 'resolved',
    orphaned && 'its shape was deleted',
    isUnread && 'unread',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Where a thread stands on the board. */
export const Pin = memo(function Pin({
  thread,
  name,
  color,
  rank,
  isOpen,
  isUnread,
  onOpen,
}: {
  readonly thread: Thread;
  /** Of its author. */
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  /** How many others stand at the same place before it. */
  readonly rank: number;
  readonly isOpen: boolean;
  readonly isUnread: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { id, position, replies, orphaned, isResolved } = thread;
  return (
    <div className={styles.placed} style={{ ...placedAt(position), '--rank': rank } as CSSProperties}>
      <Tooltip label={`${name}: ${excerptOf(thread.first.body)}`} side="top">
        <button
          type="button"
          data-thread={id}
          className={classNames(
            styles.pin,
            isOpen && styles.open,
            isResolved && styles.resolved,
            orphaned && styles.orphaned,
          )}
          style={{ backgroundColor: color, color: inkOn(color), marginLeft: rank * HEAP_STEP }}
          aria-label={labelOf(thread, name, isUnread)}
          aria-expanded={isOpen}
          onClick={() => onOpen(id)}
        >
          {isResolved ? <Check size={15} strokeWidth={3} aria-hidden /> : initialsOf(name)}
          {replies.length > 0 && (
            <span className={styles.count} aria-hidden>
              {replies.length + 1}
            </span>
          )}
          {isUnread && <span className={styles.unread} aria-hidden />}
        </button>
      </Tooltip>
    </div>
  );
});
