import { expect } from 'chai';
import fc from 'fast-check';
import { decodeJpeg } from '../../render/jpeg-decode.ts';
import { renderPalettePicture } from '../../render/palette-picture.ts';
import { decodePng } from '../../render/png-decode.ts';
import { readPngHeader } from '../../render/png-header.ts';
import type { PaletteRequest } from '../../render/port.ts';
import { createRenderer } from '../../render/renderer.ts';
import { rejectedCode } from './problem-code.ts';

const hex = (value: number): string => `#${value.toString(16).padStart(6, '0')}`;

const request = (overrides: Partial<PaletteRequest> = {}): PaletteRequest => ({
  width: 3,
  height: 2,
  colors: Uint8Array.of(0, 1, 2, 2, 1, 0),
  palette: ['#ff0000', '#00ff00', '#0000ff'],
  format: 'png',
  scale: 1,
  ...overrides,
});

describe('a picture of palette pixels', () => {
  it('[CANVAS-12] shows each pixel as a square of its colour, at every whole scale and palette size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 16 }),
        fc.uniqueArray(fc.nat(0xffffff), { minLength: 2, maxLength: 256 }),
        fc.infiniteStream(fc.nat(255)),
        async (width, height, scale, values, stream) => {
          const palette = values.map(hex);
          const colors = Uint8Array.from(
            { length: width * height },
            () => (stream.next().value ?? 0) % palette.length,
          );
          const made = renderPalettePicture(request({ width, height, colors, palette, scale }));
          expect(made).to.include({ width: width * scale, height: height * scale });
          const { data } = await decodePng(made.bytes);
          for (let y = 0; y < made.height; y += 1) {
            for (let x = 0; x < made.width; x += 1) {
              const color = colors[Math.floor(y / scale) * width + Math.floor(x / scale)] ?? 0;
              const at = (y * made.width + x) * 4;
              const found = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
              if (found !== values[color] || data[at + 3] !== 255) {
                expect.fail(`(${x}, ${y}) is ${hex(found)}, not ${hex(values[color] ?? 0)}`);
              }
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has no more bits a pixel than its palette needs', () => {
    for (const [colors, depth] of [
      [2, 1],
      [3, 2],
      [4, 2],
      [5, 4],
      [16, 4],
      [17, 8],
      [256, 8],
    ] as const) {
      const palette = Array.from({ length: colors }, (_, value) => hex(value));
      const { bytes } = renderPalettePicture(request({ palette: palette, colors: new Uint8Array(6) }));
      expect(readPngHeader(bytes)).to.include({ depth, color: 3 });
    }
  });

  it('mixes colours where it is reduced', async () => {
    const palette = ['#000000', '#ffffff'];
    const colors = Uint8Array.from({ length: 100 }, (_, at) => (at + Math.floor(at / 10)) % 2);
    const { bytes, width, height } = renderPalettePicture(
      request({ width: 10, height: 10, colors, palette, scale: 0.2 }),
    );
    expect([width, height]).to.deep.equal([2, 2]);
    const { data } = await decodePng(bytes);
    expect(data[0]).to.be.within(100, 155);
  });

  it('is a JPEG where that is asked for', async () => {
    const { bytes } = renderPalettePicture(request({ format: 'jpg', scale: 16 }));
    const { width, height, data } = await decodeJpeg(bytes);
    expect([width, height]).to.deep.equal([48, 32]);
    const at = (8 * 48 + 8) * 4;
    expect(data[at]).to.be.within(245, 255);
    expect(data[at + 1]).to.be.below(12);
  });

  it('is drawn in a worker, which leaves the bitmap to its owner, and refused where it would be too large', async function () {
    this.timeout(120_000);
    const renderer = createRenderer({ threads: 1 });
    try {
      const asked = request({ scale: 2 });
      const { bytes } = await renderer.renderPalette(asked);
      const here = renderPalettePicture(asked);
      expect(Buffer.from(bytes).equals(here.bytes)).to.equal(true);
      expect(asked.colors).to.have.length(6);
      const huge = { width: 4096, height: 4096, colors: new Uint8Array(4096 * 4096), scale: 16 };
      expect(await rejectedCode(renderer.renderPalette(request(huge)))).to.equal('image_too_large');
    } finally {
      await renderer.close();
    }
  });
});
