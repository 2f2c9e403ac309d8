import { RoomsApi } from '../../client/rooms-api.ts';
import { roomsApi, SERVER_URL, textsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { useIdentity } from '../app/identity.ts';
import { toast } from '../ui/toast.tsx';
import type { DocumentCard } from './document-card.ts';
import { dropCard, hideCard, putCard, refreshDocuments } from './documents-store.ts';
import { canvasesOfMine } from './moderator.ts';

/** As long as the toast with `Undo` is there. */
const UNDO_MS = 6_000;

/** Boards that are hidden and will be deleted: nothing brings a deleted one back, so that undo must come before. */
const waiting = new Map<string, number>();

const failed = (title: string, error: unknown): void =>
  toast({ title, detail: errorText(error), tone: 'danger' });

/** Deletes a board or a text, and says so with a way back. */
export async function deleteDocument(card: DocumentCard): Promise<void> {
  hideCard(card.id, true);
  if (card.kind === 'board') {
    const timer = window.setTimeout(() => void deleteBoard(card), UNDO_MS);
    waiting.set(card.id, timer);
    tellDone(card, 'was deleted', async () => {
      if (!waiting.delete(card.id)) return;
      window.clearTimeout(timer);
      hideCard(card.id, false);
    });
    return;
  }
  try {
    await textsApi.delete(card.id);
  } catch (error) {
    hideCard(card.id, false);
    failed(`“${card.name}” was not deleted`, error);
    return;
  }
  tellDone(card, 'was deleted', async () => {
    await textsApi.update(card.id, { deleted: false });
    await refreshDocuments();
    hideCard(card.id, false);
  });
}

/** Ends painting on a canvas, or lets it go on; canvases cannot be deleted. For moderators. */
export async function archiveCanvas(card: DocumentCard, isArchived: boolean): Promise<void> {
  const set = async (archived: boolean): Promise<void> => {
    await (await canvasesOfMine()).update(card.id, { status: archived ? 'archived' : 'active' });
    putCard(card.id, { isArchived: archived });
  };
  try {
    await set(isArchived);
  } catch (error) {
    failed(`“${card.name}” was not changed`, error);
    return;
  }
  tellDone(card, isArchived ? 'is archived: nobody can paint on it now' : 'can be painted on again', () =>
    set(!isArchived),
  );
}

function tellDone(card: DocumentCard, what: string, undo: () => Promise<void>): void {
  toast({
    title: `“${card.name}” ${what}`,
    key: `done-${card.id}`,
    duration: UNDO_MS,
    action: {
      label: 'Undo',
      run: () => void undo().catch((error: unknown) => failed('It was not undone', error)),
    },
  });
}

async function deleteBoard(card: DocumentCard): Promise<void> {
  waiting.delete(card.id);
  try {
    await roomsApi.delete(card.id);
    dropCard(card.id);
  } catch (error) {
    failed(`“${card.name}” was not deleted`, error);
  }
  hideCard(card.id, false);
}

/** Whoever goes away has not undone it. */
window.addEventListener('pagehide', () => {
  const { userId } = useIdentity.getState();
  const lasting = new RoomsApi(SERVER_URL, {
    userId,
    fetch: (url, init) => fetch(url, { ...init, keepalive: true }),
  });
  for (const [id, timer] of waiting) {
    window.clearTimeout(timer);
    void lasting.delete(id).catch(() => undefined);
  }
  waiting.clear();
});
