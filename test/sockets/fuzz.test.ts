import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { factOf } from './facts.ts';
import { clientFrame, DOCUMENT_ID, type Harness, settle, startHarness } from './harness.ts';

const SEEDS = 500;

/** Mulberry32: the same rubbish for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function rubbish(random: () => number): Buffer {
  const below = (limit: number): number => Math.floor(random() * limit);
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => below(256)));
  switch (below(8)) {
    case 0: // anything
      return bytes(1 + below(2_000));
    case 1: // no mask
      return Buffer.concat([Buffer.from([0x80 | below(16), below(126)]), bytes(below(200))]);
    case 2: // a length that never comes
      return Buffer.concat([Buffer.from([0x81, 0xff]), bytes(8), bytes(below(100))]);
    case 3: // well framed bytes under any opcode
      return clientFrame(below(16), bytes(below(2_000)), random() < 0.7);
    case 4: // a close with any body
      return clientFrame(8, bytes(below(125)));
    case 5: // reserved bits
      return Buffer.concat([Buffer.from([below(256), 0x80 | below(126)]), bytes(4 + below(130))]);
    case 6: // almost a message
      return clientFrame(1, '{"type":"presence","cursor":{"x":1,"y":2}}'.slice(0, below(43)));
    default: // many tiny things
      return Buffer.concat(
        Array.from({ length: below(50) }, () => clientFrame(below(2) === 0 ? 1 : 9, bytes(below(4)))),
      );
  }
}

async function ended(socket: Socket): Promise<void> {
  socket.destroy();
  if (!socket.closed) await once(socket, 'close');
}

describe('rubbish on a socket', () => {
  let harness: Harness;
  before(async () => {
    harness = await startHarness();
  });
  after(async () => {
    await harness.close();
  });

  it(`of ${SEEDS} kinds harms nobody: no crash, no defect, no leak, and another socket hears everything`, async () => {
    const document = harness.documents.add(DOCUMENT_ID);
    const witness = await harness.join();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const random = randomOf(seed);
      const socket = await harness.upgrade();
      socket.resume();
      const writes = 1 + Math.floor(random() * 4);
      for (let count = 0; count < writes; count += 1) {
        socket.write(rubbish(random));
        if (random() < 0.3) await settle(harness);
      }
      document.commit(factOf(`seed ${seed}`));
      await ended(socket);
    }
    await witness.hearSeq(SEEDS);
    expect(witness.seqs).to.deep.equal(Array.from({ length: SEEDS }, (_, index) => index + 1));
    expect(harness.logged.filter(({ level }) => level >= 50)).to.deep.equal([]);
    while (harness.sockets.count() > 1) await settle(harness);
    expect(document.subscribers.size).to.equal(1);
    expect(harness.connected()).to.equal(1);
  }).timeout(120_000);

  it('instead of a handshake harms nobody', async () => {
    harness.documents.add(DOCUMENT_ID);
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = randomOf(seed);
      const socket = await harness.dial();
      socket.write('GET /v1/realtime HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n');
      socket.write(rubbish(random));
      socket.write('\r\n\r\n');
      await settle(harness);
      await ended(socket);
    }
    const witness = await harness.join();
    witness.say({ type: 'ping' });
    await witness.hearType('pong');
  });
});
