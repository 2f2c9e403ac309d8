import { expect } from 'chai';
import { ANY, quantize, scoreOf, wrongPixels } from '../../web/canvas/template/template-pixels.ts';

const PALETTE = ['#ffffff', '#000000', '#ff0000', '#0000ff'];
const rgba = (...pixels: readonly (readonly number[])[]): Uint8ClampedArray =>
  Uint8ClampedArray.from(pixels.flat());

describe('a template over a canvas', () => {
  it('wants the colour of the palette that looks most like each pixel', () => {
    const pixels = rgba([250, 250, 240, 255], [30, 20, 25, 255], [200, 30, 20, 255], [20, 30, 180, 255]);
    expect([...quantize(pixels, { width: 4, height: 1 }, PALETTE).wanted]).to.deep.equal([0, 1, 2, 3]);
  });

  it('wants nothing where it is transparent', () => {
    const pixels = rgba([255, 0, 0, 127], [255, 0, 0, 128]);
    expect([...quantize(pixels, { width: 2, height: 1 }, PALETTE).wanted]).to.deep.equal([ANY, 2]);
  });

  it('counts what is wanted and what is wrong', () => {
    const template = { width: 2, height: 2, wanted: Int16Array.of(1, ANY, 2, 3) };
    const canvas = { width: 3, height: 3 };
    const pixels = Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 3);
    expect(scoreOf(template, { x: 1, y: 1 }, pixels, canvas)).to.deep.equal({ wanted: 3, wrong: 1 });
    expect(
      wrongPixels(template, { x: 1, y: 1 }, pixels, canvas, { x: 0, y: 0, ...canvas }, 10),
    ).to.deep.equal([{ index: 7, color: 2 }]);
  });

  it('counts only what is on the canvas, and marks only what is seen', () => {
    const template = { width: 3, height: 3, wanted: new Int16Array(9).fill(1) };
    const canvas = { width: 4, height: 4 };
    const empty = new Uint8Array(16);
    expect(scoreOf(template, { x: -2, y: -1 }, empty, canvas)).to.deep.equal({ wanted: 2, wrong: 2 });
    expect(scoreOf(template, { x: 9, y: 0 }, empty, canvas)).to.deep.equal({ wanted: 0, wrong: 0 });
    const seen = { x: 2, y: 2, width: 2, height: 1 };
    expect(wrongPixels(template, { x: 0, y: 0 }, empty, canvas, seen, 10)).to.deep.equal([
      { index: 10, color: 1 },
    ]);
    expect(wrongPixels(template, { x: 0, y: 0 }, empty, canvas, { x: 0, y: 0, ...canvas }, 4)).to.have.length(
      4,
    );
  });
});
