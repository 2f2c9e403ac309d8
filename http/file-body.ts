import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Problem } from '../protocol/problem.ts';
import type { StreamBody } from './typed-handlers.ts';

export interface OpenFile extends StreamBody {
  /** Changes whenever the file does. */
  readonly tag: string;
}

/**
 * Opens a file for sending; the stream closes it, at its end or where it is destroyed. Throws `not_found` where there is
 * no plain file by that name. Never follows a symbolic link.
 */
export async function openFile(path: string): Promise<OpenFile> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw new Problem('not_found', 'The file is not there.', { cause: error });
  });
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    throw new Problem('not_found', 'The file is not there.');
  }
  return {
    stream: file.createReadStream(),
    bytes: stat.size,
    tag: `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs).toString(36)}"`,
  };
}
