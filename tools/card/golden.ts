import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CELLS } from './cells.ts';
import { renderCell } from './ours.ts';

/** Where the pictures of the test card are kept as they are to stay. */
export const GOLDEN_FOLDER = join(
  dirname(fileURLToPath(import.meta.resolve('#package/package.json'))),
  'test/render/golden',
);
/** Their hashes, in the form that `sha256sum --check` reads. */
export const HASHES_FILE = 'SHA256SUMS';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const fileOf = ({ name }: { readonly name: string }): string => `${name}.png`;

/** Writes all pictures anew and removes those that no cell is left of. */
export async function writeGoldens(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const sums: string[] = [];
  for (const cell of CELLS) {
    const bytes = await renderCell(cell);
    await writeFile(join(folder, fileOf(cell)), bytes);
    sums.push(`${sha256(bytes)}  ${fileOf(cell)}\n`);
  }
  const kept = new Set([HASHES_FILE, ...CELLS.map(fileOf)]);
  for (const file of await readdir(folder)) if (!kept.has(file)) await rm(join(folder, file));
  await writeFile(join(folder, HASHES_FILE), sums.join(''));
  return CELLS.length;
}
