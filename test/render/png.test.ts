import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { readImageHeader } from '../../render/image-header.ts';
import { decodePng } from '../../render/png-decode.ts';
import { portableDeflate } from '../../render/png-deflate.ts';
import { encodePng } from '../../render/png-encode.ts';
import { makePng, PNG_MAGIC, type PngRecipe, pngChunk, pngHeader } from './png-fixture.ts';
import { problemCode } from './problem-code.ts';
import { pixel } from './scene-fixture.ts';

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const KINDS: readonly (readonly [PngRecipe['color'], readonly number[]])[] = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
];

/** A pattern in which every sample differs from its neighbours. */
const patterned = (color: PngRecipe['color'], depth: number, interlaced: boolean): PngRecipe => ({
  width: 13,
  height: 11,
  depth,
  color,
  interlaced,
  filter: (row) => row % 5,
  sample: (x, y) =>
    Array.from(
      { length: CHANNELS[color] },
      (_, channel) => ((x * 7 + y * 13 + channel * 5) * 2657) % 2 ** depth,
    ),
  ...(color === 3 && { palette: Array.from({ length: 3 * 2 ** depth }, (_, i) => (i * 37) % 256) }),
});

/** What the standard says a pixel of such a picture looks like. */
function expectedPixel(recipe: PngRecipe, x: number, y: number): number[] {
  const samples = recipe.sample(x, y);
  const top = 2 ** recipe.depth - 1;
  const levels = samples.map((sample) => Math.round((sample * 255) / top));
  const [a = 0, b = 0, c = 0, d = 0] = levels;
  switch (recipe.color) {
    case 0:
      return [a, a, a, 255];
    case 2:
      return [a, b, c, 255];
    case 3:
      return [...(recipe.palette ?? []).slice((samples[0] ?? 0) * 3, (samples[0] ?? 0) * 3 + 3), 255];
    case 4:
      return [a, a, a, b];
    case 6:
      return [a, b, c, d];
  }
}

const plain = makePng({
  width: 40,
  height: 30,
  depth: 8,
  color: 6,
  sample: (x, y) => [x, y, x * y, 255 - x],
});

