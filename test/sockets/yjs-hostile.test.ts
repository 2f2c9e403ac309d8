import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { ROOM_LIMITS } from '../../http/sockets/room-limits.ts';
import type { AnnotationQuery } from '../../protocol/annotation-messages.ts';
import type { Annotation, Page } from '../../protocol/entities.ts';
import { boxFields } from '../helpers/annotation-yjs-client.ts';
import { closeUnharmed } from './door-server.ts';
import { handshakeText, readUntil } from './harness.ts';
import { mangledUpdates } from './mangled-updates.ts';
import { yBox } from './room-client.ts';
import { awareness, startYjsHarness, sync, type YjsHarness, type YjsSocket } from './yjs-harness.ts';

const MIB = 1024 * 1024;
const SEEDS = 60;

const entriesOf = ({ doc }: YjsSocket): Y.Map<unknown> => doc.getMap('annotations');

/** Draws a box and sends it. @returns its id */
function draw(socket: YjsSocket): string {
  const id = randomUUID();
  socket.say(
    sync(
      2,
      socket.edit(() => entriesOf(socket).set(id, yBox())),
    ),
  );
  return id;
}

/** What one draws, the other has. */
async function expectWorks(one: YjsSocket, other: YjsSocket): Promise<void> {
  const id = draw(one);
  await other.until(() => entriesOf(other).has(id));
}

describe('a hostile client of the y-websocket door', () => {
  let harness: YjsHarness;
  before(async () => {
    harness = await startYjsHarness();
  });
  after(() => closeUnharmed(harness));

  it(`[YJS-8] that sends ${SEEDS} kinds of cut, bent, foreign and random updates harms nobody`, async () => {
    const id = await harness.createRoom();
    const [witness, other] = [await harness.join(id), await harness.join(id)];
    draw(witness);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(mangledUpdates(witness.doc), fc.constantFrom(1, 2)), { maxLength: 6 }),
        async (updates) => {
          const eve = await harness.connect(id);
          for (const [update, type] of updates) eve.say(sync(type as 1 | 2, update));
          await expectWorks(witness, other);
          eve.ws.terminate();
          await eve.closed;
        },
      ),
      { numRuns: SEEDS },
    );
    const late = await harness.join(id);
    for (const socket of [witness, other]) {
      await socket.until(() => entriesOf(socket).size === entriesOf(late).size);
      expect(entriesOf(socket).toJSON()).to.deep.equal(entriesOf(late).toJSON());
      expect(socket.doc.store.pendingStructs).to.equal(null);
    }
    await Promise.all([witness.leave(), other.leave(), late.leave()]);
  }).timeout(120_000);

  it('[YJS-8] that writes rubbish into annotations is heard by Yjs clients, shown to nobody else, and stops nobody', async () => {
    const id = await harness.createRoom();
    const [eve, ann, bob] = [await harness.join(id), await harness.join(id), await harness.join(id)];
    const nested = (depth: number): Y.Map<unknown> =>
      new Y.Map<unknown>([['style', depth === 0 ? new Y.Map() : nested(depth - 1)]]);
    const rubbish: readonly (() => unknown)[] = [
      () => null,
      () => 'x'.repeat(100_000),
      () => Uint8Array.of(1, 2, 3),
      () => new Y.XmlText('<b>'),
      () => new Y.Array(),
      () => nested(12),
      () => new Y.Map<unknown>([['type', 'box']]),
      () => yBox(Number.NaN),
      () => yBox(1e300),
      () => new Y.Map(Object.entries({ ...boxFields(), parent_id: randomUUID() })),
    ];
    const shown = randomUUID();
    for (const [index, make] of rubbish.entries()) {
      for (const key of [randomUUID(), `${index}`, '__proto__', '']) {
        eve.say(
          sync(
            2,
            eve.edit(() => entriesOf(eve).set(key, make())),
          ),
        );
      }
    }
    eve.say(
      sync(
        2,
        eve.edit((doc) => {
          for (let count = 0; count < 1_000; count += 1) entriesOf(eve).set(randomUUID(), count);
          doc.getMap('annotations').set(shown, yBox(7));
        }),
      ),
    );
    await ann.until(() => entriesOf(ann).has(shown));
    await expectWorks(ann, bob);
    await expectWorks(eve, ann);
    const document = harness.runtime.documents.open('annotation', id);
    const query = { type: 'annotation.list', page: 1, size: 100 } satisfies AnnotationQuery;
    const { items } = (await document.query(query)) as Page<Annotation>;
    expect(items.map((item) => item.id)).to.include(shown);
    expect(items).to.have.lengthOf(3);
    await Promise.all([eve.leave(), ann.leave(), bob.leave()]);
  });

  it('[YJS-8] that announces or sends 50 MB is closed 1009, and the room goes on', async () => {
    const id = await harness.createRoom();
    const [eve, ann, bob] = [await harness.join(id), await harness.join(id), await harness.join(id)];
    const socket = connect(harness.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(handshakeText(`/v1/yjs/${id}`));
    await readUntil(socket, '\r\n\r\n');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    const head = Buffer.alloc(14);
    head.writeUInt8(0x82, 0);
    head.writeUInt8(0x80 | 127, 1);
    head.writeBigUInt64BE(BigInt(50 * MIB), 2);
    socket.write(head);
    await once(socket, 'close');
    // A close frame with 1009 is the last that comes.
    expect([...Buffer.concat(chunks).subarray(-4)]).to.deep.equal([0x88, 2, 0x03, 0xf1]);
    eve.say(sync(2, new Uint8Array(50 * MIB)));
    expect((await eve.closed).code).to.be.oneOf([1006, 1009]);
    await expectWorks(ann, bob);
    await Promise.all([ann.leave(), bob.leave()]);
  });

  it('[YJS-4] that moves 10,000 times a second is cut off; others hear few of them and are not slowed', async () => {
    const id = await harness.createRoom();
    const [eve, ann, bob] = [await harness.join(id), await harness.join(id), await harness.join(id)];
    for (let clock = 1; clock <= 10_000; clock += 1) {
      eve.say(awareness({ clientId: 7, clock, state: `{"cursor":${clock}}` }));
    }
    await expectWorks(ann, bob);
    expect((await eve.closed).code).to.equal(4529);
    await expectWorks(bob, ann);
    // A place is told once per gathering, whatever came in between.
    expect(bob.of('awareness').length).to.be.below(1_000);
    await Promise.all([ann.leave(), bob.leave()]);
  });

  it('[YJS-7] that does not read is closed 1013, comes back to all of it, and nobody waited for it', async () => {
    const limits = { ...ROOM_LIMITS, bytesPerSecond: 1_000 * MIB };
    const own = await startYjsHarness({
      socketLimits: { closeTimeoutMs: 5_000 },
      yjsLimits: { annotation: limits },
    });
    const id = await own.createRoom();
    const [stalled, ann, bob] = [await own.join(id), await own.join(id), await own.join(id)];
    stalled.ws.pause();
    for (let count = 0; !own.rejected.includes('slow_reader'); count += 1) {
      const text = `${count}${'x'.repeat(500_000)}`;
      ann.say(
        sync(
          2,
          ann.edit(() => entriesOf(ann).set('text', text)),
        ),
      );
      await bob.until(() => entriesOf(bob).get('text') === text);
      expect(count).to.be.lessThan(200);
    }
    stalled.ws.resume();
    expect((await stalled.closed).code).to.equal(1013);
    const back = await own.join(id);
    expect(entriesOf(back).toJSON()).to.deep.equal(entriesOf(ann).toJSON());
    await own.close();
  });
});
