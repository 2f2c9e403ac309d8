import {
  addComment,
  type CommentPlace,
  deleteAnnotations,
  editComment,
  LOCAL_EDIT,
  reopenComment,
  replyToComment,
  resolveComment,
  restoreAnnotations,
} from '../../../client/index.ts';
import { useIdentity } from '../../app/identity.ts';
import { toast } from '../../ui/toast.tsx';
import type { Board } from '../board-context.ts';
import type { CommentDraft } from '../board-state.ts';
import { markEdited, signComment } from './comment-author.ts';

const me = () => {
  const { userId, name, color } = useIdentity.getState();
  return { id: userId, name, color };
};

/** Each is a step of its own for undo, however soon it follows on something else. */
function asOneStep<Result>({ doc, undo }: Board, act: () => Result): Result {
  undo.stopCapturing();
  try {
    return doc.transact(act, LOCAL_EDIT);
  } finally {
    undo.stopCapturing();
  }
}

/** Begins a thread. @returns its id @throws AnnotationError where its shape was deleted, or the text is not allowed */
export const beginThread = (board: Board, { x, y, annotationId }: CommentDraft, body: string): string =>
  asOneStep(board, () => {
    const place: CommentPlace = annotationId === undefined ? { x, y } : { annotationId };
    const id = addComment(board.doc, place, body);
    signComment(board.doc, id, me());
    return id;
  });

/** @throws AnnotationError where the thread was deleted meanwhile */
export const reply = (board: Board, threadId: string, body: string): string =>
  asOneStep(board, () => {
    const id = replyToComment(board.doc, threadId, body);
    signComment(board.doc, id, me());
    return id;
  });

export const edit = (board: Board, id: string, body: string): void =>
  asOneStep(board, () => {
    if (editComment(board.doc, id, body)) markEdited(board.doc, id);
  });

/** Resolves a thread and closes it; the toast opens it again. */
export function resolve(board: Board, threadId: string): void {
  asOneStep(board, () => resolveComment(board.doc, threadId));
  if (board.store.getState().thread === threadId) board.store.setState({ thread: undefined });
  toast({
    title: 'Comment resolved',
    tone: 'success',
    key: 'comment',
    action: { label: 'Reopen', run: () => reopen(board, threadId) },
  });
}

export const reopen = (board: Board, threadId: string): boolean =>
  asOneStep(board, () => reopenComment(board.doc, threadId));

/** Deletes a comment, of a thread's first one the thread; the toast brings it back. */
export function remove(board: Board, id: string): void {
  const gone = asOneStep(board, () => deleteAnnotations(board.doc, id));
  if (board.store.getState().thread === id) board.store.setState({ thread: undefined });
  toast({
    title: gone.length > 1 ? 'Comment deleted with its replies' : 'Comment deleted',
    key: 'comment',
    action: { label: 'Undo', run: () => asOneStep(board, () => restoreAnnotations(board.doc, gone)) },
  });
}
