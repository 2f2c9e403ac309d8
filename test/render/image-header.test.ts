import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from '../../protocol/problem.ts';
import {
  checkImageSize,
  checkOutputSize,
  MAX_JPEG_SIDE,
  outputSize,
  readImageHeader,
} from '../../render/image-header.ts';
import { flatJpeg, quarteredJpeg, withOrientation } from './jpeg-fixture.ts';
import { makePng, PNG_MAGIC, pngHeader } from './png-fixture.ts';
import { problemCode } from './problem-code.ts';

const smallPng = makePng({ width: 3, height: 2, depth: 8, color: 2, sample: () => [1, 2, 3] });

describe('render/image-header', () => {
  it('reads format and size of a PNG', () => {
    expect(readImageHeader(smallPng)).to.deep.equal({
      format: 'png',
      mime: 'image/png',
      width: 3,
      height: 2,
    });
  });

  it('reads format and size of a JPEG', () => {
    expect(readImageHeader(flatJpeg([128]))).to.deep.equal({
      format: 'jpg',
      mime: 'image/jpeg',
      width: 8,
      height: 8,
    });
  });

  it('tells the size of the upright picture for EXIF orientations 1 to 8 in both byte orders', async () => {
    const jpeg = await quarteredJpeg();
    for (const littleEndian of [true, false]) {
      for (let orientation = 1; orientation <= 8; orientation++) {
        const { width, height } = readImageHeader(withOrientation(jpeg, orientation, littleEndian));
        expect([width, height], `orientation ${orientation}`).to.deep.equal(
          orientation < 5 ? [48, 32] : [32, 48],
        );
      }
    }
  });

  it('takes a senseless orientation for upright', async () => {
    const { width, height } = readImageHeader(withOrientation(await quarteredJpeg(), 99));
    expect([width, height]).to.deep.equal([48, 32]);
  });

  it('refuses what is neither a PNG nor a JPEG', () => {
    for (const bytes of [
      '',
      'GIF89a.........',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'RIFF....WEBPVP8 ',
    ]) {
      expect(problemCode(() => readImageHeader(Buffer.from(bytes)))).to.equal('image_unsupported');
    }
  });

  it('calls a header that is cut off corrupt', () => {
    for (let length = 4; length < 29; length++) {
      expect(problemCode(() => readImageHeader(smallPng.subarray(0, length)))).to.equal('image_corrupt');
    }
    const jpeg = flatJpeg([128]);
    const frameEnd = jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 10;
    for (let length = 3; length < frameEnd; length++) {
      expect(problemCode(() => readImageHeader(jpeg.subarray(0, length)))).to.equal('image_corrupt');
    }
  });

  it('calls a PNG of impossible pixels corrupt', () => {
    for (const recipe of [
      { width: 0, height: 1, depth: 8, color: 2 },
      { width: 1, height: 2 ** 31, depth: 8, color: 2 },
      { width: 1, height: 1, depth: 4, color: 2 },
      { width: 1, height: 1, depth: 16, color: 3 },
    ] as const) {
      const bytes = Buffer.concat([PNG_MAGIC, pngHeader(recipe)]);
      expect(problemCode(() => readImageHeader(bytes))).to.equal('image_corrupt');
    }
  });

  it('refuses lossless and 12-bit JPEG as unsupported', () => {
    const jpeg = flatJpeg([128]);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    const lossless = Buffer.from(jpeg);
    lossless[frame + 1] = 0xc3;
    const deep = Buffer.from(jpeg);
    deep[frame + 4] = 12;
    expect(problemCode(() => readImageHeader(lossless))).to.equal('image_unsupported');
    expect(problemCode(() => readImageHeader(deep))).to.equal('image_unsupported');
  });

  it('answers or throws a Problem for any bytes', () => {
    const beginnings = fc.constantFrom(PNG_MAGIC, Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(0));
    fc.assert(
      fc.property(beginnings, fc.uint8Array({ maxLength: 200 }), (beginning, rest) => {
        try {
          const { width, height } = readImageHeader(Buffer.concat([beginning, rest]));
          expect(width > 0 && height > 0).to.equal(true);
        } catch (error) {
          expect(error).to.be.instanceOf(Problem);
        }
      }),
    );
  });

  it('allows 50 megapixels in and 100 out, and no JPEG side that the format cannot store', () => {
    checkImageSize({ width: 10_000, height: 5_000 });
    expect(problemCode(() => checkImageSize({ width: 10_000, height: 5_001 }))).to.equal('image_too_large');
    checkOutputSize({ width: 10_000, height: 10_000 }, 'jpg');
    expect(problemCode(() => checkOutputSize({ width: 10_000, height: 10_001 }, 'png'))).to.equal(
      'image_too_large',
    );
    checkOutputSize({ width: MAX_JPEG_SIDE + 1, height: 1 }, 'png');
    expect(problemCode(() => checkOutputSize({ width: MAX_JPEG_SIDE + 1, height: 1 }, 'jpg'))).to.equal(
      'image_too_large',
    );
  });

  it('rounds output sides, and keeps at least one pixel', () => {
    expect(outputSize(1920, 1080, 0.5)).to.deep.equal({ width: 960, height: 540 });
    expect(outputSize(3, 3, 0.5)).to.deep.equal({ width: 2, height: 2 });
    expect(outputSize(4, 1, 0.1)).to.deep.equal({ width: 1, height: 1 });
  });
});
