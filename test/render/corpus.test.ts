import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { Problem } from '../../protocol/problem.ts';
import { decodeImage } from '../../render/decode-image.ts';
import { checkImageSize, readImageHeader } from '../../render/image-header.ts';
import type { Pixels } from '../../render/pixels.ts';
import { hasBrowser, openBrowser } from '../helpers/browser.ts';
import { largestAllocation } from './allocation-watch.ts';
import { bombs, brokenPictures, FOREIGN } from './corpus-broken.ts';
import { type OddPicture, oddPictures } from './corpus-odd.ts';
import { turboJpeg } from './jpeg-fixture.ts';
import { makePng, pngChunk } from './png-fixture.ts';
import { rejectedCode } from './problem-code.ts';

/** What a canvas keeps of a translucent colour is rounded; so are conversions of CMYK. */
const TOLERANCE = 1;
/** @napi-rs/canvas 1.1.1 forgets the alpha of a palette of two colours, and does not turn a PNG; Chromium does both. */
const NAPI_MISREADS = /colour type 3, 1 bits|eXIf/;

const KILOBYTE = 1024;

/** The largest difference of two pictures of one size, in levels, of colours weighed by their alpha. */
function difference(a: Pixels, b: Pixels): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const [alphaA, alphaB] = [a.data[i + 3] ?? 0, b.data[i + 3] ?? 0];
    largest = Math.max(largest, Math.abs(alphaA - alphaB));
    for (let channel = 0; channel < 3; channel++) {
      const x = ((a.data[i + channel] ?? 0) * alphaA) / 255;
      const y = ((b.data[i + channel] ?? 0) * alphaB) / 255;
      largest = Math.max(largest, Math.abs(x - y));
    }
  }
  return largest;
}

async function expectAlike(
  pictures: readonly OddPicture[],
  decodeElsewhere: (bytes: Uint8Array) => Promise<Pixels>,
): Promise<void> {
  for (const { name, bytes } of pictures) {
    const [ours, theirs] = [await decodeImage(bytes), await decodeElsewhere(bytes)];
    expect([ours.width, ours.height], name).to.deep.equal([theirs.width, theirs.height]);
    expect(difference(ours, theirs), name).to.be.at.most(TOLERANCE);
  }
}

async function decodeWithSkia(bytes: Uint8Array): Promise<Pixels> {
  const image = await loadImage(Buffer.from(bytes));
  const { width, height } = image;
  const ctx = createCanvas(width, height).getContext('2d');
  ctx.drawImage(image, 0, 0);
  return { width, height, data: new Uint8Array(ctx.getImageData(0, 0, width, height).data) };
}

/** Runs in the browser. */
const DECODE_IN_PAGE = `async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const ctx = new OffscreenCanvas(image.width, image.height).getContext('2d');
  ctx.drawImage(image, 0, 0);
  const { width, height, data } = ctx.getImageData(0, 0, image.width, image.height);
  return { width, height, data: Array.from(data) };
}`;

async function decodeInPage(page: Page, bytes: Uint8Array): Promise<Pixels> {
  const base64 = JSON.stringify(Buffer.from(bytes).toString('base64'));
  const answer: { width: number; height: number; data: number[] } = await page.evaluate(
    `(${DECODE_IN_PAGE})(${base64})`,
  );
  return { ...answer, data: Uint8Array.from(answer.data) };
}

/** Noise that does not pack, so that the files are long enough to be cut often. */
const noise = (x: number, y: number): readonly number[] =>
  [7, 11, 13].map((factor) => (Math.imul(x * factor + 3, y * 2654435 + factor) >>> 9) & 255);

/** Checks a file by its header, then decodes it, as a job does. */
async function judge(bytes: Uint8Array): Promise<Pixels> {
  checkImageSize(readImageHeader(bytes));
  return decodeImage(bytes);
}

