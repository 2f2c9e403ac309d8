import { expect } from 'chai';
import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, LivedDocument } from '../../helpers/annotation-document.ts';
import { boxFields, YjsClient } from '../../helpers/annotation-yjs-client.ts';
import {
  CORNER,
  expectFunctionOfLog,
  KEY,
  OTHER_KEY,
  orphan,
  pin,
  shown,
  told,
  withPin,
} from './orphan-scene.ts';

describe('an orphaned comment', () => {
  it('[ANN-7] is edited, resolved, replied to and deleted as any other', () => {
    const { document, box, comment } = orphan();
    const edited = document.update(comment.id, { content: 'still here', resolved: true, parent_id: box.id });
    expect(edited).to.deep.include({ orphaned: true, geometry: CORNER, resolved: true, version: 3 });
    const reply = document.add({ type: 'comment', parent_id: comment.id, content: 'yes' });
    expect(document.query('scene', {}).annotations).to.deep.equal([edited, reply]);
    expect(document.remove(comment.id)).to.include({ status: 'deleted', version: 4 });
    expect(document.annotations).to.deep.equal([]);
    expectFunctionOfLog(document);
  });

  for (const [what, place] of [
    ['another place', { x: 40, y: 50 }],
    ['the place where it was made', { x: 5, y: 6 }],
    ['the place where it stands', CORNER],
  ] as const) {
    it(`[ANN-7] can be put at ${what}, and stands there on its own, whatever becomes of its anchor`, () => {
      const { document, box, comment, client } = orphan();
      const expectThere = (): void => {
        expect(shown(document, comment.id))
          .to.deep.include({ geometry: place, parent_id: null })
          .and.not.have.property('orphaned');
        expectFunctionOfLog(document);
      };
      document.update(comment.id, { geometry: place });
      expectThere();
      document.merge(client.draw(box.id, boxFields(70)));
      expectThere();
      document.remove(box.id);
      expectThere();
    });
  }

  it('[ANN-7] stands where its anchor does in the Yjs document, also where that is moved by one who did not know', () => {
    const { document, box, comment, client } = withPin();
    document.remove(box.id);
    const late = client.edit(() => client.entry(box.id).set('geometry', { ...BOX.geometry, x: 300 }));
    document.merge(late);
    expect(shown(document, comment.id)).to.deep.include({
      orphaned: true,
      geometry: { x: 300, y: 2 },
      version: 3,
    });
    expectFunctionOfLog(document);
    // Its own place is where it was made, and does not count.
    document.merge(client.edit(() => client.entry(comment.id).set('geometry', { x: 9, y: 9 })));
    expect(shown(document, comment.id)).to.deep.include({ orphaned: true, geometry: { x: 300, y: 2 } });
    expectFunctionOfLog(document);
  });

  it('[ANN-7] is so too where its anchor came and went before anybody saw it', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    document.merge(
      client.edit(() => {
        client.draw(OTHER_KEY, { ...boxFields(30), status: 'deleted' });
        client.draw(KEY, { type: 'comment', geometry: { x: 7, y: 8 }, parent_id: OTHER_KEY });
      }),
    );
    expect(shown(document, KEY)).to.deep.include({ orphaned: true, geometry: { x: 30, y: 0 } });
    expectFunctionOfLog(document);
  });

  it('[ANN-7] stays where it stands when it is taken off its anchor, or is put on another', () => {
    const freed = orphan();
    expect(freed.document.update(freed.comment.id, { parent_id: null }))
      .to.deep.include({ geometry: CORNER, parent_id: null })
      .and.not.have.property('orphaned');
    const { document, comment } = orphan();
    const other = document.add(BOX);
    expect(document.update(comment.id, { parent_id: other.id }))
      .to.deep.include({ geometry: CORNER, parent_id: other.id })
      .and.not.have.property('orphaned');
    document.remove(other.id);
    expect(shown(document, comment.id)).to.deep.include({ orphaned: true, geometry: { x: 1, y: 2 } });
    expectFunctionOfLog(document);
  });

  it('[ANN-1] needs a place, as nothing else gives it one', () => {
    const { document, box, comment } = orphan();
    const change = { type: 'annotation.update', id: comment.id as EntityId } as const;
    const lost = document.refused({ ...change, change: { geometry: {} } });
    expect(lost.errors?.map(({ path }) => path)).to.deep.equal(['/body/geometry']);
    const other = document.add(BOX);
    document.update(other.id, { parent_id: comment.id });
    const circle = document.refused({ ...change, change: { parent_id: other.id } });
    expect(circle.errors?.map(({ path }) => path)).to.deep.equal(['/body/parent_id']);
    const dead = document.refused({ type: 'annotation.create', annotation: pin(box.id) });
    expect(dead.errors?.map(({ path }) => path)).to.deep.equal(['/body/parent_id']);
  });

  it('[ANN-4] is what a version has of it, and comes back as that', () => {
    const { document, box, comment, client } = orphan();
    const { content } = document;
    const { id } = document.do('version.create', { change_summary: '' });
    const revert = () => told(document, { type: 'document.revert', version_id: id as EntityId, content });
    const expectBack = (): void => {
      const [annotation] = document.annotations;
      expect(document.annotations).to.have.length(1);
      expect(annotation).to.deep.include({
        id: comment.id,
        orphaned: true,
        geometry: CORNER,
        content: 'here',
      });
      expectFunctionOfLog(document);
    };
    expect(revert()).to.deep.equal({ created: [], updated: [], deleted: [] });
    document.update(comment.id, { geometry: { x: 1, y: 1 }, content: 'moved' });
    expect(revert()).to.deep.equal({ created: [], updated: [comment.id], deleted: [] });
    expectBack();
    document.remove(comment.id);
    expect(revert().created).to.deep.equal([comment.id]);
    expectBack();
    client.pull(document.state);
    document.merge(client.edit(() => client.entry(box.id).set('status', 'active')));
    expect(revert()).to.deep.equal({ created: [], updated: [comment.id], deleted: [box.id] });
    expectBack();
  });

  for (const [what, geometry] of [
    ['moved', { x: 70.1, y: 0.7, width: 10, height: 10 }],
    ['moved and turned', { x: 0.3, y: 70, width: 30, height: 10, rotation: 33 }],
    [
      'made a line of',
      {
        points: [
          [0.1, 0.2],
          [3.3, 7.7],
        ],
      },
    ], // prettier-ignore
  ] as const) {
    it(`[ANN-4] comes back as it was where what it was about has been ${what} since`, () => {
      const { document, box, comment, client } = orphan();
      const { content } = document;
      const { id } = document.do('version.create', { change_summary: '' });
      const type = 'points' in geometry ? 'line' : 'box';
      document.merge(client.draw(box.id, { ...boxFields(), type, geometry }));
      const revert = () => told(document, { type: 'document.revert', version_id: id as EntityId, content });
      expect(revert()).to.deep.equal({ created: [], updated: [comment.id], deleted: [box.id] });
      expect(shown(document, comment.id)).to.deep.include({
        geometry: CORNER,
        parent_id: box.id,
        orphaned: true,
      });
      expect(revert()).to.deep.equal({ created: [], updated: [], deleted: [] });
      expectFunctionOfLog(document);
    });
  }

  it('[ANN-4] stands on its own where a version had it, if what it was about was elsewhere since and is wiped out', () => {
    const { document, box, comment, client } = orphan();
    const { content } = document;
    const { id } = document.do('version.create', { change_summary: '' });
    document.merge(client.draw(box.id, boxFields(70)));
    document.merge(client.edit((entries) => entries.delete(box.id)));
    const revert = () => told(document, { type: 'document.revert', version_id: id as EntityId, content });
    expect(revert()).to.deep.equal({ created: [], updated: [comment.id], deleted: [] });
    expect(shown(document, comment.id))
      .to.deep.include({ geometry: CORNER, parent_id: null })
      .and.not.have.property('orphaned');
    expectFunctionOfLog(document);
  });

  it('[ANN-4] comes back as a comment where its entry is something else by now', () => {
    const { document, comment, client } = orphan();
    const { content } = document;
    const { id } = document.do('version.create', { change_summary: '' });
    client.pull(document.state);
    document.merge(client.draw(comment.id, boxFields(70)));
    told(document, { type: 'document.revert', version_id: id as EntityId, content });
    expect(shown(document, comment.id)).to.deep.include({
      type: 'comment',
      orphaned: true,
      geometry: CORNER,
    });
    expectFunctionOfLog(document);
  });

  it('[ANN-4] follows again where a version brings back what it is about', () => {
    const { document, box, comment } = withPin();
    const { content } = document;
    const { id } = document.do('version.create', { change_summary: '' });
    document.remove(box.id);
    document.update(comment.id, { geometry: { x: 40, y: 50 } });
    told(document, { type: 'document.revert', version_id: id as EntityId, content });
    expect(shown(document, comment.id))
      .to.deep.include({ geometry: { x: 5, y: 6 }, version: 4 })
      .and.not.have.property('orphaned');
    expectFunctionOfLog(document);
  });

  it('[ANN-7] is one of a thousand that one event leaves behind', () => {
    const document = LivedDocument.created();
    const client = new YjsClient(500);
    const idOf = (kind: number, index: number): string =>
      `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const all = [...Array(1_000).keys()];
    const about = (index: number): Readonly<Record<string, unknown>> => ({
      type: 'comment',
      geometry: { x: 0, y: 0 },
      parent_id: idOf(1, index),
    });
    document.merge(
      client.edit(() => {
        for (const index of all) {
          client.draw(idOf(1, index), boxFields(index));
          client.draw(idOf(2, index), about(index));
        }
      }),
    );
    const { seq } = document;
    const update = client.edit((entries) => {
      for (const index of all) entries.delete(idOf(1, index));
    });
    const { updated, deleted } = told(document, { type: 'annotations.merge', update });
    expect(document.seq).to.equal(seq + 1);
    expect([updated.length, deleted.length]).to.deep.equal([1_000, 1_000]);
    expect(document.annotations.map(({ geometry }) => geometry)).to.deep.equal(
      all.map((index) => ({ x: index, y: 0 })),
    );
    const replayed = annotationKind.snapshot(document.replayed());
    expect(Buffer.compare(replayed, annotationKind.snapshot(document.state))).to.equal(0);
  });
});
