import { create } from 'zustand';
import { errorText } from '../app/error-text.ts';
import { toast } from '../ui/toast.tsx';
import { boardFromImage } from './board-from-image.ts';
import { refreshDocuments } from './documents-store.ts';

export interface Upload {
  readonly id: number;
  readonly name: string;
  /** From 0 to 1. */
  readonly part: number;
  readonly cancel: () => void;
}

export const useUploads = create<{ readonly uploads: readonly Upload[] }>(() => ({ uploads: [] }));

/** More at once is a mistake rather than a wish. */
const MOST_FILES = 20;
let lastId = 0;

/**
 * A board from each file.
 *
 * @param open - is given the board where there is one only
 */
export async function uploadImages(files: readonly File[], open: (roomId: string) => void): Promise<void> {
  if (files.length > MOST_FILES) {
    const title = `These are ${files.length} files. At most ${MOST_FILES} become boards at once.`;
    toast({ title, tone: 'warning' });
    return;
  }
  const rooms: string[] = [];
  for (const file of files) {
    const id = await upload(file);
    if (id !== undefined) rooms.push(id);
  }
  const [only] = rooms;
  if (files.length === 1 && only !== undefined) open(only);
  else if (rooms.length > 0) {
    toast({ title: `${rooms.length} boards were made`, tone: 'success' });
    await refreshDocuments(true);
  }
}

async function upload(file: File): Promise<string | undefined> {
  lastId += 1;
  const id = lastId;
  const abort = new AbortController();
  const show = (part: number): void =>
    useUploads.setState(({ uploads }) => ({
      uploads: uploads.map((each) => (each.id === id ? { ...each, part } : each)),
    }));
  const begun: Upload = { id, name: file.name || 'image', part: 0, cancel: () => abort.abort() };
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, begun] }));
  try {
    return (await boardFromImage(file, { onProgress: show, signal: abort.signal })).id;
  } catch (error) {
    if (!abort.signal.aborted) {
      const title = `“${begun.name}” did not become a board`;
      toast({ title, detail: errorText(error), tone: 'danger', duration: 12_000 });
    }
    return undefined;
  } finally {
    useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((each) => each.id !== id) }));
  }
}
