import { useEffect, useState } from 'react';
import { roomsApi } from '../../app/api.ts';
import { errorText } from '../../app/error-text.ts';
import { toast } from '../../ui/toast.tsx';
import { useBoard } from '../board-context.ts';

export interface BaseImage {
  readonly image: HTMLImageElement;
  readonly width: number;
  readonly height: number;
}

async function loaded(url: string): Promise<HTMLImageElement> {
  // Asked for again where it changed: an <img> alone would show what it had under the same address.
  const response = await fetch(url, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const address = URL.createObjectURL(await response.blob());
  try {
    const image = new Image();
    image.src = address;
    // Decoded beside the page: the first frame that shows it does not wait for that.
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The picture below the annotations, as it is now; keeps the size of the page in the store. */
export function useBaseImage(): BaseImage | undefined {
  const { room, provider, store } = useBoard();
  const [base, setBase] = useState<BaseImage>();
  useEffect(() => {
    let asked = 0;
    const look = async (isFirst: boolean): Promise<void> => {
      asked += 1;
      const turn = asked;
      const now = isFirst ? room : await roomsApi.get(room.id);
      const image = now.hasImage ? await loaded(roomsApi.imageUrl(room.id)) : undefined;
      if (turn !== asked) return;
      const size =
        image === undefined
          ? { width: now.width ?? 1280, height: now.height ?? 720 }
          : { width: image.naturalWidth, height: image.naturalHeight };
      setBase(image && { image, ...size });
      store.setState({ hasPicture: image !== undefined });
      const { page } = store.getState();
      if (page?.width !== size.width || page.height !== size.height) store.setState({ page: size });
    };
    const tryTo = (isFirst: boolean): void => {
      look(isFirst).catch((error: unknown) =>
        toast({
          key: 'base-image',
          tone: 'warning',
          title: 'The picture could not be loaded',
          detail: errorText(error),
          action: { label: 'Try again', run: () => tryTo(false) },
        }),
      );
    };
    tryTo(true);
    const stop = provider.on('room', () => tryTo(false));
    return () => {
      asked += 1;
      stop();
    };
  }, [room, provider, store]);
  return base;
}
