import { once } from 'node:events';
import { expect } from 'chai';
import type { Subscriber } from '../../actors/door.ts';
import { frameText } from '../../http/sockets/frames.ts';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { factOf } from './facts.ts';
import { FakeDocument } from './fake-documents.ts';
import {
  Client,
  clientFrame,
  DOCUMENT_ID,
  type Harness,
  IMPATIENT,
  readToEnd,
  settle,
  startHarness,
  until,
} from './harness.ts';

const MIB = 1024 * 1024;

/** Commits until the socket of a stalled reader holds that many bytes or the reader is gone. */
async function commitUntil(harness: Harness, document: FakeDocument, done: () => boolean): Promise<void> {
  while (!done()) {
    document.commit(factOf('x'.repeat(200_000)));
    await settle(harness);
  }
}

describe('a socket', () => {
  let harness: Harness;
  let document: FakeDocument;
  beforeEach(async () => {
    harness = await startHarness();
    document = harness.documents.add(DOCUMENT_ID);
  });
  afterEach(async () => {
    await harness.close();
  });

  const restart = async (limits: Partial<SocketLimits>): Promise<void> => {
    await harness.close();
    harness = await startHarness({ limits });
    document = harness.documents.add(DOCUMENT_ID);
  };

  describe('of a slow reader', () => {
    it('is closed 1013 while the others hear everything', async () => {
      const [slow, quick] = [await harness.join(), await harness.join()];
      slow.ws.pause();
      await commitUntil(harness, document, () => document.subscribers.size === 1);
      const head = document.facts.length;
      await quick.hearSeq(head);
      expect(quick.seqs).to.deep.equal(Array.from({ length: head }, (_, index) => index + 1));
      slow.ws.resume();
      expect(await slow.closed).to.deep.equal({ code: 1013, reason: 'slow_reader' });
      expect(harness.rejected).to.deep.equal(['slow_reader']);
      expect(slow.seqs).to.deep.equal(Array.from({ length: slow.seqs.length }, (_, index) => index + 1));
    });

    it('is cut where it does not even read that it is closed', async () => {
      await restart(IMPATIENT);
      const slow = await harness.join();
      slow.ws.pause();
      await commitUntil(harness, document, () => document.subscribers.size === 0);
      await until(harness, () => harness.sockets.count() === 0);
    });

    it('gets all of a long replay, however slowly it reads', async () => {
      for (let index = 0; index < 100; index += 1) document.commit(factOf('y'.repeat(100_000)));
      const client = new Client(harness.url(`document_id=${DOCUMENT_ID}&last_seq=0`));
      await once(client.ws, 'open');
      client.ws.pause();
      await settle(harness);
      document.commit(factOf('live'));
      client.ws.resume();
      await client.hearSeq(101);
      expect(client.seqs).to.deep.equal(Array.from({ length: 101 }, (_, index) => index + 1));
      expect(harness.sockets.count()).to.equal(1);
    });

    it('gets one event that is larger than the budget, and what follows it', async () => {
      const client = await harness.join();
      client.ws.pause();
      document.commit(factOf('z'.repeat(8 * MIB)));
      document.commit(factOf('after'));
      client.ws.resume();
      await client.hearSeq(2);
      expect(client.seqs).to.deep.equal([1, 2]);
    });

    it('loses moves of cursors before it loses the connection', async () => {
      const [slow, mover] = [await harness.join(), await harness.join()];
      slow.ws.pause();
      let delivered = 0;
      const held = [...document.subscribers.values()][0] as Subscriber;
      const original = held.deliver.bind(held);
      held.deliver = (frames, droppable) => {
        delivered += frames.length;
        original(frames, droppable);
      };
      while (delivered < 64 * MIB) {
        document.setPresence([...document.subscribers.keys()][1] ?? held.connectionId, {
          selection: Array.from({ length: 100 }, () => 'i'.repeat(100)),
        });
      }
      mover.say({ type: 'ping' });
      await mover.hearType('pong');
      document.commit(factOf('fact'));
      slow.ws.resume();
      await slow.hearSeq(1);
      expect(slow.frames.length).to.be.lessThan(3_000);
    });
  });

  describe('that falls silent', () => {
    it('is pinged twice and then cut', async () => {
      const client = new Client(harness.url(), { autoPong: false });
      await client.hearType('welcome');
      let pings = 0;
      client.ws.on('ping', () => {
        pings += 1;
      });
      for (let beat = 0; beat < 2; beat += 1) {
        harness.clock.advance(30_000);
        await settle(harness);
      }
      expect(harness.sockets.count()).to.equal(1);
      harness.clock.advance(30_000);
      expect((await client.closed).code).to.equal(1006);
      expect(pings).to.equal(2);
      expect(document.subscribers.size).to.equal(0);
    });

    it('stays as long as it answers pings', async () => {
      const client = await harness.join();
      for (let beat = 0; beat < 10; beat += 1) {
        const pinged = once(client.ws, 'ping');
        harness.clock.advance(30_000);
        await pinged;
        await settle(harness);
      }
      expect(harness.sockets.count()).to.equal(1);
    });
  });

  describe('that reads a long replay', () => {
    it('is not cut for the pongs that are stuck behind it, as long as it takes some', async () => {
      for (let index = 0; index < 300; index += 1) document.commit(factOf('r'.repeat(100_000)));
      const socket = await harness.upgrade(`document_id=${DOCUMENT_ID}&last_seq=0`);
      let read = 0;
      for (let beat = 0; beat < 6; beat += 1) {
        harness.clock.advance(30_000);
        const enough = read + 4_000_000;
        while (read < enough) {
          const chunk = socket.read();
          if (chunk === null) await once(socket, 'readable');
          else read += chunk.length;
        }
        await settle(harness);
      }
      expect(harness.sockets.count()).to.equal(1);
      for (let beat = 0; beat < 4; beat += 1) {
        harness.clock.advance(30_000);
        await settle(harness);
      }
      expect(harness.sockets.count()).to.equal(0);
    });
  });

  describe('that sends too much', () => {
    it('is told so once, is not heard, and stays after a pause', async () => {
      await restart({ messageRate: { perSecond: 10, burst: 10, refusals: 100 } });
      const client = await harness.join();
      for (let ts = 1; ts <= 20; ts += 1) client.say({ type: 'ping', ts });
      await settle(harness);
      harness.clock.advance(2_000);
      client.say({ type: 'ping', ts: 99 });
      await client.hear((frame) => frame['ts'] === 99);
      expect(client.frames.filter(({ type }) => type === 'pong')).to.have.lengthOf(11);
      expect(client.frames.filter((frame) => frame['code'] === 'rate_limited')).to.have.lengthOf(1);
    });

    it('is closed 1013 where it goes on', async () => {
      const client = await harness.join();
      for (let count = 0; count < 3_500; count += 1) client.say('{"type":"ping"}');
      expect(await client.closed).to.deep.equal({ code: 1013, reason: 'rate_limited' });
      expect(document.subscribers.size).to.equal(0);
    });

    it('is closed 1013 where it floods with pings of the protocol', async () => {
      await restart(IMPATIENT);
      const socket = await harness.upgrade();
      socket.resume();
      for (let count = 0; count < 40; count += 1) {
        socket.write(Buffer.concat(Array.from({ length: 100 }, () => clientFrame(9, ''))));
        await settle(harness);
      }
      if (!socket.closed) await once(socket, 'close');
      await until(harness, () => harness.sockets.count() === 0);
    });
  });

  describe('that breaks the protocol', () => {
    beforeEach(() => restart(IMPATIENT));
    const endings: readonly [string, Buffer, number][] = [
      ['text that is not UTF-8', clientFrame(1, Uint8Array.of(0xc3, 0x28)), 1007],
      [
        'a message over 64 KiB',
        Buffer.concat([clientFrame(1, 'x'.repeat(65_000), false), clientFrame(0, 'x'.repeat(600))]),
        1009,
      ],
      ['a header that announces 2^62 bytes', Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0]), 1009],
      ['a frame without a mask', Buffer.from([0x81, 0x01, 0x20]), 1002],
      ['a reserved opcode', clientFrame(3, 'x'), 1002],
      ['a fragmented ping', clientFrame(9, 'x', false), 1002],
      ['a continuation of nothing', clientFrame(0, 'x'), 1002],
      ['a compressed frame', Buffer.from([0xc1, 0x80, 0, 0, 0, 0]), 1002],
      [
        'too many fragments',
        Buffer.concat(
          Array.from({ length: 300 }, (_, index) => clientFrame(index === 0 ? 1 : 0, 'x', false)),
        ),
        1008,
      ],
    ];
    for (const [what, bytes, code] of endings) {
      it(`by ${what} is closed ${code}`, async () => {
        const socket = await harness.upgrade();
        socket.write(bytes);
        const rest = await readToEnd(socket);
        const close = rest.subarray(rest.lastIndexOf(0x88));
        expect(close.readUInt16BE(2)).to.equal(code);
        expect(document.subscribers.size).to.equal(0);
      });
    }
  });

  it('answers a close with the same code and leaves the document', async () => {
    const client = await harness.join();
    client.ws.close(4321, 'bye');
    expect(await client.closed).to.deep.equal({ code: 4321, reason: 'bye' });
    await until(harness, () => document.subscribers.size === 0 && harness.sockets.count() === 0);
  });

  it('that is reset leaves the document', async () => {
    const socket = await harness.upgrade();
    socket.resetAndDestroy();
    await until(harness, () => document.subscribers.size === 0 && harness.sockets.count() === 0);
  });

  it('whose handler throws is closed 1011, and nobody else', async () => {
    const [first, second] = [await harness.join(), await harness.join()];
    document.touchPresence = () => {
      throw new Error('defect');
    };
    first.say({ type: 'ping' });
    expect(await first.closed).to.deep.equal({ code: 1011, reason: 'internal' });
    expect(harness.logged.some(({ msg }) => msg === 'socket handler failed')).to.equal(true);
    document.commit(factOf('still here'));
    await second.hearSeq(1);
  });

  it('whose session cannot start is cut, and counted out', async () => {
    await harness.close();
    harness = await startHarness({
      finder: {
        find: async () => new FakeDocument(DOCUMENT_ID as DocumentId),
      },
      newId: () => {
        throw new Error('no entropy');
      },
    });
    const client = new Client(harness.url());
    expect((await client.closed).code).to.equal(1006);
    expect(harness.logged.some(({ msg }) => msg === 'session failed to start')).to.equal(true);
    await until(harness, () => harness.connected() === 0);
  });

  it('whose document cannot be joined is closed 1011', async () => {
    document.join = () => {
      throw new Error('defect');
    };
    const client = new Client(harness.url());
    expect((await client.closed).code).to.equal(1011);
  });

  it('hears nothing after its close frame', async () => {
    await restart(IMPATIENT);
    const socket = await harness.upgrade();
    const [subscriber] = document.subscribers.values();
    subscriber?.close(4404, 'gone');
    subscriber?.deliver(frameText('late'), false);
    const rest = await readToEnd(socket);
    expect(rest.subarray(-8).toString('latin1')).to.equal('\x88\x06\x11\x34gone');
  });

  it('is closed with as much of a long reason as a frame holds', async () => {
    const client = await harness.join();
    const [subscriber] = document.subscribers.values();
    subscriber?.close(1013, 'ä'.repeat(100));
    expect(await client.closed).to.deep.equal({ code: 1013, reason: 'ä'.repeat(61) });
  });
});
