import { expect } from 'chai';
import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readPixels, writePixels } from '../../../documents/canvas/pixel-runs.ts';
import { compactPixels, packPixels, pixelColor, pixelIndex } from '../../../protocol/canvas-pixels.ts';

const pixel = fc.tuple(fc.oneof(fc.nat(300), fc.nat(2 ** 24 - 1)), fc.nat(255));
const some = fc.array(pixel, { maxLength: 50, size: 'max' }).map((list) => compactPixels(packPixels(list)));

/** The layout in lib0's own words. */
function written(packed: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, packed.length / 4);
  let next = 0;
  for (let n = 0; n < packed.length / 4; n += 1) {
    encoding.writeVarUint(encoder, pixelIndex(packed, n) - next);
    encoding.writeUint8(encoder, pixelColor(packed, n));
    next = pixelIndex(packed, n) + 1;
  }
  return encoding.toUint8Array(encoder);
}

const encoded = (packed: Uint8Array): Uint8Array => {
  const encoder = encoding.createEncoder();
  writePixels(encoder, packed);
  return encoding.toUint8Array(encoder);
};

describe('pixels in a log', () => {
  it('are the bytes that their layout says, and come back as they were', () => {
    fc.assert(
      fc.property(some, fc.nat(255), (packed, after) => {
        const bytes = encoded(packed);
        expect(bytes).to.deep.equal(written(packed));
        const decoder = decoding.createDecoder(Uint8Array.of(...bytes, after));
        expect(readPixels(decoder)).to.deep.equal(packed);
        expect(decoding.readUint8(decoder)).to.equal(after);
      }),
      { numRuns: 300 },
    );
  });

  it('are refused where they are cut off', () => {
    const bytes = encoded(packPixels([[70_000, 3]]));
    for (let length = 1; length < bytes.length; length += 1) {
      const decoder = decoding.createDecoder(bytes.slice(0, length));
      expect(() => readPixels(decoder), String(length)).to.throw('cut off');
    }
  });
});
