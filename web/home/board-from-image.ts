import { type Room, RoomsApi } from '../../client/rooms-api.ts';
import { roomsApi, SERVER_URL } from '../app/api.ts';
import { useIdentity } from '../app/identity.ts';
import { boardNameOf, formatOf, tooLarge } from './image-file.ts';
import { uploadingFetch } from './uploading-fetch.ts';

/** Bytes that tell PNG and JPEG apart. */
const HEAD = 8;
/** What the server takes (openapi.yaml). */
const MAX_PIXELS = 50_000_000;

export interface UploadOptions {
  /** From 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

/**
 * A new board that has an image.
 *
 * @throws Error in words for people where it is no image or too large; ApiError where the server refuses. There is no
 *   board then.
 */
export async function boardFromImage(file: File, { onProgress, signal }: UploadOptions): Promise<Room> {
  const image = await imageOf(file);
  signal.throwIfAborted();
  const room = await roomsApi.create({ name: boardNameOf(file.name) });
  try {
    const { userId } = useIdentity.getState();
    const uploading = new RoomsApi(SERVER_URL, { userId, fetch: uploadingFetch(onProgress, signal) });
    return await uploading.uploadImage(room.id, image);
  } catch (error) {
    // An empty board that nobody wanted would stay.
    await roomsApi.delete(room.id).catch(() => undefined);
    throw error;
  }
}

/** The file as the server takes it: PNG and JPEG as they are, what else a browser can show as PNG. */
async function imageOf(file: File): Promise<Blob> {
  const format = formatOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  const image = format === undefined ? await asPng(file) : new Blob([file], { type: `image/${format}` });
  const reason = tooLarge(image.size);
  if (reason !== undefined) throw new Error(reason);
  return image;
}

async function asPng(file: File): Promise<Blob> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => {
      throw new Error('It is not an image. PNG and JPEG are taken, and what else this browser can show.');
    });
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width === 0 || height === 0) throw new Error('The image does not say how large it is.');
    if (width * height > MAX_PIXELS) {
      throw new Error(`It has ${Math.round((width * height) / 1e6)} megapixels, and may have at most 50.`);
    }
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}
