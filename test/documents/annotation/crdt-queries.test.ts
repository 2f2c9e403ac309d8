import { expect } from 'chai';
import * as Y from 'yjs';
import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, DOCUMENT_ID, LivedDocument } from '../../helpers/annotation-document.ts';
import { boxFields, jsonOf, YjsClient } from '../../helpers/annotation-yjs-client.ts';

const KEY = '22222222-2222-4222-8222-222222222222';
const OTHER_KEY = '33333333-3333-4333-8333-333333333333';

describe('the CRDT of an annotation document', () => {
  it('is given whole to a client that has nothing, with the vector that it then has', () => {
    const document = LivedDocument.created();
    document.add({ ...BOX, content: 'hello' });
    const { update, stateVector } = document.query('crdt.state', {});
    const client = new YjsClient(500);
    Y.applyUpdate(client.doc, update);
    expect(client.json).to.deep.equal(jsonOf(document.state));
    expect(Y.encodeStateVector(client.doc)).to.deep.equal(stateVector);
    expect(document.query('crdt.vector', {})).to.deep.equal({ stateVector });
  });

  it('is given to a client that has some of it as what it lacks', () => {
    const document = LivedDocument.created();
    const { id } = document.add({ ...BOX, content: 'x'.repeat(5_000) });
    const client = new YjsClient(500).pull(document.state);
    document.remove(id);
    document.merge(new YjsClient(501).draw(KEY, boxFields()));
    const stateVector = Y.encodeStateVector(client.doc);
    const { update, stateVector: mine } = document.query('crdt.difference', { stateVector });
    expect(update.length).to.be.below(1_000);
    Y.applyUpdate(client.doc, update);
    expect(client.json).to.deep.equal(jsonOf(document.state));
    expect(mine).to.deep.equal(Y.encodeStateVector(client.doc));
  });

  it('refuses bytes that are no state vector', () => {
    const document = LivedDocument.created();
    for (const bytes of [[], [1], [1, 2], [0, 0], [255, 255, 255]]) {
      const stateVector = Uint8Array.from(bytes);
      expect(() => document.query('crdt.difference', { stateVector }), `${bytes}`)
        .to.throw()
        .with.property('code', 'bad_message');
    }
  });

  it('is encoded once for all who ask before the next change', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const client = new YjsClient(500);
    const changes: readonly (() => unknown)[] = [
      () => document.update(id, { content: 'a' }),
      () => document.merge(client.draw(KEY, boxFields())),
      // Deletes only: the vector stays what it was, the state does not.
      () => document.merge(client.edit((entries) => entries.delete(KEY))),
      () => document.remove(id),
      () => document.do('version.create', { change_summary: '' }),
    ];
    for (const [index, change] of changes.entries()) {
      const before = document.query('crdt.state', {});
      const bytes = Uint8Array.from(before.update);
      expect(document.query('crdt.state', {})).to.equal(before);
      expect(document.query('crdt.vector', {}).stateVector).to.equal(before.stateVector);
      change();
      const after = document.query('crdt.state', {});
      // Only the last change is none of the CRDT.
      expect(after === before, `change ${index}`).to.equal(index === changes.length - 1);
      expect(before.update, 'an answer stays as it was given').to.deep.equal(bytes);
      const fresh = new YjsClient(600);
      Y.applyUpdate(fresh.doc, after.update);
      expect(Y.encodeStateVector(fresh.doc)).to.deep.equal(after.stateVector);
      expect(fresh.json).to.deep.equal(jsonOf(document.state));
    }
  });

  it('is known anew after each event of the log', () => {
    const document = LivedDocument.created();
    const replayed = annotationKind.restore(DOCUMENT_ID, annotationKind.snapshot(document.state));
    document.add(BOX);
    const before = annotationKind.query(replayed, { type: 'crdt.state' });
    const last = document.log.at(-1);
    if (last) annotationKind.replay(replayed, last.event, last.instant);
    const after = annotationKind.query(replayed, { type: 'crdt.state' });
    expect(after).not.to.deep.equal(before);
    expect(after).to.deep.equal(document.query('crdt.state', {}));
  });
});

describe('an update that touches much', () => {
  const idOf = (index: number): string => `10000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

  /** The entries that are read while something happens. */
  function readsOf(document: LivedDocument, happen: () => void): readonly string[] {
    const reads: string[] = [];
    const { crdt } = document.state;
    const read = crdt.read.bind(crdt);
    crdt.read = (id) => {
      reads.push(id);
      return read(id);
    };
    happen();
    crdt.read = read;
    return reads;
  }

  function drawMany(client: YjsClient, count: number): Uint8Array {
    return client.edit((annotations) => {
      for (let i = 0; i < count; i += 1) annotations.set(idOf(i), new Y.Map(Object.entries(boxFields(i))));
    });
  }

  it('[ANN-8] is one event, and reads each entry once', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    const { seq } = document;
    const reads = readsOf(document, () => document.merge(drawMany(client, 1_000)));
    expect(document.seq).to.equal(seq + 1);
    expect(reads).to.have.length(1_000);
    expect(new Set(reads).size).to.equal(1_000);
    const moved = client.edit((annotations) => {
      for (const key of annotations.keys()) client.entry(key).set('group_id', 'g');
    });
    const outcome = document.execute({ type: 'annotations.merge', update: moved });
    const fact = 'fact' in outcome ? outcome.fact : undefined;
    expect(fact?.type === 'annotations.changed' && fact.updated.length).to.equal(1_000);
    expect(document.seq).to.equal(seq + 2);
  });

  it('[ANN-8] is read no further than what is new, of a client that was away and sends all that it has', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    document.merge(drawMany(client, 3_000));
    document.update(idOf(1), { content: 'meanwhile' });
    const away = client.edit(() =>
      client.entry(idOf(7)).set('geometry', { x: 1, y: 1, width: 2, height: 2 }),
    );
    const difference = readsOf(document, () => document.merge(away));
    expect(difference).to.deep.equal([idOf(7)]);
    client.edit(() => client.entry(idOf(8)).set('group_id', 'g'));
    const whole = readsOf(document, () => document.merge(Y.encodeStateAsUpdate(client.doc)));
    expect(whole).to.deep.equal([idOf(8)]);
    const shown = document.query('annotation.get', { id: idOf(8) as EntityId });
    expect(shown).to.include({ group_id: 'g', version: 2 });
    const again = readsOf(document, () => document.merge(Y.encodeStateAsUpdate(client.doc)));
    expect(again).to.deep.equal([]);
    expect(readsOf(document, () => document.remove(idOf(9)))).to.deep.equal([idOf(9)]);
    expect(document.merge(client.draw(OTHER_KEY, boxFields())).quarantined).to.deep.equal([]);
  });
});
