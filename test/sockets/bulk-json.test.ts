import { expect } from 'chai';
import fc from 'fast-check';
import { encodeBulkJson } from '../../http/sockets/bulk-json.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { Seq } from '../../protocol/ids.ts';

describe('pixel:bulk_update as JSON', () => {
  it('is what JSON.stringify would make of it, of whatever size the canvas is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4_096 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(255)), { maxLength: 50 }),
        fc.maxSafeNat(),
        (width, points, seq) => {
          const pixels = points.map(([x, y, color]) => [x % width, y % 4_096, color] as const);
          const packed = packPixels(pixels.map(([x, y, color]) => [y * width + x, color]));
          const json = Buffer.from(encodeBulkJson(seq as Seq, packed, width)).toString();
          expect(json).to.equal(JSON.stringify({ type: 'pixel:bulk_update', seq, pixels }));
        },
      ),
      { numRuns: 300 },
    );
  });
});
