import { roomsApi, textsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { toast } from '../ui/toast.tsx';
import type { DocumentCard } from './document-card.ts';
import { putCard } from './documents-store.ts';
import { canvasesOfMine } from './moderator.ts';

/** Shown at once; taken back where the server refuses. */
export async function renameDocument(card: DocumentCard, name: string): Promise<void> {
  putCard(card.id, { name });
  try {
    if (card.kind === 'board') await roomsApi.update(card.id, { name });
    else if (card.kind === 'text') await textsApi.update(card.id, { title: name });
    else await (await canvasesOfMine()).update(card.id, { name });
  } catch (error) {
    putCard(card.id, { name: card.name });
    toast({ title: `“${card.name}” was not renamed`, detail: errorText(error), tone: 'danger' });
  }
}
