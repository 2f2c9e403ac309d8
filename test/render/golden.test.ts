import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CELLS } from '../../tools/card/cells.ts';
import { fileOf, GOLDEN_FOLDER, HASHES_FILE, sha256 } from '../../tools/card/golden.ts';
import { renderCell } from '../../tools/card/ours.ts';

/** File name → hash. */
async function readHashes(): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(join(GOLDEN_FOLDER, HASHES_FILE), 'utf8')).trim().split('\n');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

describe('render: the test card stays as it is', () => {
  it('[IMG-4] gives each cell the bytes it had, whatever Node draws it', async function () {
    this.timeout(120_000);
    const hashes = await readHashes();
    const changed: string[] = [];
    let folder: string | undefined;
    for (const cell of CELLS) {
      const file = fileOf(cell);
      const bytes = await renderCell(cell);
      if (sha256(bytes) === hashes.get(file)) continue;
      folder ??= await mkdtemp(join(tmpdir(), 'troupe-golden-'));
      await writeFile(join(folder, file), bytes);
      changed.push(join(folder, file));
    }
    // Where they are meant to look different: `make golden`.
    expect(changed, 'pictures that differ from test/render/golden, as they are now').to.deep.equal([]);
  });

  it('keeps one picture for each cell, of the hash that is written down', async () => {
    const hashes = await readHashes();
    const files = (await readdir(GOLDEN_FOLDER)).filter((file) => file !== HASHES_FILE);
    expect(files.toSorted()).to.deep.equal(CELLS.map(fileOf).toSorted());
    for (const file of files) {
      expect(sha256(await readFile(join(GOLDEN_FOLDER, file))), file).to.equal(hashes.get(file));
    }
  });
});
