import { expect } from 'chai';
import { PaintRates } from '../../http/sockets/paint-rates.ts';
import type { OperationId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { ANN, openCanvasSession, startCanvasSession, turn } from './canvas-fake.ts';
import { createCanvasChecker, indexedPixels } from './canvas-messages.ts';

const LIMITS = {
  perUser: { pixelsPerSecond: 10, burst: 20 },
  perAddress: { pixelsPerSecond: 1_000, burst: 1_000 },
  connectionsPerAddress: 5,
};

describe('a session at the canvas door', () => {
  const check = createCanvasChecker();

  it('[CANVAS-30] shows the canvas first, and takes what came before that in its order', async () => {
    const { session, document, said, say, paint, reader } = startCanvasSession({ lastSeq: 4 });
    session.opened();
    expect(document.joins).to.deep.equal([4]);
    say({ type: 'heartbeat', ts: 1 });
    paint('a');
    paint('b', { x: 99, y: 0, color: 1 });
    await turn();
    expect(said).to.deep.equal([]);
    expect(document.asked).to.deep.equal([]);
    document.seq = 5;
    document.welcome({ changed: new Uint8Array(0) });
    await turn();
    expect(said.map(({ type }) => type)).to.deep.equal(['canvas:state', 'heartbeat', 'pixel:reject']);
    expect(document.asked.map(({ caller }) => caller.operationId)).to.deep.equal([`${ANN.userId}\na`]);
    expect(reader.catchUps[0]).to.equal(true);
  });

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

  it('[CANVAS-30] lets one without a session watch, and not paint', async () => {
    const { document, said, paint, say, refused } = await openCanvasSession({ session: undefined });
    paint('a');
    say({ type: 'heartbeat' });
    await turn();
    expect(said.map(({ type }) => type)).to.deep.equal(['pixel:reject', 'heartbeat']);
    expect(said[0]).to.deep.equal({ type: 'pixel:reject', id: 'a', reason: 'read_only' });
    expect(refused).to.deep.equal([{ reason: 'read_only', pixels: 1 }]);
    expect(document.asked).to.deep.equal([]);
    expect(document.subscriber).to.include({ userId: 'anonymous' });
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
    expect(said[0]).to.have.property('retryAfterMs').that.is.within(900, 1_000);
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

  it('gives paintings the stroke that is open, and only that', async () => {
    const { document, say, paint, said } = await openCanvasSession();
    const stroke = (what: string, strokeId: string) => say({ type: `pixel:stroke:${what}`, strokeId });
    paint('a');
    stroke('start', 's1');
    paint('b');
    paint('c');
    stroke('start', 's2');
    paint('d');
    stroke('end', 's1');
    paint('e');
    stroke('end', 's2');
    paint('f');
    await turn();
    expect(document.asked.map(({ command }) => command.strokeId)).to.deep.equal([
      undefined,
      's1',
      's1',
      's2',
      's2',
      undefined,
    ]);
    expect(said).to.deep.equal([
      {
        type: 'error',
        code: 'bad_message',
        message: 'This stroke is not the open one; what was painted stays.',
      },
    ]);
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

  it('[CANVAS-41] answers what is not understood with the field, and with the id where it has one', async () => {
    const { said, session, say, closed } = await openCanvasSession();
    session.text('{');
    say({ type: 'pixel:paint', id: 'a' });
    say({ type: 'pixel:update', id: 'a', x: 1 });
    say({ type: 'pixel:update', id: 'b', x: 1.5, y: 0, color: 1 });
    say({ type: 'pixel:update', id: 'c', pixels: Array.from({ length: 1_001 }, () => [0, 0, 1]) });
    say({ type: 'pixel:update', id: 'with space', x: 1, y: 1, color: 1 });
    say({ type: 'pixel:update', id: 'd', x: 1, y: 1, color: 1, opacity: 1 });
    say({ type: 'pixel:stroke:start', strokeId: '' });
    session.binary();
    expect(
      said.map((frame) => (frame.type === 'error' ? [frame.code, frame.id, frame.message] : frame)),
    ).to.deep.equal([
      ['bad_json', undefined, 'The frame is not JSON.'],
      [
        'bad_message',
        undefined,
        'type must be one of pixel:update, pixel:stroke:start, pixel:stroke:end, heartbeat.',
      ],
      ['bad_message', 'a', 'There must be x and y, or pixels.'],
      ['bad_message', 'b', 'x must be integer.'],
      ['bad_message', 'c', 'pixels must NOT have more than 1000 items.'],
      ['bad_message', undefined, 'id must match pattern "^[!-~]+$".'],
      ['bad_message', 'd', 'opacity is not a field of this message.'],
      ['bad_message', undefined, 'strokeId must NOT have fewer than 1 characters.'],
      ['bad_message', undefined, 'This door takes text frames only.'],
    ]);
    for (const frame of said) expect(check(frame)).to.equal('');
    expect(closed).to.deep.equal([]);
  });

  it('[CANVAS-41] shows out who says twenty times in a row what is not understood', async () => {
    const { session, closed, say, said } = await openCanvasSession();
    for (let n = 0; n < 19; n += 1) session.text('{');
    say({ type: 'heartbeat', ts: 5 });
    expect(said.at(-1)).to.include({ type: 'heartbeat', ts: 5 });
    for (let n = 0; n < 19; n += 1) session.binary();
    expect(closed).to.deep.equal([]);
    session.text('[]');
    expect(closed).to.deep.equal([{ code: 1008, reason: 'too many bad messages' }]);
  });

  it('[CANVAS-40] closes 4408 who says nothing for two heartbeats; any message counts', async () => {
    const { session, closed, clock } = await openCanvasSession();
    for (let n = 0; n < 5; n += 1) {
      clock.advance(20_000);
      session.text('not even JSON');
    }
    expect(closed).to.deep.equal([]);
    clock.advance(30_000);
    expect(closed).to.deep.equal([]);
    clock.advance(10_000);
    expect(closed[0]).to.deep.equal({ code: 4408, reason: 'heartbeat_missed' });
  });

  it('[CANVAS-40] closes 4401 when the session expires, and takes nothing more from then on', async () => {
    const soon = { ...ANN, expiresAt: Date.now() + 10_000 };
    const silent = await openCanvasSession({ session: soon });
    silent.clock.advance(9_000);
    expect(silent.closed).to.deep.equal([]);
    silent.clock.advance(6_000);
    expect(silent.closed[0]).to.deep.equal({ code: 4401, reason: 'token_expired' });
    const busy = await openCanvasSession({ session: { ...ANN, expiresAt: Date.now() + 11_000 } });
    busy.clock.advance(10_990);
    busy.clock.advance(11);
    busy.paint('a');
    await turn();
    expect(busy.closed[0]?.code).to.equal(4401);
    expect(busy.document.asked).to.deep.equal([]);
  });

  it('[CANVAS-36] counts itself while it is open, and leaves nothing behind', async () => {
    const { session, place, clock, document, counts, logged } = await openCanvasSession();
    expect(place.online).to.equal(1);
    session.ended();
    expect(place.online).to.equal(0);
    expect(document.subscriber).to.equal(undefined);
    expect(counts.ended).to.equal(1);
    clock.advance(2_000);
    expect(clock.timers).to.equal(0);
    expect(logged.map(({ msg }) => msg)).to.deep.equal(['joined', 'left']);
  });

  it('tells a flooding client that some was not read', async () => {
    const { session, said } = await openCanvasSession();
    session.rateLimited();
    expect(said[0]).to.include({ type: 'error', code: 'rate_limited' });
    expect(said[0] && check(said[0])).to.equal('');
  });
});

describe('a reader of a canvas that is behind', () => {
  const behind = async (limits = {}) => {
    const opened = await openCanvasSession({ limits: { behindBytes: 100, ...limits } });
    opened.document.seq = 3;
    opened.reader.waiting = 90;
    opened.paint('a', { pixels: Array.from({ length: 5 }, (_, n) => [n, 0, 1]) });
    await turn();
    await opened.document.commit();
    return opened;
  };

  it('[CANVAS-38] is told nothing more until it has taken what waits, then the difference and its acks', async () => {
    const { document, reader, said, paint } = await behind();
    expect(said).to.deep.equal([]);
    expect(document.subscriber, 'it has left').to.equal(undefined);
    // It may go on painting meanwhile.
    paint('b');
    await turn();
    await document.commit();
    expect(said).to.deep.equal([]);
    reader.waiting = 0;
    for (const then of reader.whenTaken) then();
    expect(document.joins).to.deep.equal([undefined, 0]);
    document.welcome({ changed: Uint8Array.of(0, 0, 0, 1) });
    await turn();
    expect(said.map((frame) => `${frame.type} ${'seq' in frame ? frame.seq : ''}`)).to.deep.equal([
      'canvas:state 5',
      'bulk 5',
      'pixel:ack 5',
    ]);
    expect(said[2]).to.have.deep.property('ids', ['a', 'b']);
    expect(reader.catchUps.at(-2)).to.equal(true);
    // Live again.
    paint('c');
    await turn();
    await document.commit();
    expect(said.slice(3).map(({ type }) => type)).to.deep.equal(['pixel:ack', 'bulk']);
  });

  it('[CANVAS-38] goes on after the last event that it was told', async () => {
    const { document, reader, paint } = await openCanvasSession({ limits: { behindBytes: 100 } });
    for (const id of ['a', 'b']) {
      paint(id);
      await turn();
      await document.commit();
    }
    reader.waiting = 99;
    paint('c');
    await turn();
    await document.commit();
    for (const then of reader.whenTaken) then();
    expect(document.joins).to.deep.equal([undefined, 2]);
  });

  it('[CANVAS-38] is closed 1013 only where it takes nothing for a minute', async () => {
    const { clock, reader, closed, say, rejected, session } = await behind();
    const half = (): void => {
      clock.advance(30_000);
      say({ type: 'heartbeat' });
    };
    for (let n = 0; n < 6; n += 1) {
      half();
      reader.taken += 1;
    }
    expect(closed).to.deep.equal([]);
    half();
    expect(closed).to.deep.equal([]);
    half();
    clock.advance(5_000);
    expect(closed[0]).to.deep.equal({ code: 1013, reason: 'slow_reader' });
    expect(rejected).to.deep.equal(['slow_reader']);
    session.ended();
    for (const then of reader.whenTaken) then();
  });

  it('takes one frame of any size that nothing waits before', async () => {
    const { document, reader, said, paint } = await openCanvasSession({ limits: { behindBytes: 10 } });
    paint('a', { pixels: Array.from({ length: 30 }, (_, n) => [n % 10, Math.floor(n / 10), 1]) });
    await turn();
    await document.commit();
    expect(said.map(({ type }) => type)).to.deep.equal(['pixel:ack', 'bulk']);
    expect(reader.whenTaken).to.deep.equal([]);
  });
});
