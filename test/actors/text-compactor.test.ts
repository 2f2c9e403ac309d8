import { expect } from 'chai';
import * as Y from 'yjs';
import { type Compaction, TextCompactor } from '../../actors/text-compactor.ts';
import { TextDocument } from '../../actors/text-document.ts';
import { TextMerger } from '../../actors/text-merger.ts';
import { mergeUpdates } from '../../documents/text/merge-updates.ts';
import { createTextKind } from '../../documents/text/text-kind.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

const kind = createTextKind({ updates: 10, activeMs: 60_000 });

/** A Yjs document, and a writer that types into it word by word. */
async function typist(runtime = createRuntime({ kinds: [kind] })) {
  const id = newDocumentId();
  const document = new TextDocument(runtime.documents.open('text', id));
  await document.execute({ type: 'document.create', title: 't', owner_id: null, crdt: 'yjs' }, ALICE);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const type = async (words: number): Promise<void> => {
    for (let n = 0; n < words; n += 1) doc.getText('t').insert(doc.getText('t').length, `word ${n} `);
    await Promise.all(
      updates.splice(0).map((delta) => document.execute({ type: 'update', actorId: 'a', delta }, ALICE)),
    );
  };
  const read = async () => {
    const { snapshot, tail } = await document.query({ type: 'opening' });
    const copy = new Y.Doc();
    if (snapshot.bytes.length > 0) Y.applyUpdate(copy, snapshot.bytes);
    for (const fact of tail) if (fact.type === 'update') Y.applyUpdate(copy, fact.delta);
    return { version: snapshot.version, tail: tail.length, text: copy.getText('t').toString() };
  };
  return { id, runtime, type, read, text: () => doc.getText('t').toString() };
}

describe('the compactor of text documents', () => {
  it('[TEXT-11] merges the tail into a snapshot in a thread of its own, and loses nothing', async () => {
    const { id, runtime, type, read, text } = await typist();
    await type(12);
    expect(runtime.effects.map(({ effect }) => effect.type)).to.deep.equal(['compact']);
    const failures: unknown[] = [];
    const done: Compaction[] = [];
    const compactor = new TextCompactor({
      documents: runtime.documents,
      merger: new TextMerger(),
      onCompacted: (_id, compaction) => done.push(compaction),
      onFailure: (_id, error) => failures.push(error),
    });
    compactor.begin(id);
    compactor.begin(id);
    expect(compactor.pending).to.be.within(1, 2);
    await type(3);
    await compactor.idle();
    const { version, tail, text: read1 } = await read();
    expect(version).to.be.at.least(13);
    expect(tail).to.be.at.most(5);
    expect(read1).to.equal(text());
    await type(20);
    compactor.begin(id);
    await compactor.idle();
    expect((await read()).text).to.equal(text());
    expect(failures).to.deep.equal([]);
    expect(done).to.have.length(2);
    expect(done[0]).to.include({ version });
    expect(done[0]?.updates).to.be.at.least(12);
    expect(done[0]?.bytes).to.be.greaterThan(0);
    await compactor.stop();
    compactor.begin(id);
    expect(compactor.pending).to.equal(0);
  });

  it('[TEXT-11] goes on after a restart where it had not come to an end', async () => {
    const { id, runtime, type } = await typist();
    await type(12);
    await runtime.documents.stop();
    const next = runtime.restarted();
    await (await next.documents.find('text', id)).head();
    expect(next.effects).to.deep.equal([{ id, effect: { type: 'compact' } }]);
  });

  it('leaves a document alone after three failures, and a deleted one at once', async () => {
    const { id, runtime, type } = await typist();
    await type(12);
    const failures: unknown[] = [];
    let merges = 0;
    const compactor = new TextCompactor({
      documents: runtime.documents,
      merger: {
        merge: async () => {
          merges += 1;
          throw new Error('too hard');
        },
        stop: async () => undefined,
      },
      onFailure: (_id, error) => failures.push(error),
    });
    for (let n = 0; n < 5; n += 1) {
      compactor.begin(id);
      await compactor.idle();
    }
    expect([merges, failures.length]).to.deep.equal([3, 3]);
    const other = await typist(runtime);
    await runtime.documents.open('text', other.id).execute({ type: 'document.delete' }, ALICE);
    compactor.begin(other.id);
    await compactor.idle();
    expect(failures.length).to.equal(3);
  });
});

describe('the merger of text updates', () => {
  const word = (text: string): Uint8Array => {
    const doc = new Y.Doc();
    doc.getText('t').insert(0, text);
    return Y.encodeStateAsUpdate(doc);
  };

  it('does in its thread what is done here', async () => {
    const merger = new TextMerger();
    const updates = [word('a'), word('b')];
    expect(Buffer.from(await merger.merge(updates))).to.deep.equal(Buffer.from(mergeUpdates(updates)));
    await merger.stop();
  });

  it('tells a failure, gives up what takes too long, and works again afterwards', async () => {
    const merger = new TextMerger(5_000);
    const failure = async (promise: Promise<unknown>) =>
      promise.then(
        () => undefined,
        (error: Error) => error.message,
      );
    expect(await failure(merger.merge([Uint8Array.of(9, 9), Uint8Array.of(9)]))).to.be.a('string');
    const stopped = failure(merger.merge([word('c')]));
    expect(await failure(merger.merge([word('d')]))).to.equal('a merge is under way');
    await merger.stop();
    expect(await stopped).to.equal('a merge was stopped');
    expect((await merger.merge([word('e'), word('f')])).length).to.be.greaterThan(0);
    await merger.stop();
    const hasty = new TextMerger(0);
    expect(await failure(hasty.merge([word('g')]))).to.equal('a merge was not done within 0 ms');
    await hasty.stop();
  });

  it('does not take the last word of a thread that was given up for the answer to the next job', async () => {
    const merger = new TextMerger();
    await merger.merge([word('the thread runs')]);
    const given = merger.merge([word('given up')]).catch((error: Error) => error.message);
    // The thread answers while nobody here can hear it: its answer is on its way when it is given up.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    const stopped = merger.stop();
    const next = [word('the next'), word('job')];
    const merged = await merger.merge(next);
    expect(Buffer.from(merged)).to.deep.equal(Buffer.from(mergeUpdates(next)));
    expect(await given).to.equal('a merge was stopped');
    await stopped;
    await merger.stop();
  });
});
