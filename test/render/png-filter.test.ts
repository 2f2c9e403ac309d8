import { expect } from 'chai';
import fc from 'fast-check';
import type { Pixels } from '../../render/pixels.ts';
import { nodeDeflate, portableDeflate } from '../../render/png-deflate.ts';
import { choosePacking, type EncodeFilter, filterRows } from '../../render/png-filter.ts';

const NONE = 0;
const SUB = 1;
const UP = 2;
const [byMatches, byRuns] = nodeDeflate;

/** Filters byte by byte, as the standard words it (PNG, section 9.2). */
function filteredByTheBook({ width, height, data }: Pixels, filter: EncodeFilter, channels: 3 | 4): number[] {
  const sample = (x: number, y: number, channel: number): number =>
    x < 0 || y < 0 ? 0 : (data[(y * width + x) * 4 + channel] ?? 0);
  const out: number[] = [];
  for (let y = 0; y < height; y++) {
    out.push(filter);
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        const before =
          filter === SUB ? sample(x - 1, y, channel) : filter === UP ? sample(x, y - 1, channel) : 0;
        out.push((sample(x, y, channel) - before) & 255);
      }
    }
  }
  return out;
}

function picture(width: number, height: number, level: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++)
    data.fill(level(i % width, Math.floor(i / width)), i * 4, i * 4 + 3);
  return { width, height, data };
}

describe('render/png-filter', () => {
  it('filters rows of any width as the standard says, with and without alpha', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom<EncodeFilter>(NONE, SUB, UP),
        fc.constantFrom<3 | 4>(3, 4),
        fc.infiniteStream(fc.nat(255)),
        (width, height, filter, channels, bytes) => {
          const data = Uint8Array.from({ length: width * height * 4 }, () => bytes.next().value as number);
          const pixels = { width, height, data };
          expect([...filterRows(pixels, 0, height, filter, channels)]).to.deep.equal(
            filteredByTheBook(pixels, filter, channels),
          );
        },
      ),
    );
  });

  it('looks for what repeats in a screenshot, and for runs only in the grain of a photograph', () => {
    const stripes = picture(200, 200, (x, y) => (x * 37 + (y >> 4) * 11) % 100);
    const grain = picture(200, 200, () => 0);
    grain.data.forEach((_, i, data) => {
      if (i % 4 < 3) data[i] = 90 + ((i >> 4) % 50) + ((Math.imul(i, 2654435761) >>> 20) % 17);
    });
    expect(choosePacking(stripes, 3, nodeDeflate).packing).to.equal(byMatches);
    expect(choosePacking(grain, 3, nodeDeflate).packing).to.equal(byRuns);
  });

  it('has one way to pack in portable mode, whatever the picture', () => {
    expect(portableDeflate).to.have.length(1);
  });
});
