import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect } from 'chai';
import { decodeJpeg } from '../../render/jpeg-decode.ts';
import { encodeJpeg, type JpegColor } from '../../render/jpeg-encode.ts';
import type { Pixels } from '../../render/pixels.ts';
import type { ImageFormat } from '../../render/port.ts';
import { renderPicture } from '../../render/render-picture.ts';
import { SUBSAMPLING, turboJpeg } from './jpeg-fixture.ts';
import { makePng } from './png-fixture.ts';

type Color = (x: number, y: number) => readonly number[];

function picture(width: number, height: number, color: Color): Pixels {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) data.set(color(i % width, Math.floor(i / width)), i * 4);
  return { width, height, data };
}

/** Soft colours: what is lost of them is lost to rounding. */
const soft: Color = (x, y) => [
  128 + 100 * Math.sin(x / 9),
  128 + 100 * Math.cos(y / 11),
  128 + 90 * Math.sin((x + y) / 13),
];
/** Numbers that look random, and are the same in every run. */
const scatter = (x: number, y: number, z: number): number =>
  (Math.imul(Math.imul(x * 3 + z, 0x9e3779b1) ^ Math.imul(y + 7, 0x85ebca6b), 0xc2b2ae35) >>> 11) & 255;
const noise: Color = (x, y) => [scatter(x, y, 0), scatter(x, y, 1), scatter(x, y, 2)];
const loudNoise: Color = (x, y) => noise(x, y).map((level) => (level < 128 ? 0 : 255));

/** Root of the mean square of the differences in colour, in levels. */
function error(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return Math.sqrt(sum / (a.width * a.height * 3));
}

async function decodeWithSkia(bytes: Uint8Array): Promise<Pixels> {
  const image = await loadImage(Buffer.from(bytes));
  const { width, height } = image;
  const ctx = createCanvas(width, height).getContext('2d');
  ctx.drawImage(image, 0, 0);
  return { width, height, data: new Uint8Array(ctx.getImageData(0, 0, width, height).data) };
}

/** Payload of the first segment with a marker. */
function segmentOf(jpeg: Uint8Array, marker: number): Buffer {
  const file = Buffer.from(jpeg);
  for (let at = 2; at < file.length; at += 2 + file.readUInt16BE(at + 2)) {
    if (file[at + 1] === marker) return file.subarray(at + 4, at + 2 + file.readUInt16BE(at + 2));
  }
  throw new Error('There is no such segment.');
}

/** Sampling of the three components, as the frame header tells it. */
const samplingOf = (jpeg: Uint8Array): readonly (number | undefined)[] => {
  const frame = segmentOf(jpeg, 0xc0);
  return [frame[7], frame[10], frame[13]];
};

const FULL = [0x11, 0x11, 0x11];
const HALVED = [0x22, 0x11, 0x11];

