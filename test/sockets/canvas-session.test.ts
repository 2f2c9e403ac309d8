import { mock } from 'node:test';
import { expect } from 'chai';
import { ANN, openCanvasSession, startCanvasSession, turn } from './canvas-fake.ts';
import { createCanvasChecker } from './canvas-messages.ts';

describe('a session at the canvas door', () => {
  const check = createCanvasChecker();
  // Rates and expiry are judged by the clock of the machine: it stands still.
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.now() }));
  afterEach(() => mock.timers.reset());

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
