import { expect } from 'chai';
import { painterName } from '../../web/canvas/live/painter-name.ts';
import { auditWords } from '../../web/canvas/moderate/audit-words.ts';
import { localTime, type RewindForm, rewindRequest } from '../../web/canvas/moderate/rewind-request.ts';
import { refusalWords } from '../../web/canvas/paint/refusal-words.ts';
import { cellWords, painterWords } from '../../web/canvas/view/cell-words.ts';
import { DirtyTiles } from '../../web/canvas/view/dirty-tiles.ts';

const NOW = Date.parse('2024-05-01T12:00:00Z');

describe('the words of a pixel canvas', () => {
  it('say why something was not painted', () => {
    const refusal = { message: 'the server said so' };
    expect(refusalWords({ ...refusal, code: 'locked', at: [3, 4] }, 'Art jam')).to.deep.include({
      title: 'Locked at 3, 4',
      detail: 'Art jam',
    });
    expect(refusalWords({ ...refusal, code: 'rate_limited', retryAfterMs: 2_100 })?.detail).to.equal(
      'Room for more in 3 s.',
    );
    expect(refusalWords({ ...refusal, code: 'rate_limited' })?.title).to.equal('Too many pixels at once');
    expect(refusalWords({ ...refusal, code: 'unavailable' })?.detail).to.equal('the server said so');
    expect(refusalWords({ ...refusal, code: 'left' })).to.equal(undefined);
  });

  it('say who painted a pixel and when', () => {
    const ann = { userId: 'u', name: 'Ann', paintedAt: '2024-05-01T11:57:00Z' };
    expect(painterWords(ann, NOW)).to.equal('Ann, 3 min ago');
    expect(painterWords({ userId: null, name: null, paintedAt: null }, NOW)).to.equal('Never painted');
    expect(cellWords({ x: 1, y: 2 }, 'Red', undefined, 'Ann, just now')).to.equal('1, 2, Red, Ann, just now');
  });

  it('say what moderators did', () => {
    const region = { x: 1, y: 2, width: 30, height: 40 };
    expect(auditWords({ action: 'lock', details: region })).to.equal('Locked 30 × 40 pixels at 1, 2');
    expect(auditWords({ action: 'rewind', details: { pixels: 4120, to: 7 } })).to.equal(
      'Put back 4,120 pixels to event 7',
    );
    expect(auditWords({ action: 'unlock', details: {} })).to.equal('Unlocked a region');
  });
});

describe('the name of a painter', () => {
  it('is what a session takes: no control characters, no more than 64, no space at the ends', () => {
    expect(painterName('  Ann\u0007 Lee ')).to.equal('Ann  Lee');
    expect(painterName('🦦'.repeat(70))).to.equal('🦦'.repeat(64));
    expect(painterName(`${'x'.repeat(63)} y`)).to.equal('x'.repeat(63));
    expect(painterName(' \n ')).to.equal(undefined);
  });
});

describe('what a moderator fills in for a rewind', () => {
  const form: RewindForm = {
    to: 'event',
    time: '',
    seq: 12,
    scope: 'all',
    region: undefined,
    user: undefined,
    reason: '',
  };

  it('becomes what the server is asked', () => {
    const region = { x: 1, y: 2, width: 3, height: 4 };
    const user = { userId: 'u', name: 'Ann' };
    expect(rewindRequest(form)).to.deep.equal({ seq: 12 });
    expect(rewindRequest({ ...form, scope: 'region', region, reason: 'Spam' })).to.deep.equal({
      seq: 12,
      region,
      reason: 'Spam',
    });
    expect(rewindRequest({ ...form, scope: 'user', region, user })).to.deep.equal({ seq: 12, userId: 'u' });
    expect(rewindRequest({ ...form, to: 'time', time: localTime(NOW) })).to.deep.equal({
      at: new Date(NOW).toISOString(),
    });
  });

  it('says what is missing', () => {
    expect(rewindRequest({ ...form, seq: 0 })).to.match(/numbers/);
    expect(rewindRequest({ ...form, to: 'time', time: 'soon' })).to.match(/which time/);
    expect(rewindRequest({ ...form, scope: 'region' })).to.match(/Drag/);
    expect(rewindRequest({ ...form, scope: 'user' })).to.match(/Pick/);
  });
});

describe('what of a picture has to be coloured again', () => {
  const all = (tiles: DirtyTiles) => {
    const rects = [];
    for (let rect = tiles.take(); rect !== undefined; rect = tiles.take()) rects.push(rect);
    return rects;
  };

  it('is one rectangle a tile, around all that changed in it', () => {
    const tiles = new DirtyTiles();
    tiles.add({ x: 1, y: 1, width: 1, height: 1 });
    tiles.add({ x: 10, y: 4, width: 2, height: 2 });
    tiles.add({ x: 300, y: 0, width: 1, height: 1 });
    expect(all(tiles)).to.deep.equal([
      { x: 1, y: 1, width: 11, height: 5 },
      { x: 300, y: 0, width: 1, height: 1 },
    ]);
    expect(tiles.isEmpty).to.equal(true);
  });

  it('is cut at tiles, so that a part of it can be done', () => {
    const tiles = new DirtyTiles();
    tiles.add({ x: 250, y: 500, width: 20, height: 30 });
    expect(all(tiles)).to.deep.equal([
      { x: 250, y: 500, width: 6, height: 12 },
      { x: 256, y: 500, width: 14, height: 12 },
      { x: 250, y: 512, width: 6, height: 18 },
      { x: 256, y: 512, width: 14, height: 18 },
    ]);
  });
});
