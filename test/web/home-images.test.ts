import { expect } from 'chai';
import { boardNameOf, formatOf, MAX_IMAGE_BYTES, tooLarge } from '../../web/home/image-file.ts';
import { inTurns } from '../../web/home/in-turns.ts';
import { previewScale, snapshotScale } from '../../web/home/thumbnail-scale.ts';

describe('images that become boards', () => {
  it('are known by their first bytes', () => {
    expect(formatOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).to.equal('png');
    expect(formatOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).to.equal('jpeg');
    expect(formatOf(new Uint8Array([0x52, 0x49, 0x46, 0x46]))).to.equal(undefined);
    expect(formatOf(new Uint8Array())).to.equal(undefined);
  });

  it('may have twenty megabytes', () => {
    expect(tooLarge(MAX_IMAGE_BYTES)).to.equal(undefined);
    expect(tooLarge(MAX_IMAGE_BYTES + 1_000_000)).to.match(/^It has 21\.0 MB, .* at most 20 MB\.$/);
  });

  it('give the board their name', () => {
    expect(boardNameOf('harbour plan.v2.png')).to.equal('harbour plan.v2');
    expect(boardNameOf('image.png')).to.equal('Pasted image');
    expect(boardNameOf('.png')).to.equal('Pasted image');
    expect([...boardNameOf(`${'🚢'.repeat(300)}.jpg`)]).to.have.length(256);
  });
});

describe('thumbnails', () => {
  it('have as many pixels as a card shows, and never more than there are', () => {
    expect(previewScale(undefined)).to.equal(0.25);
    expect(previewScale({ width: 1040, height: 10 })).to.equal(0.5);
    expect(previewScale({ width: 100, height: 100 })).to.equal(1);
    expect(previewScale({ width: 100_000, height: 1 })).to.equal(0.01);
    expect(snapshotScale({ width: 900, height: 900 })).to.equal(0.578);
    expect(snapshotScale({ width: 32, height: 32 })).to.equal(1);
  });
});

describe('work in turns', () => {
  it('does all, at most so many at once, and tells the first failure', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      done.push(item);
      running -= 1;
    });
    expect(done).to.have.members([1, 2, 3, 4, 5, 6, 7]);
    expect(most).to.equal(3);
    const failed = await inTurns([1], 2, () => Promise.reject(new Error('no'))).catch(String);
    expect(failed).to.equal('Error: no');
  });
});
