import { expect } from 'chai';
import { decodeJpeg } from '../../render/jpeg-decode.ts';
import { encodeJpeg } from '../../render/jpeg-encode.ts';
import type { Pixels } from '../../render/pixels.ts';
import { flatJpeg, QUARTERS, quarteredJpeg, turboJpeg, withOrientation } from './jpeg-fixture.ts';
import { rejectedCode } from './problem-code.ts';
import { pixel, type Rgba } from './scene-fixture.ts';

const isNear = (actual: Rgba, expected: readonly number[], tolerance: number): boolean =>
  expected.every((value, index) => Math.abs(value - (actual[index] ?? 0)) <= tolerance);

/** Index in QUARTERS of the colour of each corner: top left, top right, bottom left, bottom right. */
function corners(pixels: Pixels): number[] {
  const { width, height } = pixels;
  const spots = [
    [4, 4],
    [width - 5, 4],
    [4, height - 5],
    [width - 5, height - 5],
  ] as const;
  return spots.map(([x, y]) => QUARTERS.findIndex((color) => isNear(pixel(pixels, x, y), color, 12)));
}

const encodeWith = (progressive: boolean): Promise<Uint8Array> =>
  turboJpeg({ width: 40, height: 24, color: (x) => [200, x * 5, 40], progressive });

describe('render/jpeg', () => {
  it('gives back what it has encoded, nearly', async () => {
    const pixels = await decodeJpeg(await quarteredJpeg());
    expect([pixels.width, pixels.height]).to.deep.equal([48, 32]);
    expect(corners(pixels)).to.deep.equal([0, 1, 2, 3]);
    expect(pixel(pixels, 0, 0)[3]).to.equal(255);
  });

  it('keeps colour at full resolution, so that red text stays sharp', async () => {
    const [width, height] = [16, 16];
    const data = new Uint8Array(width * height * 4).fill(255);
    for (let y = 0; y < height; y++) data.set([255, 0, 0, 255], (y * width + 7) * 4);
    const pixels = await decodeJpeg(await encodeJpeg({ width, height, data }));
    expect(isNear(pixel(pixels, 7, 8), [255, 0, 0], 40)).to.equal(true);
    expect(isNear(pixel(pixels, 9, 8), [255, 255, 255], 40)).to.equal(true);
  });

  // Which stored quarter stands in which corner of the upright picture (Exif 2.3).
  const upright: readonly (readonly number[])[] = [
    [0, 1, 2, 3],
    [1, 0, 3, 2],
    [3, 2, 1, 0],
    [2, 3, 0, 1],
    [0, 2, 1, 3],
    [2, 0, 3, 1],
    [3, 1, 2, 0],
    [1, 3, 0, 2],
  ];
  upright.forEach((expected, index) => {
    it(`turns a picture of EXIF orientation ${index + 1} upright`, async () => {
      const pixels = await decodeJpeg(withOrientation(await quarteredJpeg(), index + 1));
      expect([pixels.width, pixels.height]).to.deep.equal(index < 4 ? [48, 32] : [32, 48]);
      expect(corners(pixels)).to.deep.equal(expected);
    });
  });

  it('decodes grey', async () => {
    expect(pixel(await decodeJpeg(flatJpeg([77])), 3, 3)).to.deep.equal([77, 77, 77, 255]);
  });

  it('decodes CMYK as Adobe stores it, inverted', async () => {
    const pixels = await decodeJpeg(flatJpeg([255, 10, 20, 255], 0));
    expect(isNear(pixel(pixels, 4, 4), [255, 10, 20, 255], 6), String(pixel(pixels, 4, 4))).to.equal(true);
  });

  it('decodes progressive like baseline', async () => {
    const progressive = await encodeWith(true);
    expect(Buffer.from(progressive).includes(Buffer.from([0xff, 0xc2]))).to.equal(true);
    expect(await decodeJpeg(progressive)).to.deep.equal(await decodeJpeg(await encodeWith(false)));
  });

  it('calls a JPEG corrupt that is cut off anywhere', async () => {
    const jpeg = await encodeWith(false);
    for (let length = 3; length < jpeg.length; length += 7) {
      expect(await rejectedCode(decodeJpeg(jpeg.subarray(0, length))), `${length}`).to.equal('image_corrupt');
    }
  });

  it('decodes or names what is wrong where bytes are changed', async () => {
    const jpeg = await encodeWith(false);
    for (let at = 2; at < jpeg.length; at += 11) {
      const broken = Uint8Array.from(jpeg);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      const code = await rejectedCode(decodeJpeg(broken));
      expect([undefined, 'image_corrupt', 'image_unsupported', 'image_too_large']).to.include(code);
    }
  });

  it('works on after a broken picture', async () => {
    const good = await quarteredJpeg();
    const broken = Uint8Array.from(good);
    broken.fill(0xaa, 60, 400);
    await rejectedCode(decodeJpeg(broken));
    expect(corners(await decodeJpeg(good))).to.deep.equal([0, 1, 2, 3]);
  });

  it('refuses a JPEG that claims too many pixels before it decodes it', async () => {
    const huge = flatJpeg([128]);
    const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
    huge.writeUInt16BE(60_000, frame + 5);
    huge.writeUInt16BE(60_000, frame + 7);
    expect(await rejectedCode(decodeJpeg(huge))).to.equal('image_too_large');
  });

  it('writes the density in dots per inch', async () => {
    const bytes = Buffer.from(await encodeJpeg({ width: 1, height: 1, data: new Uint8Array(4) }, 144));
    expect(bytes.toString('latin1', 6, 10)).to.equal('JFIF');
    expect([bytes[13], bytes.readUInt16BE(14), bytes.readUInt16BE(16)]).to.deep.equal([1, 144, 144]);
  });
});