describe('render/png-decode', () => {
  for (const [color, depths] of KINDS) {
    for (const depth of depths) {
      for (const interlaced of [false, true]) {
        it(`decodes colour type ${color} of ${depth} bits${interlaced ? ', interlaced' : ''}, under every filter`, () => {
          const recipe = patterned(color, depth, interlaced);
          const pixels = decodePng(makePng(recipe));
          for (let y = 0; y < recipe.height; y++) {
            for (let x = 0; x < recipe.width; x++) {
              expect(pixel(pixels, x, y), `${x},${y}`).to.deep.equal(expectedPixel(recipe, x, y));
            }
          }
        });
      }
    }
  }

  it('makes the colour transparent that tRNS names', () => {
    const base = { width: 2, height: 1 };
    const gray = makePng({
      ...base,
      depth: 4,
      color: 0,
      transparency: [0, 5],
      sample: (x) => [x === 0 ? 5 : 6],
    });
    const rgb = makePng({
      ...base,
      depth: 8,
      color: 2,
      transparency: [0, 1, 0, 2, 0, 3],
      sample: (x) => [1, 2, 3 + x],
    });
    const deep = makePng({
      ...base,
      depth: 16,
      color: 2,
      transparency: [1, 1, 2, 2, 3, 3],
      sample: (x) => [0x0101, 0x0202, 0x0303 + x],
    });
    const palette = makePng({
      ...base,
      depth: 8,
      color: 3,
      palette: [9, 9, 9, 8, 8, 8],
      transparency: [0],
      sample: (x) => [x],
    });
    for (const bytes of [gray, rgb, deep, palette]) {
      const pixels = decodePng(bytes);
      expect([pixel(pixels, 0, 0)[3], pixel(pixels, 1, 0)[3]]).to.deep.equal([0, 255]);
    }
  });

  // The first two of the stored pixels 1 2 3 4 / 5 6 7 8, as the picture then begins (Exif 2.3).
  for (const [index, begin] of [
    [1, 2],
    [4, 3],
    [8, 7],
    [5, 6],
    [1, 5],
    [5, 1],
    [8, 4],
    [4, 8],
  ].entries()) {
    it(`turns a PNG with an eXIf chunk of orientation ${index + 1} upright, header and pixels`, () => {
      const sample = (x: number, y: number): readonly number[] => [y * 4 + x + 1];
      const stored = makePng({ width: 4, height: 2, depth: 8, color: 0, sample });
      const exif = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
      exif.writeUInt16BE(index + 1, 18);
      const headerEnd = 33;
      const turned = Buffer.concat([
        stored.subarray(0, headerEnd),
        pngChunk('eXIf', exif),
        stored.subarray(headerEnd),
      ]);
      const { width, height, data } = decodePng(turned);
      expect([width, height]).to.deep.equal(index < 4 ? [4, 2] : [2, 4]);
      expect([data[0], data[4]]).to.deep.equal(begin);
      expect(readImageHeader(turned)).to.include({ width, height });
      // Behind the pixels it comes too late, as for browsers.
      const late = Buffer.concat([stored.subarray(0, -12), pngChunk('eXIf', exif), stored.subarray(-12)]);
      expect(decodePng(late).width).to.equal(4);
    });
  }

  it('calls a PNG corrupt that is cut off anywhere', () => {
    for (let length = 4; length < plain.length; length++) {
      expect(
        problemCode(() => decodePng(plain.subarray(0, length))),
        `${length} bytes`,
      ).to.equal('image_corrupt');
    }
  });

  it('calls a PNG corrupt in which any one byte of a chunk is changed', () => {
    for (let at = 12; at < plain.length; at += 3) {
      const broken = Buffer.from(plain);
      broken[at] = (broken[at] ?? 0) ^ 0x55;
      const code = problemCode(() => decodePng(broken));
      expect(code === 'image_corrupt' || code === 'image_too_large', `byte ${at}: ${code}`).to.equal(true);
    }
  });

  it('calls a PNG corrupt with too few or too many pixels, or an unknown filter', () => {
    const recipe = { width: 4, height: 4, depth: 8, color: 2 } as const;
    const withRows = (rows: Uint8Array): Buffer =>
      Buffer.concat([
        PNG_MAGIC,
        pngHeader(recipe),
        pngChunk('IDAT', deflateSync(rows)),
        pngChunk('IEND', new Uint8Array()),
      ]);
    expect(decodePng(withRows(new Uint8Array(4 * 13))).width).to.equal(4);
    expect(problemCode(() => decodePng(withRows(new Uint8Array(4 * 13 - 1))))).to.equal('image_corrupt');
    expect(problemCode(() => decodePng(withRows(new Uint8Array(4 * 13 + 1))))).to.equal('image_corrupt');
    expect(problemCode(() => decodePng(withRows(new Uint8Array(4 * 13).fill(9))))).to.equal('image_corrupt');
  });

  it('calls a PNG corrupt without pixels, palette or end', () => {
    const header = pngHeader({ width: 1, height: 1, depth: 8, color: 3 });
    const pixels = pngChunk('IDAT', deflateSync(new Uint8Array(2)));
    const end = pngChunk('IEND', new Uint8Array());
    for (const chunks of [
      [header, end],
      [header, pixels, end],
      [header, pixels],
    ]) {
      expect(problemCode(() => decodePng(Buffer.concat([PNG_MAGIC, ...chunks])))).to.equal('image_corrupt');
    }
  });

  it('judges a bomb by its header, before it costs memory', () => {
    const bomb = (side: number): Buffer =>
      Buffer.concat([
        PNG_MAGIC,
        pngHeader({ width: side, height: side, depth: 8, color: 6 }),
        pngChunk('IDAT', deflateSync(new Uint8Array(1 << 20))),
        pngChunk('IEND', new Uint8Array()),
      ]);
    const before = process.memoryUsage().arrayBuffers;
    expect(problemCode(() => decodePng(bomb(100_000)))).to.equal('image_too_large');
    // Under the limit of pixels, but a kilobyte cannot hold them.
    expect(problemCode(() => decodePng(bomb(7_000)))).to.equal('image_corrupt');
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(50e6);
  });
});

describe('render/png-encode', () => {
  it('gives back the same pixels, opaque or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat(255)),
        (width, height, opaque, bytes) => {
          const data = Uint8Array.from({ length: width * height * 4 }, () => bytes.next().value as number);
          if (opaque) for (let i = 3; i < data.length; i += 4) data[i] = 255;
          expect(decodePng(encodePng({ width, height, data }))).to.deep.equal({ width, height, data });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives back smooth pictures, which are filtered', () => {
    const [width, height] = [64, 64];
    const data = new Uint8Array(width * height * 4);
    for (let i = 0; i < data.length; i++)
      data[i] = i % 4 === 3 ? 255 : ((i >> 2) % width) + ((i >> 2) / width) * 2;
    expect(decodePng(encodePng({ width, height, data })).data).to.deep.equal(data);
  });

  it('packs the same pixels by other means in portable mode', () => {
    const data = Uint8Array.from({ length: 40 * 30 * 4 }, (_, i) => (i * i) >> 3);
    const picture = { width: 40, height: 30, data };
    const portable = encodePng(picture, 96, portableDeflate);
    expect(Buffer.compare(decodePng(portable).data, data)).to.equal(0);
    expect(Buffer.compare(portable, encodePng(picture, 96, portableDeflate))).to.equal(0);
    expect(Buffer.compare(portable, encodePng(picture, 96))).to.not.equal(0);
  });

  it('stores opaque pictures without alpha', () => {
    const colorType = (alpha: number): number | undefined =>
      encodePng({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, alpha) })[25];
    expect([colorType(255), colorType(254)]).to.deep.equal([2, 6]);
  });

  it('writes the density in pixels per metre', () => {
    const bytes = Buffer.from(encodePng({ width: 1, height: 1, data: new Uint8Array(4) }, 144));
    const at = bytes.indexOf('pHYs') + 4;
    expect([bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4), bytes[at + 8]]).to.deep.equal([
      5669, 5669, 1,
    ]);
  });
});
