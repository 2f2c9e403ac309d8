import { useSyncExternalStore } from 'react';
import { type Point, readAnnotation } from '../../../client/index.ts';
import { anchorPoint } from '../../../protocol/comment-anchor.ts';
import { toast } from '../../ui/toast.tsx';
import { useBoard } from '../board-context.ts';
import type { CommentDraft } from '../board-state.ts';
import { placedAt } from '../viewport-space.ts';
import { Card } from './card.tsx';
import { beginThread } from './comment-actions.ts';
import styles from './comments.module.css';
import { Composer } from './composer.tsx';
import { keepDraft } from './draft-texts.ts';

/** Where the comment that is being written will stand: on a shape, that is the shape's own place for comments. */
export function DraftPin({ draft }: { readonly draft: CommentDraft }) {
  return (
    <div className={styles.placed} style={placedAt(usePlace(draft))} aria-hidden>
      <div className={styles.draftPin} />
    </div>
  );
}

function usePlace({ x, y, annotationId }: CommentDraft): Point {
  const { annotations } = useBoard();
  const anchor = useSyncExternalStore(
    (listener) => (annotationId === undefined ? () => {} : annotations.subscribe(annotationId, listener)),
    () => (annotationId === undefined ? undefined : annotations.get(annotationId)),
  );
  return anchor === undefined ? { x, y } : anchorPoint(anchor.type, anchor.geometry);
}

/** A new comment is written here. Its text outlives the card, should that be closed by accident. */
export function DraftCard({
  draft,
  onSent,
}: {
  readonly draft: CommentDraft;
  readonly onSent: (id: string) => void;
}) {
  const board = useBoard();
  const place = usePlace(draft);
  const { annotationId } = draft;
  const key = `${board.room.id} new`;
  const close = (): void => {
    board.store.setState({ draft: undefined });
    document.querySelector<HTMLElement>('[role="application"]')?.focus({ preventScroll: true });
  };
  const send = (text: string): void => {
    // Somebody may have deleted the shape meanwhile: the comment is not lost, it stands where it was to stand.
    const isThere = annotationId !== undefined && readAnnotation(board.doc, annotationId) !== undefined;
    const { x, y } = draft;
    onSent(beginThread(board, isThere ? draft : { x, y }, text));
  };
  const cancel = (text: string): void => {
    close();
    if (text.trim() === '') return;
    toast({
      title: 'Comment thrown away',
      key: 'comment',
      action: {
        label: 'Bring back',
        run: () => {
          keepDraft(key, text);
          board.store.setState({ draft });
        },
      },
    });
  };
  return (
    <Card at={place} label="New comment" onClose={close}>
      <div className={styles.cardFoot}>
        <Composer
          label={annotationId === undefined ? 'Write a comment' : 'Write a comment on this shape'}
          draftKey={key}
          submit="Comment"
          autoFocus
          onSend={send}
          onCancel={cancel}
        />
      </div>
    </Card>
  );
}
