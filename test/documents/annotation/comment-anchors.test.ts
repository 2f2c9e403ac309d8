import { expect } from 'chai';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, LivedDocument } from '../../helpers/annotation-document.ts';
import { boxFields, YjsClient } from '../../helpers/annotation-yjs-client.ts';
import {
  CORNER,
  expectFunctionOfLog,
  KEY,
  OTHER_KEY,
  pin,
  shown,
  TURNED,
  told,
  withPin,
} from './orphan-scene.ts';

describe('a comment on an annotation', () => {
  it('[ANN-7] keeps its place as it was made, while what it is about moves', () => {
    const { document, box, comment } = withPin();
    document.update(box.id, { geometry: TURNED });
    expect(shown(document, comment.id)).to.equal(comment);
    expect(comment).to.deep.include({ geometry: { x: 5, y: 6 }, parent_id: box.id, version: 1 });
    expect(comment).not.to.have.property('orphaned');
  });

  it('[ANN-7] stays, with its replies, where that stood last; in the event that deletes it', () => {
    const { document, box, comment } = withPin();
    const reply = document.add({ type: 'comment', parent_id: comment.id });
    const going = document.add({ type: 'comment', parent_id: box.id });
    document.update(box.id, { geometry: TURNED });
    const { seq } = document;
    document.user = 'dora';
    expect(told(document, { type: 'annotation.delete', id: box.id as EntityId })).to.deep.equal({
      created: [],
      updated: [comment.id],
      deleted: [box.id, going.id],
    });
    expect(document.seq).to.equal(seq + 1);
    expect(shown(document, comment.id)).to.deep.include({
      geometry: CORNER,
      parent_id: box.id,
      orphaned: true,
      status: 'active',
      version: 2,
      updated_by: 'dora',
      created_by: 'ann',
    });
    expect(shown(document, reply.id)).to.equal(reply);
    expect(document.annotations.map(({ id }) => id)).to.deep.equal([comment.id, reply.id]);
    expect(document.query('annotation.list', { page: 1, size: 9 }).total).to.equal(2);
    expectFunctionOfLog(document);
  });

  for (const [how, go, comeBack] of [
    [
      'the key is removed',
      (client: YjsClient, id: string) => client.edit((entries) => entries.delete(id)),
      (client: YjsClient, id: string) => client.draw(id, boxFields(3)),
    ],
    [
      'its status is set',
      (client: YjsClient, id: string) => client.edit(() => client.entry(id).set('status', 'deleted')),
      (client: YjsClient, id: string) => client.edit(() => client.entry(id).set('status', 'active')),
    ],
    [
      'it does not validate any more',
      (client: YjsClient, id: string) => client.edit(() => client.entry(id).set('geometry', 'rubbish')),
      (client: YjsClient, id: string) => client.edit(() => client.entry(id).set('geometry', BOX.geometry)),
    ],
  ] as const) {
    it(`[ANN-7] is orphaned where ${how}, and follows again where that is undone`, () => {
      const { document, box, comment, client } = withPin();
      expect(told(document, { type: 'annotations.merge', update: go(client, box.id) })).to.deep.equal({
        created: [],
        updated: [comment.id],
        deleted: [box.id],
      });
      expect(shown(document, comment.id)).to.deep.include({ orphaned: true, geometry: { x: 1, y: 2 } });
      expect(told(document, { type: 'annotations.merge', update: comeBack(client, box.id) })).to.deep.equal({
        created: [box.id],
        updated: [comment.id],
        deleted: [],
      });
      const { updated_at: _, ...back } = shown(document, comment.id);
      const { updated_at: __, ...made } = comment;
      expect(back).to.deep.equal({ ...made, version: 3 });
      expectFunctionOfLog(document);
    });
  }

  it('[ANN-7] is orphaned where its anchor goes with another', () => {
    const document = LivedDocument.created();
    const top = document.add(BOX);
    const part = document.add({ ...BOX, parent_id: top.id });
    const comment = document.add(pin(part.id));
    expect(told(document, { type: 'annotation.delete', id: top.id as EntityId })).to.deep.equal({
      created: [],
      updated: [comment.id],
      deleted: [top.id, part.id],
    });
    expectFunctionOfLog(document);
  });

  it('[ANN-3] goes with it where it replies to a comment, or has no place of its own', () => {
    const { document, comment } = withPin();
    const placed = document.add(pin(comment.id));
    const unplaced = document.add({ type: 'comment', parent_id: placed.id });
    expect(told(document, { type: 'annotation.delete', id: comment.id as EntityId }).deleted).to.deep.equal([
      comment.id,
      placed.id,
      unplaced.id,
    ]);
  });

  it('[ANN-5] is quarantined where what it is about was never seen', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    const fields = { type: 'comment', geometry: { x: 1, y: 1 }, parent_id: OTHER_KEY };
    expect(document.merge(client.draw(KEY, fields)).quarantined.map(({ path }) => path)).to.deep.equal([
      '/parent_id',
    ]);
    document.merge(client.draw(OTHER_KEY, { type: 'box' }));
    document.merge(client.edit((entries) => entries.delete(OTHER_KEY)));
    expect(document.annotations).to.deep.equal([]);
    document.merge(client.draw(OTHER_KEY, boxFields()));
    expect(document.annotations.map(({ id }) => id)).to.have.members([KEY, OTHER_KEY]);
  });

  it('[ANN-5] is quarantined where what it is about replies to it', () => {
    const { document, box, comment, client } = withPin();
    const update = client.edit(() => client.entry(box.id).set('parent_id', comment.id));
    expect(document.merge(update).quarantined.map(({ id }) => id)).to.deep.equal([box.id]);
    expect(document.annotations).to.deep.equal([]);
    document.merge(client.edit(() => client.entry(box.id).set('status', 'deleted')));
    expect(document.annotations.map(({ id, orphaned }) => [id, orphaned])).to.deep.equal([
      [comment.id, true],
    ]);
    expectFunctionOfLog(document);
  });

  it('[ANN-7] that comes when its anchor is gone already stands where that stood', () => {
    const { document, box, client } = withPin();
    const late = client.draw(KEY, { type: 'comment', geometry: { x: 7, y: 8 }, parent_id: box.id });
    document.remove(box.id);
    expect(document.merge(late).quarantined).to.deep.equal([]);
    expect(shown(document, KEY)).to.deep.include({ orphaned: true, geometry: { x: 1, y: 2 }, version: 1 });
    expectFunctionOfLog(document);
  });
});
