import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import type { AnnotationFact } from '../../../protocol/annotation-messages.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, LivedDocument } from '../../helpers/annotation-document.ts';
import { boxFields, jsonOf, YjsClient } from '../../helpers/annotation-yjs-client.ts';

const KEY = '22222222-2222-4222-8222-222222222222';
const OTHER_KEY = '33333333-3333-4333-8333-333333333333';
const THIRD_KEY = '44444444-4444-4444-8444-444444444444';

const idsOf = (document: LivedDocument): readonly string[] => document.annotations.map(({ id }) => id);

function mergeFact(document: LivedDocument, update: Uint8Array): AnnotationFact {
  const outcome = document.execute({ type: 'annotations.merge', update });
  if (!('fact' in outcome)) throw new Error('the update changed nothing');
  return outcome.fact;
}

const shown = (document: LivedDocument, id: string) =>
  document.query('annotation.get', { id: id as EntityId, include_deleted: true });

describe('an edit of a Yjs client', () => {
  it('is an annotation like any other', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500).pull(document.state);
    document.user = 'yan';
    const fact = mergeFact(document, client.draw(KEY, boxFields(5)));
    expect(fact).to.have.property('type', 'annotation.created');
    expect(shown(document, KEY)).to.deep.include({
      id: KEY,
      type: 'box',
      geometry: { x: 5, y: 0, width: 10, height: 10 },
      version: 1,
      created_by: 'yan',
    });
    const moved = mergeFact(
      document,
      client.edit(() => client.entry(KEY).set('geometry', { x: 6, y: 0, width: 10, height: 10 })),
    );
    expect(moved).to.have.property('type', 'annotation.updated');
    expect(shown(document, KEY)).to.include({ version: 2 });
  });

  it('may leave out what has a default', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    document.merge(client.draw(KEY, { type: 'comment', geometry: { x: 1, y: 1 } }));
    expect(shown(document, KEY)).to.deep.include({
      style: {},
      content: '',
      parent_id: null,
      resolved: false,
    });
  });

  it('tells every annotation that it touched, in one event, in the order of their making', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const client = new YjsClient(500).pull(document.state);
    const fact = mergeFact(
      document,
      client.edit((annotations) => {
        for (const key of [THIRD_KEY, KEY, OTHER_KEY])
          annotations.set(key, new Y.Map(Object.entries(boxFields())));
        client.entry(id).set('group_id', 'g');
      }),
    );
    expect(fact.type).to.equal('annotations.changed');
    if (fact.type !== 'annotations.changed') return;
    expect(fact.created.map((annotation) => annotation.id)).to.deep.equal([THIRD_KEY, KEY, OTHER_KEY]);
    expect(fact.updated.map((annotation) => annotation.id)).to.deep.equal([id]);
    expect(idsOf(document)).to.deep.equal([id, THIRD_KEY, KEY, OTHER_KEY]);
  });

  it('meets a REST change of the same text and style without loss', () => {
    const document = LivedDocument.created();
    const { id } = document.add({ ...BOX, content: 'one two three', style: { stroke: 'red' } });
    const client = new YjsClient(500).pull(document.state);
    const update = client.edit(() => {
      const content: unknown = client.entry(id).get('content');
      if (content instanceof Y.Text) content.insert(0, 'zero ');
      const style: unknown = client.entry(id).get('style');
      if (style instanceof Y.Map) style.set('fill', 'blue');
    });
    document.update(id, { content: 'one two three four', style: { opacity: 0.5 } });
    document.merge(update);
    expect(shown(document, id)).to.deep.include({
      content: 'zero one two three four',
      style: { fill: 'blue', opacity: 0.5, stroke: 'red' },
      version: 3,
    });
  });

  it('does not lead later changes of the server to a wrong place in the text', () => {
    const document = LivedDocument.created();
    const { id } = document.add({ ...BOX, content: 'ab' });
    const client = new YjsClient(500).pull(document.state);
    for (let i = 0; i < 3; i += 1) {
      document.merge(
        client.edit(() => {
          const content: unknown = client.entry(id).get('content');
          if (content instanceof Y.Text) content.insert(2, 'x');
        }),
      );
      expect(shown(document, id).content).to.equal('abx');
      expect(document.update(id, { content: 'ab' }).content).to.equal('ab');
    }
  });

  it('[ANN-5] that is no annotation stays in the CRDT, is not shown, and its sender is told', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    const fields: Record<string, Readonly<Record<string, unknown>>> = {
      '/geometry/width': { ...boxFields(), geometry: { x: 0, y: 0, width: 'wide', height: 1 } },
      '/type': { geometry: {} },
      '/content': { ...boxFields(), content: 'plain' },
      '/style': { ...boxFields(), style: {} },
      '/status': { ...boxFields(), status: 'lost' },
      '/resolved': { ...boxFields(), resolved: true },
      '/parent_id': { ...boxFields(), parent_id: OTHER_KEY },
    };
    for (const [path, entry] of Object.entries(fields)) {
      const { quarantined } = document.merge(client.draw(KEY, entry));
      expect(quarantined.map((each) => [each.id, each.path])).to.deep.equal([[KEY, path]]);
      expect(quarantined[0]?.message).to.be.a('string');
    }
    expect(idsOf(document)).to.deep.equal([]);
    expect(jsonOf(document.state)).to.have.property(KEY);
    expect(document.merge(client.draw('not a uuid', boxFields())).quarantined).to.have.length(1);
    expect(
      document.merge(client.edit((entries) => entries.set(OTHER_KEY, 'text'))).quarantined,
    ).to.have.length(1);
    expect(document.query('annotation.list', { page: 1, size: 9, include_deleted: true }).total).to.equal(0);
  });

  it('[ANN-5] takes an annotation away when it breaks it, and gives it back when it mends it', () => {
    const document = LivedDocument.created();
    const { id, created_at } = document.add(BOX);
    const reply = document.add({ type: 'comment', parent_id: id });
    const client = new YjsClient(500).pull(document.state);
    const broken = mergeFact(
      document,
      client.edit(() => client.entry(id).set('geometry', 'rubbish')),
    );
    expect(broken.type).to.equal('annotations.changed');
    if (broken.type !== 'annotations.changed') return;
    expect(broken.deleted.map((annotation) => annotation.id)).to.deep.equal([id, reply.id]);
    expect(shown(document, id)).to.deep.include({ status: 'deleted', version: 2, geometry: BOX.geometry });
    expect(document.refused({ type: 'annotation.update', id: id as EntityId, change: {} }).code).to.equal(
      'not_found',
    );

    document.now += 1_000;
    const mended = mergeFact(
      document,
      client.edit(() => client.entry(id).set('geometry', { x: 0, y: 0, width: 1, height: 1 })),
    );
    expect(
      mended.type === 'annotations.changed' && mended.created.map((annotation) => annotation.id),
    ).to.deep.equal([id, reply.id]);
    expect(shown(document, id)).to.include({ status: 'active', version: 3, created_at });
    expect(shown(document, reply.id)).to.include({ status: 'active', version: 3 });
  });

  it('[ANN-5] only hides the members of a cycle of parents, until one of them is freed', () => {
    const document = LivedDocument.created();
    const a = document.add(BOX);
    const b = document.add({ ...BOX, parent_id: a.id });
    const c = document.add({ ...BOX, parent_id: b.id });
    const other = document.add(BOX);
    const client = new YjsClient(500).pull(document.state);
    const report = document.merge(client.edit(() => client.entry(a.id).set('parent_id', c.id)));
    expect(report.quarantined).to.deep.include.members([
      {
        id: a.id,
        path: '/parent_id',
        message: 'must name an active annotation of this document that is none of its own replies',
      },
    ]);
    expect(idsOf(document)).to.deep.equal([other.id]);
    document.merge(client.edit(() => client.entry(b.id).set('parent_id', null)));
    expect(idsOf(document)).to.deep.equal([a.id, b.id, c.id, other.id]);
  });

  it('[ANN-5] hides the replies of what it deletes, also those that it did not know', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const client = new YjsClient(500).pull(document.state);
    const reply = document.add({ type: 'comment', parent_id: id });
    const fact = mergeFact(
      document,
      client.edit(() => client.entry(id).set('status', 'deleted')),
    );
    expect(
      fact.type === 'annotations.changed' && fact.deleted.map((annotation) => annotation.id),
    ).to.deep.equal([id, reply.id]);
    document.merge(client.edit(() => client.entry(id).set('status', 'active')));
    expect(idsOf(document)).to.deep.equal([id, reply.id]);
  });

  it('deletes an annotation by removing its key, and gives it back by setting it again', () => {
    const document = LivedDocument.created();
    const { id } = document.add({ ...BOX, content: 'kept' });
    const client = new YjsClient(500).pull(document.state);
    const gone = mergeFact(
      document,
      client.edit((annotations) => annotations.delete(id)),
    );
    expect(gone).to.have.property('type', 'annotation.deleted');
    expect(shown(document, id)).to.include({ status: 'deleted', content: 'kept', version: 2 });
    document.merge(client.draw(id, boxFields(9)));
    expect(shown(document, id)).to.include({ status: 'active', version: 3 });
  });

  it('[ANN-5] that changes what nobody sees is an event without annotations', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    const fact = mergeFact(document, client.draw(KEY, { type: 'nothing' }));
    expect(fact).to.deep.include({ type: 'annotations.changed', created: [], updated: [], deleted: [] });
    const again = mergeFact(
      document,
      client.edit(() => client.doc.getMap('mine').set('a', 1)),
    );
    expect(again).to.deep.include({ type: 'annotations.changed', created: [], updated: [], deleted: [] });
  });

  it('[ANN-5] cannot hide text that is no text in a Y.Text', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    document.merge(client.draw(KEY, { ...boxFields(), content: new Y.Text('abc') }));
    const report = document.merge(
      client.edit(() => {
        const content: unknown = client.entry(KEY).get('content');
        if (content instanceof Y.Text) content.insertEmbed(1, { image: 'x' });
      }),
    );
    expect(report.quarantined.map(({ path }) => path)).to.deep.equal(['/content']);
  });

  it('that says nothing new is no event, and one deletion more is', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500).pull(document.state);
    document.merge(client.draw(KEY, boxFields(5)));
    document.merge(client.draw(OTHER_KEY, boxFields(6)));
    document.merge(client.edit((entries) => entries.delete(KEY)));
    const whole = (): Uint8Array => Y.encodeStateAsUpdate(client.doc);
    const again = document.execute({ type: 'annotations.merge', update: whole() });
    expect(again).to.deep.equal({ answer: { quarantined: [] } });
    client.edit((entries) => entries.delete(OTHER_KEY));
    expect(mergeFact(document, whole())).to.have.property('type', 'annotation.deleted');
    expect(idsOf(document)).to.deep.equal([]);
  });

  it('of a formatted text changes the text alone, and the server adds nothing of its own', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    document.merge(client.draw(KEY, { ...boxFields(), content: new Y.Text('abc') }));
    for (const bold of [true, true, null]) {
      document.merge(
        client.edit(() => {
          const content: unknown = client.entry(KEY).get('content');
          if (content instanceof Y.Text) {
            content.format(0, 2, { bold });
            content.insert(2, 'x', { bold: true });
          }
        }),
      );
    }
    expect(Y.encodeStateVector(client.doc)).to.deep.equal(
      Y.encodeStateVector(new YjsClient(600).pull(document.state).doc),
    );
    expect(jsonOf(document.state)).to.deep.equal(client.json);
    expect(shown(document, KEY).content).to.equal('abxxxc');
  });

  it('converges with those of other clients and with REST, in whatever order they come', () => {
    const action = fc.record({
      who: fc.nat(2),
      what: fc.nat(5),
      number: fc.nat(9),
      text: fc.string({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 25, size: 'max' }), (actions) => {
        const document = LivedDocument.created();
        document.add({ ...BOX, content: 'shared' });
        const clients = [new YjsClient(500), new YjsClient(600)].map((client) => client.pull(document.state));
        actions.forEach(({ who, what, number, text }, index) => {
          const client = clients[who];
          const id = idsOf(document)[number % idsOf(document).length] ?? KEY;
          if (client === undefined) {
            document.update(id, {
              content: `${text}${shown(document, id).content}`,
              style: { z_index: number },
            });
          } else if (what === 0) {
            client.pull(document.state);
          } else if (what === 1) {
            const key = `22222222-2222-4222-8222-${String(index).padStart(12, '0')}`;
            document.merge(client.draw(key, boxFields(number)));
          } else {
            document.merge(
              client.edit((annotations) => {
                const entry: unknown = annotations.get(id);
                if (!(entry instanceof Y.Map)) return;
                const content: unknown = entry.get('content');
                if (content instanceof Y.Text) content.insert(Math.min(number, content.length), text);
                if (what === 3) entry.set('group_id', text === '' ? null : text);
              }),
            );
          }
        });
        for (const client of clients) client.pull(document.state);
        for (const client of clients) expect(client.json).to.deep.equal(jsonOf(document.state));
        for (const { id, content, group_id } of document.annotations) {
          const entry = clients[0]?.entry(id);
          expect(entry?.get('content')?.toString()).to.equal(content);
          expect(entry?.get('group_id') ?? null).to.equal(group_id);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('reaches every client by the updates of the facts alone', () => {
    const document = LivedDocument.created();
    const follower = new YjsClient(900);
    const author = new YjsClient(500);
    const tell = (outcome: ReturnType<LivedDocument['execute']>): void => {
      if ('fact' in outcome && 'update' in outcome.fact) Y.applyUpdate(follower.doc, outcome.fact.update);
    };
    tell(document.execute({ type: 'annotation.create', annotation: { ...BOX, content: 'abc' } }));
    const [id = KEY] = idsOf(document);
    tell(document.execute({ type: 'annotations.merge', update: author.draw(KEY, boxFields()) }));
    tell(document.execute({ type: 'annotation.update', id: id as EntityId, change: { content: 'abXc' } }));
    tell(document.execute({ type: 'annotation.update', id: id as EntityId, change: {} }));
    tell(
      document.execute({ type: 'annotations.merge', update: author.edit((entries) => entries.delete(KEY)) }),
    );
    tell(document.execute({ type: 'annotation.delete', id: id as EntityId }));
    expect(follower.json).to.deep.equal(jsonOf(document.state));
  });
});
