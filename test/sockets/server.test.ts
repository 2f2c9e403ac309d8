import { expect } from 'chai';
import { Client, DOCUMENT_ID, type Harness, IMPATIENT, settle, startHarness } from './harness.ts';

describe('the socket server', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
    harness.documents.add(DOCUMENT_ID);
  });
  afterEach(async () => {
    await harness.close();
  });

  it('closes all sockets 1001 when it stops, and then refuses new ones', async () => {
    const clients = [await harness.join(), await harness.join()];
    expect(harness.sockets.count()).to.equal(2);
    const closing = harness.sockets.close();
    for (const client of clients) {
      expect(await client.closed).to.deep.equal({ code: 1001, reason: 'stopping' });
    }
    await closing;
    expect(harness.sockets.count()).to.equal(0);
    expect(harness.clock.timers).to.equal(0);
    const response = await fetch(`http://127.0.0.1:${harness.port}/v1/realtime`);
    expect(response.status).to.equal(404);
    expect((await new Client(harness.url()).closed).code).to.equal(1006);
  });

  it('cuts sockets that do not answer its close', async () => {
    await harness.close();
    harness = await startHarness({ limits: IMPATIENT });
    harness.documents.add(DOCUMENT_ID);
    const socket = await harness.upgrade();
    socket.pause();
    await harness.sockets.close();
    expect(harness.sockets.count()).to.equal(0);
  });

  it('stops once, however often it is told to', async () => {
    await harness.join();
    expect(harness.sockets.close()).to.equal(harness.sockets.close());
    await harness.sockets.close();
  });

  it('pings its sockets in turns: each every 30 s, not all at once', async () => {
    const clients = await Promise.all(Array.from({ length: 60 }, () => harness.join()));
    const pinged: number[] = clients.map(() => 0);
    for (const [index, client] of clients.entries()) {
      client.ws.on('ping', () => {
        pinged[index] = (pinged[index] ?? 0) + 1;
      });
    }
    harness.clock.advance(1_000);
    await settle(harness);
    await settle(harness);
    expect(pinged.filter((count) => count > 0)).to.have.lengthOf(2);
    harness.clock.advance(29_000);
    await settle(harness);
    await settle(harness);
    expect(new Set(pinged)).to.deep.equal(new Set([1]));
  });
});
