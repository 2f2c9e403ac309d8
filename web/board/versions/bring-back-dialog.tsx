import { useState } from 'react';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useBoard } from '../board-context.ts';
import { bringBack, type PastState } from './bring-back.ts';

/** Asks before everybody's board is set back. */
export function BringBackDialog({
  state,
  onDone,
}: {
  /** `undefined`: it is closed. */
  readonly state: PastState | undefined;
  readonly onDone: () => void;
}) {
  const board = useBoard();
  // While the dialog fades out it still says what it was about.
  const [last, setLast] = useState(state);
  if (state !== undefined && state !== last) setLast(state);
  return (
    <ConfirmDialog
      open={state !== undefined}
      onOpenChange={(open) => open || onDone()}
      title={`Bring back “${last?.title ?? ''}”?`}
      description="Drawings, comments, the name and the picture become as they were then, for everybody on this board. Nothing is lost: it can be undone, and the state of now stays in the history."
      confirm="Bring back"
      onConfirm={() => state && void bringBack(board, state)}
    />
  );
}
