import { expect } from 'chai';
import { DecodedImages } from '../../render/decoded-images.ts';

/** Counts what it decodes: a "picture" of as many pixels as its first byte says, all of its second byte. */
function counted(maxBytes: number): { images: DecodedImages; decoded: number[] } {
  const decoded: number[] = [];
  const images = new DecodedImages(async ([width = 0, value = 0]) => {
    decoded.push(value);
    return { width, height: 1, data: new Uint8Array(width * 4).fill(value) };
  }, maxBytes);
  return { images, decoded };
}

describe('render/decoded-images', () => {
  it('decodes the same bytes once', async () => {
    const { images, decoded } = counted(1000);
    const first = await images.get(Uint8Array.of(3, 7));
    expect(await images.get(Uint8Array.of(3, 7))).to.deep.equal(first);
    expect(decoded).to.deep.equal([7]);
  });

  it('gives away copies, so that painting on one spoils nothing', async () => {
    const { images } = counted(1000);
    for (let time = 0; time < 3; time++) {
      const { data } = await images.get(Uint8Array.of(3, 7));
      expect(data[0]).to.equal(7);
      data.fill(99);
    }
  });

  it('forgets what was used longest ago when its room is full', async () => {
    const { images, decoded } = counted(100);
    for (const value of [1, 2, 1, 3, 1, 2]) await images.get(Uint8Array.of(10, value));
    expect(decoded).to.deep.equal([1, 2, 3, 2]);
  });

  it('keeps nothing that takes more than half of its room', async () => {
    const { images, decoded } = counted(100);
    for (const value of [1, 1]) await images.get(Uint8Array.of(13, value));
    expect(decoded).to.deep.equal([1, 1]);
  });

  it('remembers no failure', async () => {
    let calls = 0;
    const images = new DecodedImages(async () => {
      calls += 1;
      throw new Error('broken');
    }, 100);
    for (let time = 0; time < 2; time++) await images.get(Uint8Array.of(1)).catch(() => {});
    expect(calls).to.equal(2);
  });
});
