import { expect } from 'chai';
import { estimateJobBytes } from '../../render/job-memory.ts';
import type { RenderRequest } from '../../render/port.ts';
import { blockJpeg, turboJpeg } from './jpeg-fixture.ts';
import { makePng, PNG_MAGIC, pngHeader } from './png-fixture.ts';
import { problemCode } from './problem-code.ts';

const request = (overrides: Partial<RenderRequest> = {}): RenderRequest => ({
  scene: { width: 1000, height: 1000, annotations: [] },
  format: 'png',
  scale: 1,
  background: 'white',
  includeComments: false,
  ...overrides,
});

const side = 64;
const plain = { width: side, height: side, depth: 8, color: 2, sample: () => [0, 0, 0] } as const;
const perPixel = (image: Uint8Array, scale = 1): number =>
  (estimateJobBytes(request({ image, scale })) - image.byteLength) / (side * side);

describe('render/job-memory', () => {
  it('counts the page and what it is encoded from', () => {
    expect(estimateJobBytes(request())).to.equal(8e6);
    expect(estimateJobBytes(request({ scale: 2 }))).to.equal(32e6);
  });

  it('counts what an image takes while it is decoded, by its kind', async () => {
    const color = (): readonly number[] => [9, 9, 9];
    const jpeg = { width: side, height: side, color };
    const cmyk = blockJpeg({ columns: side / 8, rows: side / 8, levels: () => [1, 2, 3, 4] });
    expect(perPixel(makePng(plain))).to.equal(8 + 4 + 3);
    expect(perPixel(makePng({ ...plain, color: 6, depth: 16, sample: () => [1, 2, 3, 4] }))).to.equal(
      8 + 4 + 8,
    );
    expect(perPixel(await turboJpeg(jpeg))).to.equal(8 + 4 + 3);
    expect(perPixel(await turboJpeg({ ...jpeg, progressive: true }))).to.equal(8 + 4 + 3 * 3);
    expect(perPixel(cmyk)).to.equal(8 + 4 + 4 * 7);
  });

  it('refuses what is too large, in or out, by its header alone', () => {
    const header = Buffer.concat([PNG_MAGIC, pngHeader({ ...plain, width: 8000, height: 8000 })]);
    const small = Buffer.concat([PNG_MAGIC, pngHeader({ ...plain, width: 4000, height: 4000 })]);
    expect(problemCode(() => estimateJobBytes(request({ image: header })))).to.equal('image_too_large');
    expect(problemCode(() => estimateJobBytes(request({ image: small, scale: 3 })))).to.equal(
      'image_too_large',
    );
    expect(estimateJobBytes(request({ image: small }))).to.be.above(16e6 * 8);
  });
});
