import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DemoFailure } from './demo-failure.ts';

/** A picture file as the API takes it. */
export interface Picture {
  readonly path: string;
  readonly format: 'PNG' | 'JPEG';
  readonly bytes: number;
  readonly dataUrl: string;
}

/** A screenshot that our own tools/make-sample-picture.ts draws. */
const SAMPLE = fileURLToPath(import.meta.resolve('#package/docs/images/sample.png'));

const PNG_SIGNATURE = '89504e470d0a1a0a';
const JPEG_SIGNATURE = 'ffd8ff';

/** @throws DemoFailure where the file cannot be read or is neither PNG nor JPEG */
export async function readPicture(path: string = SAMPLE): Promise<Picture> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new DemoFailure(`the picture cannot be read: ${error instanceof Error ? error.message : path}`);
  });
  const signature = bytes.subarray(0, 8).toString('hex');
  const format =
    signature === PNG_SIGNATURE ? 'PNG' : signature.startsWith(JPEG_SIGNATURE) ? 'JPEG' : undefined;
  if (format === undefined) throw new DemoFailure(`the picture is neither a PNG nor a JPEG: ${path}`);
  const dataUrl = `data:image/${format.toLowerCase()};base64,${bytes.toString('base64')}`;
  return { path, format, bytes: bytes.length, dataUrl };
}
