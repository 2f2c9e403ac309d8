import { mock } from 'node:test';
import { expect } from 'chai';
import { PaintRates } from '../../http/sockets/paint-rates.ts';
import type { OperationId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { ANN, openCanvasSession, turn } from './canvas-fake.ts';
import { createCanvasChecker, indexedPixels } from './canvas-messages.ts';

const LIMITS = {
  perUser: { pixelsPerSecond: 10, burst: 20 },
  perAddress: { pixelsPerSecond: 1_000, burst: 1_000 },
  connectionsPerAddress: 5,
};

describe('a session at the canvas door', () => {
  const check = createCanvasChecker();
  // Rates and expiry are judged by the clock of the machine: it stands still.
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.now() }));
  afterEach(() => mock.timers.reset());

  it('[CANVAS-32] paints in its name, and acknowledges what is durable just before the pixels', async () => {
    const { document, said, paint, counts, logged } = await openCanvasSession();
    paint('a', {
      pixels: [
        [1, 1, 1],
        [2, 1, '#898d90'],
      ],
      clientTimestamp: 1,
    });
    await turn();
    const [asked] = document.asked;
    expect(asked?.caller).to.deep.equal({
      by: ANN.userId,
      operationId: `${ANN.userId}\na`,
      connectionId: document.subscriber?.connectionId,
    });
    expect(asked?.command).to.include({ type: 'canvas.paint', name: 'Ann' });
    expect(asked?.command).to.not.have.property('strokeId');
    expect(asked && indexedPixels(asked.command.pixels)).to.deep.equal([
      [11, 1],
      [12, 2],
    ]);
    expect(said).to.deep.equal([]);
    await document.commit();
    expect(said).to.deep.equal([
      { type: 'pixel:ack', ids: ['a'], seq: 1 },
      {
        type: 'bulk',
        seq: 1,
        pixels: [
          [11, 1],
          [12, 2],
        ],
      },
    ]);
    expect(counts.painted).to.equal(2);
    const line = logged.find(({ msg }) => msg === 'painted');
    expect(line).to.include({
      operation_id: 'a',
      seq: 1,
      pixels: 2,
      user: ANN.userId,
      document_id: document.id,
    });
    expect(line).to.have.property('ms');
  });

  it('[CANVAS-32] acknowledges what was painted before with its old seq, and does not count it again', async () => {
    const { document, said, paint, counts } = await openCanvasSession({ seq: 9 });
    paint('a');
    await turn();
    await document.repeat(4);
    expect(counts.painted).to.equal(0);
    expect(said).to.deep.equal([{ type: 'pixel:ack', ids: ['a'], seq: 4 }]);
  });

  it('[CANVAS-32] acknowledges what was painted before whatever its painter has left, and takes nothing for it', async () => {
    const { document, said, paint, refused } = await openCanvasSession({
      seq: 9,
      canvas: { rateLimits: LIMITS },
    });
    const pixels = Array.from({ length: 20 }, (_, n) => [n % 10, 0, 1]);
    const done = ['a', 'b', 'c'];
    for (const id of done) document.done.add(`${ANN.userId}\n${id}` as OperationId);
    // The first is within the rate, the second is not, the colour of the third has left the palette.
    paint('a', { pixels });
    paint('b', { pixels });
    paint('c', { x: 0, y: 0, color: '#123456' });
    await turn();
    expect(document.asked).to.have.lengthOf(3);
    for (const seq of [4, 5, 6]) await document.repeat(seq);
    expect(said.map(({ type }) => type)).to.deep.equal(['pixel:ack', 'pixel:ack', 'pixel:ack']);
    expect(said.flatMap((frame) => ('ids' in frame ? frame.ids : []))).to.have.members(done);
    expect(refused).to.deep.equal([]);
    paint('d', { pixels });
    await turn();
    expect(document.asked.map(({ caller }) => caller.operationId)).to.deep.equal([`${ANN.userId}\nd`]);
  });

  it('[CANVAS-32] rejects with the reason and the first pixel that offends, and counts it', async () => {
    const { document, said, paint, refused, rejected, logged } = await openCanvasSession();
    paint('out', {
      pixels: [
        [0, 0, 1],
        [10, 0, 1],
      ],
    });
    paint('color', { x: 3, y: 1, color: 8 });
    paint('locked', { x: 2, y: 2, color: 1 });
    paint('archived', { x: 2, y: 2, color: 1 });
    await turn();
    await document.refuse(new Problem('locked', '(2, 2) is locked.', { extra: { x: 2, y: 2 } }));
    await document.refuse(new Problem('read_only', 'The canvas is archived.'));
    expect(said).to.deep.equal([
      { type: 'pixel:reject', id: 'out', reason: 'out_of_bounds', at: [10, 0] },
      { type: 'pixel:reject', id: 'color', reason: 'bad_color', at: [3, 1] },
      { type: 'pixel:reject', id: 'locked', reason: 'locked', at: [2, 2] },
      { type: 'pixel:reject', id: 'archived', reason: 'read_only' },
    ]);
    for (const frame of said) expect(check(frame)).to.equal('');
    expect(refused).to.deep.equal([
      { reason: 'out_of_bounds', pixels: 2 },
      { reason: 'bad_color', pixels: 1 },
      { reason: 'locked', pixels: 1 },
      { reason: 'read_only', pixels: 1 },
    ]);
    expect(rejected).to.deep.equal(['out_of_bounds', 'bad_color', 'locked', 'read_only']);
    expect(logged.filter(({ msg }) => msg === 'refused').map(({ code }) => code)).to.deep.equal(rejected);
  });

  it('asks to send again what nobody knows the fate of, or what the canvas has no time for', async () => {
    const { document, said, paint, closed, logged, rejected } = await openCanvasSession();
    for (const id of ['a', 'b', 'c']) paint(id);
    await turn();
    await document.fail(new Problem('overloaded', 'Too much.'));
    await document.fail(new Problem('unavailable', 'No answer.'));
    await document.fail(new TypeError('a defect'));
    expect(
      said.map((frame) => (frame.type === 'error' ? `${frame.code} ${frame.id}` : frame.type)),
    ).to.deep.equal(['overloaded a', 'unavailable b', 'unavailable c']);
    for (const frame of said) {
      expect(check(frame)).to.equal('');
      expect(JSON.stringify(frame)).to.not.contain('defect');
    }
    expect(closed).to.deep.equal([]);
    expect(rejected).to.deep.equal(['overloaded', 'unavailable', 'unavailable']);
    expect(logged.filter(({ level }) => level >= 50)).to.have.lengthOf(1);
    // The same message again is acknowledged once it is done.
    paint('b');
    await turn();
    await document.commit();
    expect(said.slice(3).map(({ type }) => type)).to.deep.equal(['pixel:ack', 'bulk']);
  });

  it('[CANVAS-33] takes once for what is repeated at once', async () => {
    const { document, paint, said } = await openCanvasSession({ canvas: { rateLimits: LIMITS } });
    const pixels = Array.from({ length: 10 }, (_, n) => [n, 0, 1]);
    paint('a', { pixels });
    paint('a', { pixels });
    await turn();
    await document.commit();
    await document.repeat(1);
    paint('b', { pixels });
    paint('c', { x: 0, y: 0, color: 1 });
    await turn();
    expect(document.asked.map(({ caller }) => caller.operationId)).to.deep.equal([`${ANN.userId}\nb`]);
    expect(said.at(-1)).to.include({ type: 'pixel:reject', id: 'c', reason: 'rate_limited' });
  });

  it('[CANVAS-33] takes for what the canvas refuses, also where another of its name is painted right after it', async () => {
    const { document, paint, said, counts } = await openCanvasSession({ canvas: { rateLimits: LIMITS } });
    const pixels = Array.from({ length: 10 }, (_, n) => [n, 0, 1]);
    paint('a', { pixels });
    paint('a', { pixels });
    await turn();
    await document.refuse(new Problem('locked', 'It is locked.', { extra: { x: 0, y: 0 } }));
    await document.commit();
    expect(counts.painted).to.equal(10);
    paint('b', { x: 0, y: 0, color: 1 });
    await turn();
    expect(said.at(-1)).to.include({ type: 'pixel:reject', id: 'b', reason: 'rate_limited' });
  });

  it('[CANVAS-33] rejects a batch over what is left whole, and lets others of the rate be', async () => {
    const rates = new PaintRates();
    const pixels = Array.from({ length: 15 }, (_, n) => [n % 10, 0, 1]);
    const { document, said, paint, refused } = await openCanvasSession({
      canvas: { rateLimits: LIMITS },
      rates,
    });
    paint('a', { pixels });
    paint('b', { pixels });
    paint('c', { pixels: pixels.slice(0, 5) });
    paint('d', { pixels: [...pixels, ...pixels] });
    await turn();
    expect(document.asked.map(({ command }) => command.pixels.length / 4)).to.deep.equal([15, 5]);
    expect(said).to.have.lengthOf(2);
    expect(said[0]).to.include({ type: 'pixel:reject', id: 'b', reason: 'rate_limited' });
    expect(said[0]).to.have.property('retryAfterMs', 1_000);
    // More than the burst never fits.
    expect(said[1]).to.deep.equal({ type: 'pixel:reject', id: 'd', reason: 'rate_limited' });
    expect(refused).to.deep.equal([
      { reason: 'rate_limited', pixels: 15 },
      { reason: 'rate_limited', pixels: 30 },
    ]);
    const other = await openCanvasSession({
      canvas: { rateLimits: LIMITS },
      rates,
      session: { ...ANN, userId: '33333333-3333-4333-8333-333333333333' as typeof ANN.userId },
    });
    other.paint('a', { pixels });
    await turn();
    expect(other.document.asked).to.have.lengthOf(1);
  });

  it('[CANVAS-33] holds rates that a moderator has changed from the next message on', async () => {
    const { document, place, paint, said } = await openCanvasSession();
    place.learn(5, { ...place.canvas, rateLimits: { ...LIMITS, perUser: { pixelsPerSecond: 1, burst: 1 } } });
    paint('a');
    paint('b');
    await turn();
    expect(document.asked).to.have.lengthOf(1);
    expect(said[0]).to.include({ id: 'b', reason: 'rate_limited' });
  });
});
