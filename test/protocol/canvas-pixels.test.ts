import { expect } from 'chai';
import fc from 'fast-check';
import {
  compactPixels,
  packPixels,
  pixelColor,
  pixelCount,
  pixelIndex,
} from '../../protocol/canvas-pixels.ts';

const unpack = (packed: Uint8Array): [number, number][] =>
  Array.from({ length: pixelCount(packed) }, (_, n) => [pixelIndex(packed, n), pixelColor(packed, n)]);

const pixels = fc.array(fc.tuple(fc.oneof(fc.nat(20), fc.nat(2 ** 24 - 1)), fc.nat(255)), { maxLength: 60 });

describe('packed pixels', () => {
  it('are 24 bits of index, big-endian, and 8 bits of colour', () => {
    expect([...packPixels([[0x123456, 0x78]])]).to.deep.equal([0x12, 0x34, 0x56, 0x78]);
    fc.assert(
      fc.property(pixels, (all) => {
        expect(unpack(packPixels(all))).to.deep.equal(all);
      }),
    );
  });

  it('are compacted to each pixel once, by index, the later colour counting', () => {
    fc.assert(
      fc.property(pixels, (all) => {
        const expected = [...new Map(all)].sort(([a], [b]) => a - b);
        expect(unpack(compactPixels(packPixels(all)))).to.deep.equal(expected);
      }),
    );
  });
});
