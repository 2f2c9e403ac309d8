import { expect } from 'chai';
import fc from 'fast-check';
import { blendPixel, blendRun } from '../../render/raster-surface.ts';

const level = fc.nat(255);

describe('render/raster-surface', () => {
  it('lays a colour over a run of pixels as over each of them', () => {
    const words = fc.array(
      fc.oneof(
        fc.integer(),
        fc.integer().map((word) => word | 0xff000000),
      ),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(words, level, level, level, fc.integer({ min: 1, max: 255 }), (under, r, g, b, alpha) => {
        const run = Int32Array.from(under);
        const single = Int32Array.from(under);
        blendRun(run, 0, run.length, r, g, b, alpha);
        for (let i = 0; i < single.length; i++) blendPixel(single, i, r, g, b, alpha);
        expect([...run]).to.deep.equal([...single]);
      }),
    );
  });
});
