/** What the server takes (openapi.yaml, `uploadRoomImage`). */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

export type ImageFormat = 'png' | 'jpeg';

/** What a file is by its first bytes, whatever it is called. `undefined`: neither PNG nor JPEG. */
export function formatOf(head: Uint8Array): ImageFormat | undefined {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  return begins(0xff, 0xd8, 0xff) ? 'jpeg' : undefined;
}

const MIB = 1024 * 1024;

/** Why an image of so many bytes is not taken, in words; `undefined` where it is. */
export const tooLarge = (bytes: number): string | undefined =>
  bytes <= MAX_IMAGE_BYTES
    ? undefined
    : `It has ${(bytes / MIB).toFixed(1)} MB, and an image may have at most ${MAX_IMAGE_BYTES / MIB} MB.`;

const MOST_LETTERS = 256;

/** What a board from a file is called: the file's name without its extension. */
export function boardNameOf(fileName: string): string {
  const name = fileName
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  // What is pasted has a name that says nothing.
  if (name === '' || /^image$/i.test(name)) return 'Pasted image';
  return [...name].slice(0, MOST_LETTERS).join('');
}
