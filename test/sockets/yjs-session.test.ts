import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import * as Y from 'yjs';
import { MemoryStore } from '../../storage/memory-store.ts';
import { boxFields } from '../helpers/annotation-yjs-client.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { nextTurn } from '../helpers/listener.ts';
import { ALICE } from '../helpers/runtime.ts';
import { awareness, startYjsHarness, sync, type YjsHarness, type YjsSocket } from './yjs-harness.ts';

/** After so long without a message y-websocket takes the line for dead. */
const PATIENCE_MS = 30_000;
const EMPTY = Uint8Array.of(0, 0);
/** An update in the v2 encoding: with these 27 bytes `mergeUpdatesV2` of Yjs never ends. */
const V2_UPDATE = Y.convertUpdateFormatV1ToV2(
  (() => {
    const doc = new Y.Doc();
    doc.getMap('annotations').set('a', 1);
    return Y.encodeStateAsUpdate(doc);
  })(),
);

const draw = (doc: Y.Doc, id: string = randomUUID()): void => {
  doc.getMap('annotations').set(id, new Y.Map(Object.entries(boxFields())));
};
const kindsOf = ({ heard }: YjsSocket): string[] => heard.map(({ type }) => type);

describe('a socket of the y-websocket door', () => {
  let harness: YjsHarness;
  before(async () => {
    harness = await startYjsHarness();
  });
  after(async () => {
    await harness.close();
    expect(harness.runtime.crashes).to.deep.equal([]);
    expect(harness.clock.timers).to.equal(0);
  });

  const headOf = (kind: string, id: string): Promise<number> =>
    harness.runtime.documents.open(kind, id as never).head();

  for (const [kind, create] of [
    ['annotation', () => harness.createRoom()],
    ['text', () => harness.createText()],
  ] as const) {
    it(`[YJS-2] is told what it lacks, then asked what it has, at a document of the kind ${kind}`, async () => {
      const id = await create();
      const ann = await harness.join(id);
      expect(kindsOf(ann)).to.deep.equal(['awareness', 'step2', 'step1']);
      expect(ann.of('step1')[0]?.bytes).to.deep.equal(Uint8Array.of(0));
      ann.say(sync(2, ann.edit(draw)));
      const bob = await harness.join(id);
      expect(bob.doc.getMap('annotations').toJSON()).to.deep.equal(ann.doc.getMap('annotations').toJSON());
      expect(bob.of('step1')[0]?.bytes).to.deep.equal(Y.encodeStateVector(ann.doc));
      // It is asked once; what it lacks it is told whenever it asks.
      bob.askAll();
      await bob.until(() => bob.of('step2').length === 2);
      await bob.settled();
      expect(bob.of('step1')).to.have.lengthOf(1);
      await Promise.all([ann.leave(), bob.leave()]);
    });

    it(`[YJS-3] keeps nothing that says nothing, at a document of the kind ${kind}`, async () => {
      const id = await create();
      const ann = await harness.join(id);
      ann.say(sync(2, ann.edit(draw)));
      ann.say(sync(2, EMPTY));
      ann.say(sync(1, EMPTY));
      ann.say(sync(1, Y.encodeStateAsUpdate(ann.doc)));
      ann.say(sync(2, ann.edit(draw)));
      const bob = await harness.join(id);
      await bob.until(() => bob.doc.getMap('annotations').size === 2);
      expect(await headOf(kind, id)).to.equal(3);
      await Promise.all([ann.leave(), bob.leave()]);
    });

    it(`[YJS-8] is shown out for good after three bad updates in a row, at a document of the kind ${kind}`, async () => {
      const id = await create();
      const ann = await harness.join(id);
      for (const bad of [V2_UPDATE, Uint8Array.of(255, 255, 255)]) ann.say(sync(2, bad));
      ann.say(sync(2, ann.edit(draw)));
      for (const bad of [V2_UPDATE, Uint8Array.of(1)]) ann.say(sync(2, bad));
      await ann.settled();
      expect(ann.ws.readyState).to.equal(ann.ws.OPEN);
      ann.say(sync(1, V2_UPDATE));
      expect(await ann.closed).to.deep.equal({ code: 4400, reason: 'bad_update' });
      expect(await headOf(kind, id)).to.equal(2);
    });
  }

  it('[YJS-7] is asked again where an update builds on what the document does not have', async () => {
    const id = await harness.createRoom();
    const ann = await harness.join(id);
    ann.edit((doc) => draw(doc));
    for (let count = 0; count < 5; count += 1)
      ann.say(
        sync(
          2,
          ann.edit((doc) => draw(doc)),
        ),
      );
    await ann.until(() => ann.of('step1').length === 2);
    ann.say(sync(1, Y.encodeStateAsUpdate(ann.doc, ann.of('step1')[1]?.bytes)));
    const bob = await harness.join(id);
    await bob.until(() => bob.doc.getMap('annotations').size === 6);
    await ann.settled();
    expect(ann.of('step1')).to.have.lengthOf(2);
    await Promise.all([ann.leave(), bob.leave()]);
  });

  it('[YJS-5] hears something at least every 30 s, also alone and without a state of its own', async () => {
    const own = await startYjsHarness();
    const ann = await own.join(await own.createRoom());
    let heard = ann.heard.length;
    let silentMs = 0;
    for (let ms = 0; ms < 120_000; ms += 5_000) {
      own.clock.advance(5_000);
      await ann.settled();
      silentMs = ann.heard.length > heard ? 0 : silentMs + 5_000;
      heard = ann.heard.length;
      expect(silentMs).to.be.below(PATIENCE_MS - 5_000);
    }
    const keepAlive = ann.heard.at(-1);
    expect(keepAlive).to.deep.equal({ type: 'awareness', entries: [] });
    await ann.leave();
    await own.close();
  });

  it('[YJS-4] hears itself and the others, and who left', async () => {
    const id = await harness.createRoom();
    const [ann, bob] = [await harness.join(id), await harness.join(id)];
    const entry = { clientId: 7, clock: 1, state: '{"name":"Ann"}' };
    ann.say(awareness(entry));
    await ann.until(() => ann.of('awareness').some(({ entries }) => entries.length === 1));
    await bob.until(() => bob.of('awareness').some(({ entries }) => entries.length === 1));
    // As a client of y-websocket does: it repeats what it hears.
    bob.say(awareness(entry));
    bob.say(awareness({ ...entry, state: null }));
    bob.say(Uint8Array.of(3));
    await bob.until(() => bob.of('awareness').length === 3);
    expect(bob.of('awareness')[2]?.entries).to.deep.equal([entry]);
    const carl = await harness.join(id);
    expect(carl.of('awareness')[0]?.entries).to.deep.equal([entry]);
    await ann.leave();
    await carl.until(() => carl.of('awareness').length === 2);
    expect(carl.of('awareness')[1]?.entries).to.deep.equal([{ ...entry, state: null }]);
    await Promise.all([bob.leave(), carl.leave()]);
  });

  it('[YJS-4] is forgotten by the others when it says nothing for 30 s, and is back with its next word', async () => {
    const own = await startYjsHarness();
    const id = await own.createRoom();
    const [ann, bob] = [await own.join(id), await own.join(id)];
    ann.say(awareness({ clientId: 7, clock: 1, state: '{}' }));
    await bob.until(() => bob.of('awareness').length === 2);
    own.runtime.time.ms += 30_000;
    own.runtime.documents.sweep();
    await bob.until(() => bob.of('awareness').length === 3);
    expect(bob.of('awareness')[2]?.entries).to.deep.equal([{ clientId: 7, clock: 1, state: null }]);
    ann.say(awareness({ clientId: 7, clock: 2, state: '{}' }));
    await bob.until(() => bob.of('awareness').length === 4);
    expect(bob.of('awareness')[3]?.entries).to.deep.equal([{ clientId: 7, clock: 2, state: '{}' }]);
    await Promise.all([ann.leave(), bob.leave()]);
    await own.close();
  });

  it('[YJS-8] is shown out for good when it says only what nobody understands', async () => {
    const ann = await harness.join(await harness.createRoom());
    for (let count = 0; count < 19; count += 1) ann.say(Uint8Array.of(9, count));
    ann.askAll();
    for (let count = 0; count < 19; count += 1) ann.say('text');
    await ann.settled();
    expect(ann.ws.readyState).to.equal(ann.ws.OPEN);
    ann.say(awareness({ clientId: 1, clock: 1, state: '[]' }));
    expect(await ann.closed).to.deep.equal({ code: 4400, reason: 'bad_message' });
  });

  it('gets no states for vectors that are none, and all for one that is too long', async () => {
    const id = await harness.createRoom();
    const ann = await harness.join(id);
    for (const vector of [Uint8Array.of(5), Uint8Array.of(1, 1), Uint8Array.of(0, 0), new Uint8Array(0)]) {
      ann.say(sync(0, vector));
    }
    ann.say(sync(0, new Uint8Array(300_000)));
    await ann.until(() => ann.of('step2').length > 1);
    await ann.settled();
    expect(ann.of('step2').length).to.be.at.most(3);
    await ann.leave();
  });

  it('is not answered when it asks without end, and the others are', async () => {
    const own = await startYjsHarness();
    const id = await own.createRoom();
    const ann = await own.join(id);
    for (let count = 0; count < 200; count += 1) ann.askAll();
    const bob = await own.join(id);
    await ann.settled();
    await nextTurn();
    expect(ann.of('step2')).to.have.lengthOf(20);
    expect(own.rejected.filter((code) => code === 'rate_limited')).to.have.lengthOf(181);
    own.clock.advance(1_000);
    ann.askAll();
    await ann.until(() => ann.of('step2').length === 21);
    await Promise.all([ann.leave(), bob.leave()]);
    await own.close();
  });

  it('[YJS-7] [YJS-8] is shown out to come back when it goes too fast, and for good when an update is too large', async () => {
    const limits = { updateBytes: 1_000, bytesPerSecond: 2_000, unackedBytes: 1_500 };
    const yjsLimits = { annotation: limits, text: limits };
    const messageRate = { perSecond: 10, burst: 20, refusals: 100 };
    const own = await startYjsHarness({ yjsLimits, socketLimits: { messageRate } });
    const id = await own.createRoom();
    const large = await own.join(id);
    large.say(
      sync(
        2,
        large.edit((doc) => doc.getText('x').insert(0, 'x'.repeat(1_000))),
      ),
    );
    expect(await large.closed).to.deep.equal({ code: 4413, reason: 'too_large' });
    const huge = await own.join(id);
    huge.say(sync(2, new Uint8Array(400_000)));
    expect((await huge.closed).code).to.equal(1009);
    const hasty = await own.join(id);
    for (let count = 0; count < 3; count += 1) {
      hasty.say(
        sync(
          2,
          hasty.edit((doc) => doc.getText('x').insert(0, 'x'.repeat(800))),
        ),
      );
    }
    expect(await hasty.closed).to.deep.equal({ code: 4529, reason: 'rate_limited' });
    // What was under way then is on the disk by now: this one is only too much for a second.
    const steady = await own.join(id);
    for (let count = 0; count < 4; count += 1) {
      const seen = own.rejected.length;
      steady.say(
        sync(
          2,
          steady.edit((doc) => doc.getText('y').insert(0, 'y'.repeat(800))),
        ),
      );
      if (count < 3) await steady.settled();
      expect(own.rejected.slice(seen)).to.deep.equal([]);
    }
    expect(await steady.closed).to.deep.equal({ code: 4529, reason: 'rate_limited' });
    const noisy = await own.join(id);
    for (let count = 0; count < 60; count += 1)
      noisy.say(awareness({ clientId: 1, clock: count, state: '{}' }));
    expect(await noisy.closed).to.deep.equal({ code: 4529, reason: 'rate_limited' });
    await own.close();
  });

  it('[YJS-7] is shown out to come back where nobody knows what became of its update', async () => {
    const store = new FaultyStore(new MemoryStore());
    const own = await startYjsHarness({ store });
    const id = await own.createRoom();
    const [ann, bob] = [await own.join(id), await own.join(id)];
    store.failNext('lose-answer', id);
    ann.say(sync(2, ann.edit(draw)));
    expect(await ann.closed).to.deep.equal({ code: 4503, reason: 'unavailable' });
    // The others stay, and are told what they missed.
    await bob.until(() => bob.doc.getMap('annotations').size === 1);
    expect(bob.of('step2')).to.have.lengthOf(2);
    const back = await own.join(id);
    expect(back.doc.getMap('annotations').size).to.equal(1);
    await Promise.all([bob.leave(), back.leave()]);
    await own.close();
  });

  it('logs what of an update is quarantined, and its coming and going', async () => {
    const id = await harness.createRoom();
    const ann = await harness.join(id, 'userId=ann');
    ann.say(
      sync(
        2,
        ann.edit((doc) => doc.getMap('annotations').set('no-uuid', 1)),
      ),
    );
    await ann.settled();
    await ann.leave();
    const lines = (): string[] =>
      harness.logged
        .filter((line) => line['document_id'] === id && line['user'] === 'ann')
        .map(({ msg, ...line }) => `${msg} ${line['code'] ?? ''}`.trim());
    while (!lines().includes('left')) await nextTurn();
    expect(lines()).to.have.members(['joined', 'update', 'refused quarantined', 'left']);
    const update = harness.logged.find((line) => line['document_id'] === id && line.msg === 'update');
    expect(update).to.include({ user: 'ann', seq: 2 }).and.include.keys('bytes', 'ms', 'connection_id');
  });

  it('[YJS-6] ends with its document', async () => {
    const id = await harness.createRoom();
    const ann = await harness.join(id);
    await harness.runtime.documents.open('annotation', id).execute({ type: 'document.delete' }, ALICE);
    expect((await ann.closed).code).to.equal(4404);
  });
});
