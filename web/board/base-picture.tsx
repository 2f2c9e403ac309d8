import { useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { roomsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast.tsx';
import { useBoard } from './board-context.ts';
import styles from './board-page.module.css';

const TYPES = ['image/png', 'image/jpeg'];
/** What a file field takes. */
export const PICTURE_TYPES = TYPES.join(',');

/** A picture that is to lie below the annotations, until it is clear whether it may. */
const useAsked = create<{ readonly roomId?: string; readonly file?: File }>(() => ({}));

/** The first picture among files that were pasted, dropped or chosen. */
export const pictureIn = (files: Iterable<File>): File | undefined =>
  [...files].find(({ type }) => TYPES.includes(type));

/** Puts a picture below the annotations; asks first where there is one. */
export async function offerPicture(roomId: string, file: File): Promise<void> {
  try {
    const { hasImage } = await roomsApi.get(roomId);
    if (hasImage) useAsked.setState({ roomId, file });
    else await putPicture(roomId, file);
  } catch (error) {
    toast({ tone: 'danger', title: 'The picture was not taken', detail: errorText(error) });
  }
}

async function putPicture(roomId: string, file: File): Promise<void> {
  await roomsApi.uploadImage(roomId, file);
  toast({ tone: 'success', title: 'The board has a new picture' });
}

/** Takes pictures that are dropped on the board, and asks before one takes the place of another. */
export function BasePicture() {
  const { room, store } = useBoard();
  const { roomId, file } = useAsked();
  const [isOver, setIsOver] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const dragged = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files') || store.getState().moment !== undefined) return;
      event.preventDefault();
      setIsOver(event.type === 'dragover');
    };
    const dropped = (event: DragEvent): void => {
      if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      setIsOver(false);
      const picture = pictureIn(event.dataTransfer.files);
      if (picture !== undefined) void offerPicture(room.id, picture);
      else toast({ tone: 'warning', title: 'Only PNG and JPEG pictures can be put on a board' });
    };
    const area = place.current?.parentElement;
    const stop = new AbortController();
    const options = { signal: stop.signal };
    area?.addEventListener('dragover', dragged, options);
    area?.addEventListener('dragleave', dragged, options);
    area?.addEventListener('drop', dropped, options);
    return () => stop.abort();
  }, [room, store]);
  return (
    <>
      <span ref={place} hidden />
      {isOver && <div className={styles.drop}>Drop a picture to annotate it</div>}
      <ConfirmDialog
        open={file !== undefined && roomId === room.id}
        onOpenChange={(open) => open || useAsked.setState({}, true)}
        title="Replace the picture?"
        description="Everybody sees the new picture below the annotations, which stay where they are."
        confirm="Replace"
        onConfirm={() => {
          if (file === undefined) return;
          putPicture(room.id, file).catch((error: unknown) =>
            toast({ tone: 'danger', title: 'The picture was not taken', detail: errorText(error) }),
          );
        }}
      />
    </>
  );
}
