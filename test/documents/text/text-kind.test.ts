import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { createTextKind } from '../../../documents/text/text-kind.ts';
import type { TextOpening } from '../../../protocol/text-messages.ts';
import { LivedText, TEXT_ID } from '../../helpers/lived-text.ts';

const opening = (text: LivedText) => text.query({ type: 'opening' }) as TextOpening;
const snapshotAt = (version: number, size = 1) =>
  ({ type: 'snapshot', version, bytes: new Uint8Array(size).fill(7) }) as const;
const typed = (word: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, word);
  return Y.encodeStateAsUpdate(doc);
};

describe('a text document', () => {
  it('[TEXT-1] opens with its latest snapshot and the facts of every event after it', () => {
    const text = LivedText.created();
    expect(opening(text).snapshot).to.deep.equal({ version: 0, bytes: new Uint8Array(0) });
    expect(opening(text).tail.map(({ type }) => type)).to.deep.equal(['document.created']);
    text.update('a'); // 2
    text.update('b'); // 3
    text.do({ type: 'document.update', title: 'New' }); // 4
    text.do(snapshotAt(2)); // 5
    text.update('c'); // 6
    expect(opening(text).snapshot.version).to.equal(2);
    expect(opening(text).tail).to.deep.equal(text.facts.slice(2));
    for (let seq = 2; seq <= 6; seq += 1) {
      expect(text.kind.factsAfter?.(text.state, seq), `after ${seq}`).to.deep.equal(text.facts.slice(seq));
    }
    for (const forgotten of [0, 1]) expect(text.kind.factsAfter?.(text.state, forgotten)).to.equal(undefined);
  });

  it('[TEXT-2] gives opaque bytes back as they came, through log and snapshot', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 20 }), (deltas) => {
        const text = LivedText.created();
        for (const delta of deltas) text.update(delta);
        const restored = text.kind.restore(TEXT_ID, text.kind.snapshot(text.state));
        for (const state of [text.state, restored]) {
          const { tail } = text.kind.query(state, { type: 'opening' }) as TextOpening;
          const back = tail.flatMap((fact) => (fact.type === 'update' ? [[...fact.delta]] : []));
          expect(back).to.deep.equal(deltas.map((delta) => [...delta]));
        }
        for (const bytes of deltas) {
          const event = { type: 'update', actorId: 'a', delta: bytes } as const;
          expect(text.kind.decode(text.kind.encode(event), 1)).to.deep.equal(event);
        }
      }),
    );
  });

  it('[TEXT-9] keeps the newest snapshot: an older one, or the same again, changes nothing', () => {
    const text = LivedText.created();
    for (const delta of ['a', 'b', 'c']) text.update(delta);
    expect(text.do(snapshotAt(3)).answer).to.deep.equal({ stored: true });
    for (const version of [0, 2, 3]) {
      expect(text.do(snapshotAt(version))).to.deep.include({ answer: { stored: false }, fact: undefined });
    }
    expect(text.do(snapshotAt(4)).answer).to.deep.equal({ stored: true });
    expect(text.refusal(snapshotAt(7))).to.equal('invalid');
    expect(text.do(snapshotAt(6)).answer).to.deep.equal({ stored: true });
  });

  it('[TEXT-10] asks for a snapshot after so many updates, or so long after the first of them', () => {
    const kind = createTextKind({ updates: 3, activeMs: 1_000 });
    const text = LivedText.created({ kind });
    const isDue = () => {
      const { fact } = text.update('x');
      return fact?.type === 'update' && fact.snapshotDue;
    };
    expect([isDue(), isDue(), isDue(), isDue()]).to.deep.equal([false, false, true, false]);
    text.do(snapshotAt(text.seq));
    text.at += 100_000; // nobody edits, nobody is asked
    expect(isDue()).to.equal(false);
    text.at += 999;
    expect(isDue()).to.equal(true);
    expect(isDue()).to.equal(false);
  });

  it('[TEXT-11] does not ask for snapshots of Yjs documents, ignores those of clients, and asks to be merged', () => {
    const kind = createTextKind({ updates: 3, activeMs: 1_000 });
    const text = LivedText.created({ kind, crdt: 'yjs' });
    const effects = [1, 2, 3].map((n) => {
      const { fact, effects } = text.update(typed(`word ${n}`));
      expect(fact).to.include({ type: 'update', snapshotDue: false });
      return effects.map(({ type }) => type);
    });
    expect(effects).to.deep.equal([[], [], ['compact']]);
    expect(kind.unfinished(text.state)).to.deep.equal([{ type: 'compact' }]);
    expect(text.do(snapshotAt(3)).answer).to.deep.equal({ stored: false });
    expect(text.do({ ...snapshotAt(4), type: 'compact' }).answer).to.deep.equal({ stored: true });
    expect(kind.unfinished(text.state)).to.deep.equal([]);
  });

  it('[TEXT-11] waits with merging into a large snapshot until the tail is worth it', () => {
    const kind = createTextKind({ updates: 3, activeMs: 1_000 });
    const text = LivedText.created({ kind, crdt: 'yjs' });
    const delta = typed('a');
    text.update(delta);
    text.do({ ...snapshotAt(2, 40 * delta.length), type: 'compact' });
    let asked = 0;
    while (text.update(delta).effects.length === 0) asked += 1;
    expect(asked).to.be.within(7, 12);
  });

  it('[TEXT-12] refuses bytes that are no Yjs v1 update, and an empty one of any kind', () => {
    const text = LivedText.created({ crdt: 'yjs' });
    const good = typed('good');
    const v2 = Y.convertUpdateFormatV1ToV2(good);
    const refusal = (delta: Uint8Array) => text.refusal({ type: 'update', actorId: 'a', delta });
    for (const bad of [v2, good.subarray(1), good.subarray(0, -1), Buffer.from('text'), new Uint8Array(0)]) {
      expect(refusal(bad)).to.equal('bad_update');
    }
    expect(refusal(Uint8Array.from([...good, 0]))).to.equal('bad_update');
    expect(refusal(good)).to.equal(undefined);
    const opaque = LivedText.created();
    expect(opaque.refusal({ type: 'update', actorId: 'a', delta: new Uint8Array(0) })).to.equal('bad_update');
    expect(opaque.refusal({ type: 'update', actorId: 'a', delta: v2 })).to.equal(undefined);
  });

  it('is worth a snapshot of the store only while its tail is small beside its own', () => {
    const text = LivedText.created();
    const isCompact = () => text.kind.isCompact?.(text.state);
    expect(isCompact()).to.equal(true);
    for (let n = 0; n < 70; n += 1) text.update(new Uint8Array(1_000));
    expect(isCompact()).to.equal(false);
    text.do(snapshotAt(text.seq, 60_000));
    expect(isCompact()).to.equal(true);
    for (let n = 0; n < 61; n += 1) text.update(new Uint8Array(1_000));
    expect(isCompact()).to.equal(true);
    for (let n = 0; n < 6; n += 1) text.update(new Uint8Array(1_000));
    expect(isCompact()).to.equal(false);
  });

  it('[TEXT-21] takes nothing while it is deleted but to be restored', () => {
    const text = LivedText.created();
    text.do({ type: 'document.update', deleted: true });
    const delta = Uint8Array.of(1);
    expect(text.refusal({ type: 'update', actorId: 'a', delta })).to.equal('not_found');
    expect(text.refusal(snapshotAt(1))).to.equal('not_found');
    expect(text.refusal({ type: 'document.update', title: 'x' })).to.equal('not_found');
    expect(text.refusal({ type: 'document.delete' })).to.equal('not_found');
    expect(() => text.query({ type: 'document.get' })).to.throw('There is no document');
    expect(text.query({ type: 'document.get', include_deleted: true })).to.include({ title: 'Notes' });
    expect(text.do({ type: 'document.update', deleted: false }).fact?.type).to.equal('document.restored');
    expect(text.refusal({ type: 'update', actorId: 'a', delta })).to.equal(undefined);
  });

  it('answers what it is already without an event', () => {
    const text = LivedText.created();
    const created = text.query({ type: 'document.get' });
    const repeated = [
      text.do({ type: 'document.create', title: 'Other', owner_id: 'x', crdt: 'yjs' }),
      text.do({ type: 'document.update', title: 'Notes' }),
      text.do({ type: 'document.update', deleted: false }),
      text.do({ type: 'document.update' }),
    ];
    for (const { answer, fact } of repeated) {
      expect(answer).to.deep.equal(created);
      expect(fact).to.equal(undefined);
    }
    expect(text.refusal({ type: 'document.update', title: '' })).to.equal('invalid');
  });

  it('is not there before it is created', () => {
    const text = new LivedText(createTextKind());
    expect(text.refusal({ type: 'update', actorId: 'a', delta: Uint8Array.of(1) })).to.equal('not_found');
    expect(text.refusal({ type: 'document.update', deleted: false })).to.equal('not_found');
    expect(opening(text).tail).to.deep.equal([]);
  });
});
