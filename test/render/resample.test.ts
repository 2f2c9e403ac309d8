import { expect } from 'chai';
import fc from 'fast-check';
import { resample } from '../../render/resample.ts';
import { pixel } from './scene-fixture.ts';

const side = fc.integer({ min: 1, max: 60 });
const byte = fc.nat(255);

describe('render/resample', () => {
  it('keeps a plain colour exactly, at any sizes, with and without alpha', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.tuple(byte, byte, byte), (sw, sh, dw, dh, color) => {
        const data = new Uint8Array(sw * sh * 4);
        for (let i = 0; i < data.length; i += 4) data.set([...color, 255], i);
        for (const hasAlpha of [false, true]) {
          const scaled = resample({ width: sw, height: sh, data }, dw, dh, hasAlpha);
          for (let i = 0; i < scaled.data.length; i += 4) {
            expect([...scaled.data.subarray(i, i + 4)]).to.deep.equal([...color, 255]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('averages what it shrinks instead of dropping it', () => {
    const data = new Uint8Array(64 * 64 * 4);
    for (let i = 0; i < 64 * 64; i++) data.fill((i + (i >> 6)) % 2 === 0 ? 0 : 255, i * 4, i * 4 + 4);
    for (let i = 3; i < data.length; i += 4) data[i] = 255;
    const [gray] = pixel(resample({ width: 64, height: 64, data }, 8, 8, false), 4, 4);
    expect(gray).to.be.within(124, 131);
  });

  it('lets the colour of transparent pixels bleed into nothing', () => {
    const data = Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 0);
    const scaled = resample({ width: 2, height: 1, data }, 8, 1, true);
    for (let x = 0; x < 8; x++) {
      const [r, g, , a] = pixel(scaled, x, 0);
      if (a > 0) expect([r, g]).to.deep.equal([255, 0]);
    }
    expect(pixel(scaled, 0, 0)[3]).to.equal(255);
    expect(pixel(scaled, 7, 0)[3]).to.equal(0);
  });

  it('is symmetric', () => {
    const data = new Uint8Array(7 * 4).fill(255);
    data.set([0, 0, 0, 255], 3 * 4);
    const scaled = resample({ width: 7, height: 1, data }, 15, 1, false);
    for (let x = 0; x < 15; x++) expect(pixel(scaled, x, 0)).to.deep.equal(pixel(scaled, 14 - x, 0));
  });
});