describe('render: pictures as they come from outside', () => {
  let odd: readonly OddPicture[];
  before(async () => {
    odd = await oddPictures();
  });

  it('decodes every kind of PNG and JPEG to what Skia makes of it', async function () {
    this.timeout(120_000);
    await expectAlike(
      odd.filter(({ name }) => !NAPI_MISREADS.test(name)),
      decodeWithSkia,
    );
  });

  describe('in a browser', () => {
    let browser: Browser;
    before(async function () {
      this.timeout(120_000);
      if (!hasBrowser) this.skip();
      browser = await openBrowser();
    });
    after(() => browser?.close());

    it('decodes every kind of PNG and JPEG to what a browser shows', async function () {
      this.timeout(120_000);
      const page = await browser.newPage();
      await expectAlike(odd, (bytes) => decodeInPage(page, bytes));
    });
  });

  it('refuses every kind of broken file with the error that names it', async () => {
    for (const { name, bytes, code } of await brokenPictures()) {
      expect(await rejectedCode(judge(bytes)), name).to.equal(code);
    }
  });

  it('says which kind of picture it does not read', () => {
    for (const [name, bytes] of FOREIGN) {
      expect(() => readImageHeader(bytes)).to.throw(
        Problem,
        `The image is a file of type ${name}; only PNG and JPEG are read.`,
      );
    }
  });

  for (const [kind, make] of [
    ['PNG', () => makePng({ width: 120, height: 120, depth: 8, color: 2, sample: noise })],
    [
      'interlaced PNG of 16 bits',
      () => makePng({ width: 90, height: 90, depth: 16, color: 2, interlaced: true, sample: noise }),
    ],
    ['JPEG', () => turboJpeg({ width: 160, height: 160, color: noise })],
    ['progressive JPEG', () => turboJpeg({ width: 160, height: 160, color: noise, progressive: true })],
  ] as const) {
    it(`calls a ${kind} corrupt that is cut off at any kilobyte`, async () => {
      const whole = await make();
      expect(whole.length).to.be.above(20 * KILOBYTE);
      expect(await rejectedCode(judge(whole))).to.equal(undefined);
      for (let length = KILOBYTE; length < whole.length; length += KILOBYTE) {
        expect(await rejectedCode(judge(whole.subarray(0, length))), `${length} bytes`).to.equal(
          'image_corrupt',
        );
      }
    });
  }

  it('gives a bomb no memory: neither for the pixels it claims nor for those it unpacks to', async () => {
    for (const { name, bytes, code } of bombs()) {
      let judged: string | undefined;
      const largest = await largestAllocation(async () => {
        judged = await rejectedCode(decodeImage(bytes));
      });
      expect(judged, name).to.equal(code);
      expect(largest, name).to.be.at.most(2 * bytes.length + 64 * KILOBYTE);
    }
  });

  it('asks for no more memory than the size in the header needs', async () => {
    for (const { name, bytes } of odd) {
      const { width, height } = readImageHeader(bytes);
      const largest = await largestAllocation(() => decodeImage(bytes));
      expect(largest, name).to.be.at.most(2 * bytes.length + width * height * 8 + 64 * KILOBYTE);
    }
  });

  it('decodes a picture or tells what is wrong with it, whichever of its bytes are changed', async function () {
    this.timeout(120_000);
    const small = odd.filter(({ bytes }) => bytes.length < 2 * KILOBYTE);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...small),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async ({ bytes }, changes) => {
          const changed = Uint8Array.from(bytes);
          for (const [at, value] of changes) changed[at % changed.length] = value;
          const code = await rejectedCode(judge(resealed(changed)));
          expect([undefined, 'image_corrupt', 'image_unsupported', 'image_too_large']).to.include(code);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** A PNG with its checksums made right again, so that what is behind them is reached; anything else as it is. */
function resealed(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes);
  if (file[0] !== 0x89) return file;
  const chunks: Uint8Array[] = [file.subarray(0, 8)];
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    if (at + 12 + length > file.length) return file;
    chunks.push(pngChunk(file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length)));
    at += 12 + length;
  }
  return Buffer.concat(chunks);
}
