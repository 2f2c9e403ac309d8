import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { CanvasClient } from './canvas-client.ts';
import { type CanvasHarness, GENEROUS, startCanvasHarness } from './canvas-harness.ts';
import { closeUnharmed } from './door-server.ts';
import { clientFrame, handshakeText, readUntil } from './harness.ts';

async function knock(harness: CanvasHarness, path: string): Promise<{ socket: Socket; status: number }> {
  const socket = connect(harness.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(handshakeText(path));
  const head = await readUntil(socket, '\r\n\r\n');
  socket.resume();
  return { socket, status: Number(head.split(' ')[1]) };
}

describe('a hostile client of a canvas', () => {
  let harness: CanvasHarness;
  before(async () => {
    harness = await startCanvasHarness();
  });
  after(() => closeUnharmed(harness));

  it('[CANVAS-35] that opens 500 sockets at once has as many as its address may; the others are refused with 429', async () => {
    const own = await startCanvasHarness();
    const id = await own.create({ rateLimits: { ...GENEROUS, connectionsPerAddress: 50 } });
    const other = await own.create();
    const ann = await own.join(id, 'Ann');
    const knocks = await Promise.all(Array.from({ length: 500 }, () => knock(own, `/v1/ws/canvases/${id}`)));
    const statuses = knocks.map(({ status }) => status);
    expect(statuses.filter((status) => status === 101)).to.have.lengthOf(49);
    expect(statuses.filter((status) => status === 429)).to.have.lengthOf(451);
    expect(own.rejected.filter((code) => code === 'rate_limited')).to.have.lengthOf(451);
    const { status, headers, body } = await new CanvasClient(own.url(id)).refused;
    expect(status).to.equal(429);
    expect(headers).to.include({ 'retry-after': '5' });
    expect(body).to.include({ code: 'rate_limited' });
    // Who is there is not troubled, and another canvas has room.
    ann.paint('a', [1, 1, 1]);
    await ann.acked('a');
    (await own.join(other, 'Ann')).drop();
    // A place is free as soon as its socket is gone.
    for (const { socket } of knocks) socket.destroy();
    while (own.sockets.count() > 2) await ann.settled();
    (await own.join(id, 'Bob')).drop();
    await own.close();
  }).timeout(120_000);

  it('[CANVAS-35] is counted by what the trusted proxy says, and frees its place when a handshake breaks off', async () => {
    const own = await startCanvasHarness({ trustedProxies: 1 });
    const id = await own.create({ rateLimits: { ...GENEROUS, connectionsPerAddress: 1 } });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const first = await own.join(id, undefined, '', from('198.51.100.1, 192.0.2.1'));
    // What stands before the proxy's own entry is the caller's tale.
    const again = new CanvasClient(own.url(id), from('198.51.100.2, 192.0.2.1'));
    expect((await again.refused).status).to.equal(429);
    const ipv6 = await own.join(id, undefined, '', from('2001:db8::1'));
    const neighbour = new CanvasClient(own.url(id), from('2001:db8::2'));
    expect((await neighbour.refused).status).to.equal(429);
    for (let n = 0; n < 20; n += 1) {
      const socket = connect(own.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(handshakeText(`/v1/ws/canvases/${id}`, { 'X-Forwarded-For': '192.0.2.9' }));
      socket.resetAndDestroy();
    }
    await first.settled();
    while (own.sockets.count() > 2) await first.settled();
    (await own.join(id, undefined, '', from('192.0.2.9'))).drop();
    first.drop();
    ipv6.drop();
    await own.close();
  });

  it('[CANVAS-41] that paints without end is rejected with a time, and others are acknowledged meanwhile', async () => {
    const id = await harness.create({
      rateLimits: { ...GENEROUS, perUser: { pixelsPerSecond: 20, burst: 200 } },
    });
    const [eve, bob, carol] = await Promise.all([
      harness.join(id, 'Eve'),
      harness.join(id, 'Bob'),
      harness.join(id, 'Carol'),
    ]);
    const pixels = Array.from({ length: 100 }, (_, n) => [n % 20, n % 10, 1] as const);
    for (let n = 0; n < 1_500; n += 1) eve.paint(`${n}`, ...pixels);
    bob.paint('bob', [6, 5, 9]); // where Eve does not paint
    await bob.acked('bob');
    await carol.until(({ colors }) => colors?.[5 * 20 + 6] === 9);
    await eve.until(() => eve.rejected.length + eve.ackedIds.length === 1_500);
    expect(eve.ackedIds.length).to.be.within(2, 30);
    for (const reject of eve.of('pixel:reject')) {
      expect(reject.reason).to.equal('rate_limited');
      expect(reject.retryAfterMs).to.be.within(1, 5_000);
    }
    const { seq } = await harness.bitmap(id);
    expect(seq).to.equal(2 + eve.ackedIds.length);
    for (const client of [eve, bob, carol]) client.drop();
  });

  it('[CANVAS-41] that sends far too much at once is closed 1009, too many messages 1013; the canvas goes on', async () => {
    const id = await harness.create();
    const [eve, mallory, bob] = await Promise.all([
      harness.join(id, 'Eve'),
      harness.join(id, 'Mallory'),
      harness.join(id, 'Bob'),
    ]);
    eve.say('x'.repeat(64 * 1024 + 1));
    expect((await eve.closed).code).to.equal(1009);
    for (let n = 0; n < 10_000; n += 1) mallory.say({ type: 'heartbeat', ts: n });
    expect((await mallory.closed).code).to.equal(1013);
    bob.paint('bob', [1, 1, 1]);
    await bob.acked('bob');
    bob.drop();
  });

  it('[CANVAS-38] that floods without reading is bounded', async () => {
    const own = await startCanvasHarness({
      socketLimits: { messageRate: { perSecond: 1_000_000, burst: 1_000_000, refusals: 1 } },
    });
    const id = await own.create();
    const bob = await own.join(id, 'Bob');
    const { socket } = await knock(own, `/v1/ws/canvases/${id}`);
    socket.pause();
    const flood = Buffer.concat(
      Array.from({ length: 500 }, (_, n) =>
        clientFrame(
          1,
          JSON.stringify({ type: 'pixel:update', id: `${n}`.padEnd(64, '-'), x: 1, y: 1, color: 1 }),
        ),
      ),
    );
    // It is told of each that it may not; when too much of that waits, it is closed.
    for (let n = 0; n < 400 && !own.rejected.includes('slow_reader'); n += 1) {
      socket.write(flood);
      await bob.settled();
    }
    expect(own.rejected).to.include('slow_reader');
    socket.destroy();
    bob.paint('bob', [1, 1, 1]);
    await bob.acked('bob');
    await own.close();
  }).timeout(120_000);
});
