import { createRequire } from 'node:module';
import { expect } from 'chai';
import { Bitmap, Context } from 'pureimage';
import { RasterBitmap } from '../../render/raster-bitmap.ts';
import { RasterContext } from '../../render/raster-context.ts';

describe('pureimage, as the raster core uses it', () => {
  it('is the release that these promises were checked against', () => {
    const { version }: { version: string } = createRequire(import.meta.url)('pureimage/package.json');
    expect(version).to.equal('0.4.20');
  });

  it('keeps size and RGBA bytes of a bitmap in plain writable fields', () => {
    const bitmap = new Bitmap(2, 3);
    expect([bitmap.width, bitmap.height, bitmap.data.length]).to.deep.equal([2, 3, 24]);
    bitmap.setPixelRGBA(1, 2, 0x01020304);
    expect([...bitmap.data.subarray(20)]).to.deep.equal([1, 2, 3, 4]);
  });

  it('makes an empty bitmap without touching a pixel', () => {
    expect(new Bitmap(0, 0).data.length).to.equal(0);
  });

  it('reads and writes the pixels that we paint, through its own accessors', () => {
    const bitmap = new RasterBitmap(4, 4);
    const ctx = bitmap.getContext('2d');
    ctx.fillStyle = '#336699';
    ctx.fillRect(1, 1, 2, 2);
    expect(bitmap.getPixelRGBA(1, 1)).to.equal(0x336699ff);
    expect(bitmap.getPixelRGBA(0, 0)).to.equal(0);
    bitmap.setPixelRGBA(0, 0, 0xff0000ff);
    expect([...bitmap.data.subarray(0, 4)]).to.deep.equal([255, 0, 0, 255]);
    expect(ctx).to.be.instanceOf(Context);
    expect(ctx).to.be.instanceOf(RasterContext);
  });

  it('builds its own shapes on the path methods that we replace', () => {
    const bitmap = new RasterBitmap(20, 20);
    const ctx = bitmap.getContext();
    ctx.beginPath();
    ctx._moveTo({ x: 2, y: 2 });
    ctx._lineTo({ x: 18, y: 2 });
    ctx._bezierCurveTo({ x: 18, y: 8 }, { x: 18, y: 12 }, { x: 18, y: 18 });
    ctx.lineTo(2, 18);
    ctx.fill();
    expect(bitmap.getPixelRGBA(10, 10)).to.equal(0x000000ff);
  });

  it('draws nothing by itself: each method is replaced, or throws', () => {
    const own = (name: string): boolean => {
      for (let at = RasterContext.prototype; at !== Context.prototype; at = Object.getPrototypeOf(at)) {
        if (Object.hasOwn(at, name)) return true;
      }
      return false;
    };
    const inherited = Object.getOwnPropertyNames(Context.prototype).filter((name) => !own(name));
    // `composite` is called by what throws only; `canvas` gives the bitmap.
    expect(inherited).to.deep.equal(['canvas', 'composite']);
    const ctx = new RasterBitmap(4, 4).getContext();
    expect(() => ctx.drawImage()).to.throw('drawImage() of pureimage');
    expect(() => ctx.fillText()).to.throw('fillText() of pureimage');
    expect(() => {
      ctx.font = '12px sans';
    }).to.throw('font() of pureimage');
  });

  it('shares no matrix between our contexts', () => {
    const [one, other] = [new RasterBitmap(4, 4), new RasterBitmap(4, 4)];
    one.getContext().setTransform(2, 0, 0, 2, 1, 1);
    expect(other.getContext().getTransform().isIdentity).to.equal(true);
    expect(new RasterBitmap(4, 4).getContext().getTransform().isIdentity).to.equal(true);
  });
});
