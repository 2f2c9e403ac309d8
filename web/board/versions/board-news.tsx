import { useEffect, useState } from 'react';
import { useIdentity } from '../../app/identity.ts';
import { toast } from '../../ui/toast.tsx';
import { useBoard } from '../board-context.ts';
import { personOf, usePeople } from '../guests/people.ts';
import { bringBack, type PastState } from './bring-back.ts';
import { BringBackDialog } from './bring-back-dialog.tsx';

/**
 * Says who brought back what, wherever the user is on the board; the focus stays where it is. Whoever did it can undo it:
 * the state just before is brought back in its turn, after a question where somebody has gone on since.
 */
export function BoardNews() {
  const board = useBoard();
  const [asked, setAsked] = useState<PastState>();
  useEffect(
    () =>
      board.provider.on('reverted', ({ version, by, seq }) => {
        const title = version.tag ?? `the state of change ${version.seq}`;
        const before = { seq: seq - 1, title: `Before “${title}” was brought back` };
        const isMine = by === useIdentity.getState().userId;
        let isOvertaken = false;
        board.doc.once('update', () => {
          isOvertaken = true;
        });
        const undo = (): void => {
          if (isOvertaken) setAsked(before);
          else void bringBack(board, before);
        };
        const who = isMine ? 'You' : personOf(by, usePeople.getState().names).name;
        toast({
          title: `${who} brought back “${title}”`,
          key: 'revert',
          ...(isMine && { action: { label: 'Undo', run: undo } }),
        });
      }),
    [board],
  );
  return <BringBackDialog state={asked} onDone={() => setAsked(undefined)} />;
}
