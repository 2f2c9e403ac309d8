import type { Point } from '../../../client/index.ts';
import { readableKeys } from '../../ui/hotkeys.tsx';
import { toast } from '../../ui/toast.tsx';
import { offerPicture, pictureIn } from '../base-picture.tsx';
import { inOrder, pasteText } from '../board-clipboard.ts';
import type { Board } from '../board-context.ts';
import { clipboardText } from '../clipboard-format.ts';
import { deleteSelected } from '../commands.ts';

/** Copies what is selected. @returns whether the browser let us */
export async function copySelected(board: Board): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(clipboardText(board.annotations.some(inOrder(board))));
    return true;
  } catch {
    refused('copy', 'mod+c');
    return false;
  }
}

/** Nothing goes that was not copied. */
export async function cutSelected(board: Board): Promise<void> {
  const { selection } = board.store.getState();
  if (!(await copySelected(board))) return;
  if (board.store.getState().selection === selection) deleteSelected(board);
}

/** Pastes annotations, words or a picture; what has a place goes there. */
export async function pasteAt(board: Board, place: Point): Promise<void> {
  try {
    for (const item of await navigator.clipboard.read()) {
      const types = item.types.filter((type) => type === 'text/plain' || type.startsWith('image/'));
      for (const type of types) {
        const content = await item.getType(type);
        const picture = pictureIn([new File([content], 'picture', { type })]);
        if (picture !== undefined) return void offerPicture(board.room.id, picture);
        const text = type === 'text/plain' ? await content.text() : '';
        if (text !== '') return pasteText(board, text, 0, place);
      }
    }
    toast({ title: 'There is nothing to be pasted', key: 'clipboard' });
  } catch {
    refused('paste', 'mod+v');
  }
}

/** Without a secure origin, or without the user's leave, only the keys work. */
function refused(what: string, keys: string): void {
  toast({
    tone: 'warning',
    title: `The browser does not let a menu ${what} here`,
    detail: `${readableKeys(keys)} does it.`,
    key: 'clipboard',
  });
}
