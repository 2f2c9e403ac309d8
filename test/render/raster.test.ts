import { expect } from 'chai';
import fc from 'fast-check';
import { RasterBitmap } from '../../render/raster-bitmap.ts';
import { BLACK, inkAmount, pixel, type Rgba } from './scene-fixture.ts';

function whitePage(width = 100, height = 80): RasterBitmap {
  const page = new RasterBitmap(width, height);
  page.data.fill(255);
  return page;
}

const coordinate = fc.double({ min: 5, max: 75, noNaN: true });
const polygon = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 3 });

function trace(page: RasterBitmap, points: readonly (readonly [number, number])[]): void {
  const ctx = page.getContext();
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  ctx.closePath();
}

describe('render/raster', () => {
  it('covers each pixel by its share of the shape, in both directions', () => {
    const page = whitePage();
    page.getContext().fillRect(10.5, 20.25, 20, 10);
    expect(pixel(page, 10, 25)[0]).to.be.within(127, 128);
    expect(pixel(page, 15, 20)[0]).to.be.within(63, 65);
    expect(pixel(page, 15, 30)[0]).to.be.within(190, 192);
    expect(pixel(page, 15, 25)).to.deep.equal(BLACK);
  });

  it('lays down as much ink as a triangle has area', () => {
    fc.assert(
      fc.property(polygon, (points) => {
        const page = whitePage();
        trace(page, points);
        page.getContext().fill();
        const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = [], [cx = 0, cy = 0] = []] = points;
        const area = Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
        expect(inkAmount(page)).to.be.closeTo(area, 1 + area * 0.01);
      }),
    );
  });

  it('never touches a pixel outside the clip', () => {
    fc.assert(
      fc.property(polygon, fc.double({ min: 0.5, max: 30, noNaN: true }), (points, width) => {
        const page = whitePage();
        const ctx = page.getContext();
        ctx.beginPath();
        ctx.rect(30, 25, 20, 15);
        ctx.clip();
        trace(page, points);
        ctx.lineWidth = width;
        ctx.fill();
        ctx.stroke();
        expect(inkAmount(page)).to.equal(inkAmount(page, { x0: 30, y0: 25, x1: 50, y1: 40 }));
      }),
    );
  });

  it('composites over transparency without darkening: source-over on straight alpha', () => {
    const page = new RasterBitmap(10, 10);
    const ctx = page.getContext();
    ctx.fillStyle = 'rgba(200, 0, 0, 0.5)';
    ctx.fillRect(0, 0, 10, 10);
    expect(pixel(page, 5, 5)).to.deep.equal([200, 0, 0, 128]);
    ctx.fillStyle = 'rgba(0, 0, 200, 0.5)';
    ctx.fillRect(0, 0, 10, 10);
    expect(pixel(page, 5, 5)).to.deep.equal([66, 0, 134, 192]);
  });

  it('fills by winding, or by parity where asked', () => {
    const star = Array.from({ length: 5 }, (_, i): [number, number] => {
      const angle = -Math.PI / 2 + (i * 4 * Math.PI) / 5;
      return [50 + 35 * Math.cos(angle), 40 + 35 * Math.sin(angle)];
    });
    const centerOf = (rule: 'nonzero' | 'evenodd'): Rgba => {
      const page = whitePage();
      trace(page, star);
      page.getContext().fill(rule);
      return pixel(page, 50, 40);
    };
    expect(centerOf('nonzero')).to.deep.equal(BLACK);
    expect(centerOf('evenodd')).to.deep.equal([255, 255, 255, 255]);
  });

  it('strokes a closed shape without a gap where it began', () => {
    const page = whitePage();
    const ctx = page.getContext();
    ctx.lineWidth = 8;
    ctx.beginPath();
    ctx.rect(20, 20, 60, 40);
    ctx.stroke();
    for (const [x, y] of [
      [16, 16],
      [83, 16],
      [83, 63],
      [16, 63],
    ] as const) {
      expect(pixel(page, x, y), `${x},${y}`).to.deep.equal(BLACK);
    }
    expect(inkAmount(page)).to.be.closeTo(68 * 48 - 52 * 32, 0.01);
  });

  it('gives strokes their joins: a miter up to its limit, a bevel beyond, a round one', () => {
    const tip = (join: 'miter' | 'round' | 'bevel', limit = 10): number => {
      const page = whitePage();
      const ctx = page.getContext();
      ctx.lineWidth = 10;
      ctx.lineJoin = join;
      ctx.miterLimit = limit;
      ctx.beginPath();
      ctx.moveTo(20, 70);
      ctx.lineTo(50, 30);
      ctx.lineTo(80, 70);
      ctx.stroke();
      let y = 0;
      while (pixel(page, 49, y)[0] > 127) y++;
      return y;
    };
    expect(tip('miter')).to.be.within(21, 22);
    expect(tip('miter', 1)).to.equal(tip('bevel'));
    expect(tip('round')).to.be.within(24, 25);
    expect(tip('bevel')).to.be.within(26, 28);
  });

  it('gives strokes their caps', () => {
    const length = (cap: 'butt' | 'round' | 'square'): number => {
      const page = whitePage();
      const ctx = page.getContext();
      ctx.lineWidth = 10;
      ctx.lineCap = cap;
      ctx.beginPath();
      ctx.moveTo(30, 40);
      ctx.lineTo(60, 40);
      ctx.stroke();
      return inkAmount(page);
    };
    expect(length('butt')).to.be.closeTo(300, 0.01);
    expect(length('square')).to.be.closeTo(400, 0.01);
    expect(length('round')).to.be.closeTo(300 + Math.PI * 25, 1);
  });

  it('turns back on itself with a round join, and leaves no hole in a thick scribble', () => {
    const page = whitePage();
    const ctx = page.getContext();
    ctx.lineWidth = 16;
    ctx.lineJoin = 'round';
    ctx.beginPath();
    ctx.moveTo(10, 40);
    ctx.lineTo(80, 40);
    ctx.lineTo(30, 40);
    ctx.lineTo(32, 42);
    ctx.lineTo(33, 39);
    ctx.stroke();
    for (let x = 12; x < 86; x++) expect(pixel(page, x, 40), `x ${x}`).to.deep.equal(BLACK);
  });

  it('dashes from the first point, and keeps the rhythm outside the picture', () => {
    const row = (from: number): boolean[] => {
      const page = whitePage();
      const ctx = page.getContext();
      ctx.lineWidth = 4;
      ctx.setLineDash([10, 10]);
      ctx.beginPath();
      ctx.moveTo(from, 40);
      ctx.lineTo(5000, 40);
      ctx.stroke();
      return [15, 25, 35, 45].map((x) => pixel(page, x, 40)[0] === 0);
    };
    expect(row(10)).to.deep.equal([true, false, true, false]);
    expect(row(-99_990)).to.deep.equal([true, false, true, false]);
    expect(row(-99_980)).to.deep.equal([false, true, false, true]);
  });

  it('lets the last dash of a closed shape run on into its first, around the corner', () => {
    const page = whitePage();
    const ctx = page.getContext();
    ctx.lineWidth = 8;
    ctx.setLineDash([30, 10]);
    ctx.beginPath();
    ctx.rect(20, 20, 40, 30);
    ctx.stroke();
    // 140 around: the fourth dash begins 120 from the first corner and is on when it comes back to it.
    expect(pixel(page, 16, 16)).to.deep.equal(BLACK);
    expect(pixel(page, 20, 45)[0]).to.equal(255);
  });

  it('shades a line whose dashes are finer than a pixel by the share of them', () => {
    const shade = (lengths: readonly number[]): number => {
      const page = whitePage();
      const ctx = page.getContext();
      ctx.lineWidth = 10;
      ctx.setLineDash(lengths);
      ctx.beginPath();
      ctx.moveTo(10, 40);
      ctx.lineTo(90, 40);
      ctx.stroke();
      return pixel(page, 50, 40)[0];
    };
    expect(shade([0.1, 0.1])).to.be.within(126, 129);
    expect(shade([0.1, 0.3])).to.be.within(190, 193);
    expect(shade([0, 0])).to.equal(0);
  });

  it('draws no line of no length, but dots for dashes of no length', () => {
    const ink = (to: number, lengths: readonly number[]): number => {
      const page = whitePage();
      const ctx = page.getContext();
      ctx.lineWidth = 10;
      ctx.lineCap = 'round';
      ctx.setLineDash(lengths);
      ctx.beginPath();
      ctx.moveTo(20, 40);
      ctx.lineTo(to, 40);
      ctx.stroke();
      return inkAmount(page);
    };
    expect(ink(20, [])).to.equal(0);
    expect(ink(69, [0, 25])).to.be.closeTo(2 * Math.PI * 25, 2);
  });

  it('paints a picture in bands as it paints it at once', () => {
    // Taller than one tile of the accumulator: the same shape, shifted, must look the same everywhere.
    const page = new RasterBitmap(3000, 600);
    const ctx = page.getContext();
    for (const y of [10.3, 310.3]) {
      ctx.beginPath();
      ctx.ellipse(1500, y + 140, 1480, 130);
      ctx.fill();
    }
    const upper = page.data.subarray(0, 3000 * 300 * 4);
    const lower = page.data.subarray(3000 * 300 * 4);
    expect(Buffer.compare(upper, lower)).to.equal(0);
    const whole = new RasterBitmap(3000, 600);
    const path = whole.getContext();
    path.beginPath();
    path.ellipse(1500, 300, 1480, 290);
    path.fill();
    const area = whole.data.reduce((sum, byte, index) => (index % 4 === 3 ? sum + byte / 255 : sum), 0);
    expect(area).to.be.closeTo(Math.PI * 1480 * 290, Math.PI * 1480 * 290 * 0.0005);
  });

  it('follows translation, rotation and scale, and restores them', () => {
    const page = whitePage();
    const ctx = page.getContext();
    ctx.save();
    ctx.translate(50, 40);
    ctx.rotate(Math.PI / 2);
    ctx.scale(2, 1);
    ctx.fillRect(0, 0, 10, 5);
    ctx.restore();
    expect(inkAmount(page, { x0: 45, y0: 40, x1: 50, y1: 60 })).to.be.closeTo(100, 0.01);
    ctx.fillRect(0, 0, 3, 3);
    expect(pixel(page, 1, 1)).to.deep.equal(BLACK);
    expect(ctx.getTransform().isIdentity).to.equal(true);
  });

  it('blends a group as one, whatever overlaps in it', () => {
    const page = whitePage();
    const ctx = page.getContext();
    ctx.lineWidth = 10;
    ctx.fillStyle = '#0000ff';
    ctx.strokeStyle = '#ff0000';
    ctx.beginPath();
    ctx.rect(20, 20, 40, 40);
    ctx.group(0.5, () => {
      ctx.fill();
      ctx.stroke();
    });
    expect(pixel(page, 40, 40)).to.deep.equal([127, 127, 255, 255]);
    expect(pixel(page, 22, 40)).to.deep.equal(pixel(page, 17, 40));
  });
});
