import { textsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { useIdentity } from '../app/identity.ts';
import { toast } from '../ui/toast.tsx';

let isUnderWay = false;

/** A new text; its title is given where it is written. A second click makes no second one. */
export async function createText(open: (id: string) => void): Promise<void> {
  if (isUnderWay) return;
  isUnderWay = true;
  try {
    const { userId } = useIdentity.getState();
    const { id } = await textsApi.create({ title: 'Untitled text', crdt: 'yjs', owner_id: userId });
    open(id);
  } catch (error) {
    toast({ title: 'The text was not made', detail: errorText(error), tone: 'danger' });
  } finally {
    isUnderWay = false;
  }
}
