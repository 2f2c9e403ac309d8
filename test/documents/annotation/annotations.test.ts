import { expect } from 'chai';
import type { AnnotationInput } from '../../../protocol/annotation-messages.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import type { FieldError } from '../../../protocol/problem.ts';
import { BOX, LivedDocument, type Outcome } from '../../helpers/annotation-document.ts';
import { jsonOf } from '../../helpers/annotation-yjs-client.ts';

const NOWHERE = '99999999-9999-4999-8999-999999999999';

const factOf = (outcome: Outcome) => ('fact' in outcome ? outcome.fact : undefined);

function errorsOf(document: LivedDocument, annotation: unknown): readonly FieldError[] {
  const problem = document.refused({ type: 'annotation.create', annotation: annotation as AnnotationInput });
  expect(problem.code).to.equal('invalid');
  return problem.errors ?? [];
}

const pathsOf = (document: LivedDocument, annotation: unknown): readonly string[] =>
  errorsOf(document, annotation).map(({ path }) => path);

describe('an annotation', () => {
  it('is created with version 1, by whom and when it was', () => {
    const document = LivedDocument.created();
    document.now = Date.UTC(2026, 10, 21, 7);
    document.user = 'zoe';
    const outcome = document.execute({ type: 'annotation.create', annotation: BOX });
    expect(outcome.answer).to.include({
      type: 'box',
      document_id: document.state.id,
      version: 1,
      status: 'active',
      content: '',
      parent_id: null,
      group_id: null,
      created_at: '2026-11-21T07:00:00.000Z',
      created_by: 'zoe',
      updated_at: '2026-11-21T07:00:00.000Z',
      updated_by: 'zoe',
    });
    expect(outcome.answer).not.to.have.property('resolved');
    expect(factOf(outcome)).to.deep.include({ type: 'annotation.created', annotation: outcome.answer });
  });

  it('stands in the Y.Doc in the layout that Yjs clients read', () => {
    const document = LivedDocument.created();
    const parent = document.add({ ...BOX, style: { stroke: 'red' }, content: 'hi', group_id: 'g' });
    const reply = document.add({ type: 'comment', parent_id: parent.id, content: 're' });
    expect(jsonOf(document.state)).to.deep.equal({
      [parent.id]: {
        type: 'box',
        geometry: BOX.geometry,
        style: { stroke: 'red' },
        content: 'hi',
        group_id: 'g',
        status: 'active',
      },
      [reply.id]: {
        type: 'comment',
        geometry: {},
        style: {},
        content: 're',
        parent_id: parent.id,
        resolved: false,
        status: 'active',
      },
    });
  });

  it('keeps a segment as points', () => {
    const document = LivedDocument.created();
    const line = document.add({ type: 'line', geometry: { x1: 1, y1: 2, x2: 3, y2: 4 } });
    expect(line.geometry).to.deep.equal({
      points: [
        [1, 2],
        [3, 4],
      ],
    });
  });

  it('[ANN-1] is refused with every field that breaks the contract', () => {
    const document = LivedDocument.created();
    expect(
      pathsOf(document, {
        type: 'box',
        geometry: { x: 'a', y: 0, width: -1, height: 1e7, depth: 1 },
        style: { stroke: 'nonsense', opacity: 2, font_weight: 99 },
        content: 7,
        group_id: '',
        parent_id: NOWHERE,
        resolved: true,
      }),
    ).to.deep.equal([
      '/body/geometry/x',
      '/body/geometry/width',
      '/body/geometry/height',
      '/body/geometry/depth',
      '/body/style/font_weight',
      '/body/style/opacity',
      '/body/style/stroke',
      '/body/content',
      '/body/group_id',
      '/body/resolved',
    ]);
    expect(pathsOf(document, { type: 'star' })).to.deep.equal(['/body/type']);
    expect(
      pathsOf(document, {
        type: 'polygon',
        geometry: {
          points: [
            [0, 0],
            [1, 'x'],
            [2, 2],
          ],
        },
      }),
    ).to.deep.equal(['/body/geometry/points/1/1']);
    expect(pathsOf(document, { type: 'comment' })).to.deep.equal(['/body/geometry']);
    expect(pathsOf(document, { ...BOX, parent_id: NOWHERE })).to.deep.equal(['/body/parent_id']);
    expect(pathsOf(document, { ...BOX, parent_id: 'no id' })).to.deep.equal(['/body/parent_id']);
  });

  it('[ANN-1] is refused with half of a surrogate pair in any text', () => {
    const document = LivedDocument.created();
    const half = '\ud83c';
    expect(pathsOf(document, { ...BOX, content: half })).to.deep.equal(['/body/content']);
    expect(pathsOf(document, { ...BOX, group_id: half })).to.deep.equal(['/body/group_id']);
    expect(pathsOf(document, { ...BOX, style: { mine: ['x', half] } })).to.deep.equal(['/body/style/mine/1']);
    expect(pathsOf(document, { ...BOX, style: { font_family: half } })).to.deep.equal([
      '/body/style/font_family',
    ]);
    expect(pathsOf(document, { ...BOX, style: { [half]: 1 } })).to.have.length(1);
    expect(pathsOf(document, { ...BOX, style: { mine: { [half]: 1 } } })).to.have.length(1);
  });

  it('[ANN-1] keeps unknown style keys, within bounds', () => {
    const document = LivedDocument.created();
    const style = {
      mine: { deep: [1, null, 'x', { y: true }] },
      constructor: 'c',
      toString: 1,
      hasOwnProperty: 2,
    };
    expect(document.add({ ...BOX, style }).style).to.deep.equal(style);
    expect(pathsOf(document, { ...BOX, style: { mine: 'x'.repeat(16_400) } })).to.deep.equal(['/body/style']);
    expect(pathsOf(document, { ...BOX, style: { mine: 'ü'.repeat(8_200) } })).to.deep.equal(['/body/style']);
    expect(pathsOf(document, { ...BOX, style: { mine: Number.NaN } })).to.deep.equal(['/body/style/mine']);
    const nested: unknown = JSON.parse('['.repeat(20) + ']'.repeat(20));
    expect(pathsOf(document, { ...BOX, style: { mine: nested } })).to.have.length(1);
  });

  it('[ANN-1] is refused with members that are named __proto__', () => {
    const document = LivedDocument.created();
    for (const text of ['{"__proto__": {"a": 1}}', '{"mine": {"__proto__": {"a": 1}}}']) {
      expect(pathsOf(document, { ...BOX, style: JSON.parse(text) })).to.have.length(1);
    }
    const geometry: unknown = JSON.parse('{"__proto__": {"x": 1}, "x": 1, "y": 2, "width": 3, "height": 4}');
    expect(pathsOf(document, { ...BOX, geometry })).to.deep.equal(['/body/geometry/__proto__']);
    const { id } = document.add(BOX);
    const problem = document.refused({
      type: 'annotation.update',
      id: id as EntityId,
      change: { style: JSON.parse('{"__proto__": 1}') },
    });
    expect(problem.errors?.[0]?.path).to.equal('/body/style/__proto__');
  });

  it('merges style key by key and replaces everything else', () => {
    const document = LivedDocument.created();
    const { id } = document.add({
      ...BOX,
      style: { stroke: 'red', fill: 'blue' },
      content: 'old',
      group_id: 'g',
    });
    const changed = document.update(id, {
      style: { stroke: null, opacity: 0.5 },
      geometry: { x: 0, y: 0, width: 1, height: 1, rotation: 45 },
      content: 'new',
      group_id: null,
    });
    expect(changed).to.deep.include({
      style: { fill: 'blue', opacity: 0.5 },
      geometry: { x: 0, y: 0, width: 1, height: 1, rotation: 45 },
      content: 'new',
      group_id: null,
      version: 2,
    });
  });

  it('[ANN-2] has a version that goes up with each change, also with one that changes nothing', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    document.user = 'bob';
    const outcome = document.execute({ type: 'annotation.update', id: id as EntityId, change: {} });
    expect(outcome.answer).to.include({ version: 2, updated_by: 'bob', created_by: 'ann' });
    expect(factOf(outcome)).to.have.property('type', 'annotation.updated');
  });

  it('[ANN-2] is not changed against an old version', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    document.update(id, { content: 'a' }, 1);
    const problem = document.refused({
      type: 'annotation.update',
      id: id as EntityId,
      change: { content: 'b' },
      version: 1,
    });
    expect(problem.code).to.equal('version_conflict');
    expect(problem.extra).to.deep.equal({ current_version: 2 });
    const late = document.refused({ type: 'annotation.delete', id: id as EntityId, version: 1 });
    expect(late.code).to.equal('version_conflict');
    expect(document.update(id, { content: 'b' }, 2).version).to.equal(3);
  });

  it('[ANN-1] keeps its type', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const problem = document.refused({
      type: 'annotation.update',
      id: id as EntityId,
      change: { type: 'text' },
    });
    expect(problem.errors?.map(({ path }) => path)).to.deep.equal(['/body/type']);
    expect(document.update(id, { type: 'box' }).version).to.equal(2);
  });

  it('writes no more of a text than what differs, and cuts no character in half', () => {
    const document = LivedDocument.created();
    const { id } = document.add({ ...BOX, content: `${'a'.repeat(5_000)}🎈${'b'.repeat(4_000)}` });
    const outcome = document.execute({
      type: 'annotation.update',
      id: id as EntityId,
      change: { content: `${'a'.repeat(5_000)}🎉${'b'.repeat(4_000)}` },
    });
    const fact = factOf(outcome);
    expect(fact && 'update' in fact ? fact.update.length : 0).to.be.within(1, 60);
    expect(jsonOf(document.state)).to.have.nested.property(`${id}.content`).that.includes('a🎉b');
  });

  it('[ANN-3] is not known after it is deleted, but is still shown to who asks for deleted ones', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const deleted = document.remove(id);
    expect(deleted).to.include({ id, status: 'deleted', version: 2 });
    expect(document.refused({ type: 'annotation.update', id: id as EntityId, change: {} }).code).to.equal(
      'not_found',
    );
    expect(document.refused({ type: 'annotation.delete', id: id as EntityId }).code).to.equal('not_found');
    expect(document.refusedQuery({ type: 'annotation.get', id: id as EntityId }).code).to.equal('not_found');
    expect(document.query('annotation.get', { id: id as EntityId, include_deleted: true })).to.deep.equal(
      deleted,
    );
    expect(document.query('annotation.list', { page: 1, size: 10 }).total).to.equal(0);
    expect(
      document.query('annotation.list', { page: 1, size: 10, include_deleted: true }).items,
    ).to.deep.equal([deleted]);
  });

  it('[ANN-3] is deleted with all its replies in one event', () => {
    const document = LivedDocument.created();
    const top = document.add(BOX);
    const reply = document.add({ type: 'comment', parent_id: top.id });
    const replyToReply = document.add({ type: 'comment', parent_id: reply.id });
    const other = document.add(BOX);
    const outcome = document.execute({ type: 'annotation.delete', id: top.id as EntityId });
    const fact = factOf(outcome);
    expect(fact).to.have.property('type', 'annotations.changed');
    const deleted = fact?.type === 'annotations.changed' ? fact.deleted : [];
    expect(deleted.map(({ id }) => id)).to.deep.equal([top.id, reply.id, replyToReply.id]);
    expect(outcome.answer).to.deep.equal(deleted[0]);
    expect(document.annotations.map(({ id }) => id)).to.deep.equal([other.id]);
    expect('entities' in outcome && outcome.entities?.map(({ deleted: flag }) => flag)).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it('[ANN-1] has a parent that is active, of its document, and none of its own replies', () => {
    const document = LivedDocument.created();
    const a = document.add(BOX);
    const b = document.add({ ...BOX, parent_id: a.id });
    const c = document.add({ ...BOX, parent_id: b.id });
    for (const parent_id of [a.id, c.id, NOWHERE]) {
      const problem = document.refused({
        type: 'annotation.update',
        id: a.id as EntityId,
        change: { parent_id },
      });
      expect(problem.errors?.map(({ path }) => path)).to.deep.equal(['/body/parent_id']);
    }
    expect(document.update(b.id, { parent_id: null }).parent_id).to.equal(null);
    expect(document.update(a.id, { parent_id: c.id.toUpperCase() }).parent_id).to.equal(c.id);
  });

  it('[ANN-1] that is a comment stands at a place or at a parent', () => {
    const document = LivedDocument.created();
    const box = document.add(BOX);
    const comment = document.add({ type: 'comment', parent_id: box.id });
    expect(comment).to.deep.include({ geometry: {}, resolved: false });
    const lost = document.refused({
      type: 'annotation.update',
      id: comment.id as EntityId,
      change: { parent_id: null },
    });
    expect(lost.errors?.map(({ path }) => path)).to.deep.equal(['/body/geometry']);
    const placed = document.update(comment.id, { parent_id: null, geometry: { x: 1, y: 2 }, resolved: true });
    expect(placed).to.deep.include({ geometry: { x: 1, y: 2 }, parent_id: null, resolved: true });
    const unplaced = document.refused({
      type: 'annotation.update',
      id: comment.id as EntityId,
      change: { geometry: {} },
    });
    expect(unplaced.errors?.map(({ path }) => path)).to.deep.equal(['/body/geometry']);
    const resolved = document.refused({
      type: 'annotation.update',
      id: box.id as EntityId,
      change: { resolved: true },
    });
    expect(resolved.errors?.map(({ path }) => path)).to.deep.equal(['/body/resolved']);
  });

  it('is listed by time of creation, then by id, in pages', () => {
    const document = LivedDocument.created();
    const made = Array.from({ length: 7 }, (_, i) => {
      document.now = 1_700_000_100_000 + (i >> 1);
      return document.add(BOX);
    });
    const removed = made[2];
    if (removed) document.remove(removed.id);
    const kept = made.filter((annotation) => annotation !== removed).map(({ id }) => id);
    const pages = [1, 2, 3, 9].map((page) => document.query('annotation.list', { page, size: 3 }));
    expect(pages.map(({ items }) => items.map(({ id }) => id))).to.deep.equal([
      kept.slice(0, 3),
      kept.slice(3, 6),
      [],
      [],
    ]);
    expect(pages.map(({ total }) => total)).to.deep.equal([6, 6, 6, 6]);
    expect(document.query('annotation.list', { page: 1, size: 100, include_deleted: true }).total).to.equal(
      7,
    );
  });
});