describe('render/jpeg-encode', () => {
  for (const kept of ['full', 'halved'] as const satisfies readonly JpegColor[]) {
    it(`makes a JPEG of any size that others read, with ${kept} colour`, async () => {
      for (let side = 1; side <= 34; side++) {
        for (const [width, height] of [
          [side, 1],
          [1, side],
          [side, 35 - side],
        ] as const) {
          const original = picture(width, height, soft);
          const decoded = await decodeWithSkia(encodeJpeg(original, undefined, kept));
          expect([decoded.width, decoded.height]).to.deep.equal([width, height]);
          expect(error(decoded, original), `${width} × ${height}`).to.be.below(kept === 'full' ? 3 : 9);
        }
      }
    });
  }

  it('is as near to the original as libjpeg-turbo is, in as many bytes', async () => {
    for (const color of [soft, noise, loudNoise]) {
      const [width, height] = [128, 96];
      const original = picture(width, height, color);
      for (const [kept, subsampling] of [
        ['full', '4:4:4'],
        ['halved', '4:2:0'],
      ] as const satisfies readonly (readonly [JpegColor, keyof typeof SUBSAMPLING])[]) {
        const ours = encodeJpeg(original, undefined, kept);
        const rounded: Color = (x, y) => [...original.data.subarray((y * width + x) * 4).subarray(0, 3)];
        const theirs = await turboJpeg({ width, height, color: rounded, subsampling, quality: 90 });
        const [ourError, theirError] = [
          error(await decodeWithSkia(ours), original),
          error(await decodeWithSkia(theirs), original),
        ];
        expect(ourError).to.be.at.most(theirError * 1.02 + 0.1);
        expect(ours.length).to.be.at.most(theirs.length * 1.02 + 100);
      }
    }
  });

  it('keeps the noise that needs the most bytes, and the strongest edges', async () => {
    const checks: Color = (x, y) => ((x + y) % 2 === 0 ? [0, 0, 0] : [255, 255, 255]);
    for (const color of [loudNoise, checks]) {
      const original = picture(200, 160, color);
      const jpeg = encodeJpeg(original);
      expect(error(await decodeWithSkia(jpeg), original)).to.be.below(7);
      expect(error(await decodeJpeg(jpeg), original)).to.be.below(7);
    }
  });

  it('keeps flat areas flat, beside others', async () => {
    const original = picture(64, 24, (x, y) => (x < 32 ? [27, 31, 59] : soft(x, y)));
    const { data } = await decodeWithSkia(encodeJpeg(original));
    const first = data.subarray(0, 3);
    expect(Math.max(...[27, 31, 59].map((level, i) => Math.abs(level - (first[i] ?? 0))))).to.be.at.most(2);
    for (let y = 0; y < 24; y++) {
      for (let x = 0; x < 32; x++) {
        const at = (y * 64 + x) * 4;
        expect([...data.subarray(at, at + 3)]).to.deep.equal([...first]);
      }
    }
  });

  it('is of quality 90: the steps of the standard, a fifth as long', () => {
    const steps = segmentOf(encodeJpeg(picture(1, 1, soft)), 0xdb);
    expect([...steps.subarray(0, 8)]).to.deep.equal([0, 3, 2, 2, 3, 2, 2, 3]);
    expect([...steps.subarray(65, 73)]).to.deep.equal([1, 3, 4, 4, 5, 4, 5, 9]);
  });

  it('writes the density in dots per inch, as far as the format can tell it', () => {
    const jfif = (dpi?: number): readonly number[] => {
      const payload = segmentOf(encodeJpeg(picture(1, 1, soft), dpi), 0xe0);
      expect(payload.toString('latin1', 0, 5)).to.equal('JFIF\0');
      return [payload[7] ?? -1, payload.readUInt16BE(8), payload.readUInt16BE(10)];
    };
    expect(jfif(144)).to.deep.equal([1, 144, 144]);
    expect(jfif(1e6)).to.deep.equal([1, 0xffff, 0xffff]);
    expect(jfif()).to.deep.equal([0, 1, 1]);
  });
});

describe('render: colour of a JPEG export', () => {
  const exported = async (image: Uint8Array | undefined, format: ImageFormat): Promise<Uint8Array> => {
    const { bytes } = await renderPicture({
      scene: { width: 32, height: 32, annotations: [] },
      ...(image && { image }),
      format,
      scale: 1,
      background: 'white',
      includeComments: false,
    });
    return bytes;
  };
  const size = { width: 32, height: 32 };

  it('is kept whole on a screenshot and on an empty page, so that thin red text does not smear', async () => {
    const png = makePng({ ...size, depth: 8, color: 2, sample: soft });
    expect(samplingOf(await exported(png, 'jpg'))).to.deep.equal(FULL);
    expect(samplingOf(await exported(undefined, 'jpg'))).to.deep.equal(FULL);
  });

  it('is halved on a photograph that has halved it already, and on no other', async () => {
    for (const subsampling of Object.keys(SUBSAMPLING) as (keyof typeof SUBSAMPLING)[]) {
      for (const progressive of [false, true]) {
        const photo = await turboJpeg({ ...size, color: soft, subsampling, progressive });
        expect(samplingOf(await exported(photo, 'jpg')), subsampling).to.deep.equal(
          subsampling === '4:2:0' ? HALVED : FULL,
        );
      }
    }
  });
});
