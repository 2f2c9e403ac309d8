import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import type { AnnotationContent } from '../../../protocol/annotation-messages.ts';
import type { Point } from '../../../protocol/comment-anchor.ts';
import type { Annotation } from '../../../protocol/entities.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { Problem } from '../../../protocol/problem.ts';
import { BOX, LivedDocument, observe, PICTURE } from '../../helpers/annotation-document.ts';
import { play } from '../../helpers/annotation-play.ts';
import { type Step, steps } from '../../helpers/annotation-steps.ts';
import { boxFields, YjsClient } from '../../helpers/annotation-yjs-client.ts';

/** What a version brings back of an annotation: everything but who touched it last, and how often. */
const essence = ({ version: _version, updated_at: _at, updated_by: _by, ...rest }: Annotation): unknown =>
  rest;

function live(document: LivedDocument, all: readonly Step[], next: ReturnType<typeof play>): void {
  for (const step of all) {
    const command = next(step, document.state);
    if (command === undefined || command.type === 'document.delete') continue;
    try {
      document.execute(command);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
}

function keep(document: LivedDocument): { readonly id: EntityId; readonly content: AnnotationContent } {
  const { content } = document;
  const { id } = document.do('version.create', { change_summary: '' });
  return { id: id as EntityId, content };
}

function revert(document: LivedDocument, { id, content }: ReturnType<typeof keep>) {
  const outcome = document.execute({ type: 'document.revert', version_id: id, content });
  const fact = 'fact' in outcome ? outcome.fact : undefined;
  if (fact?.type !== 'document.reverted') throw new Error('a revert tells no revert');
  return fact;
}

const LIMIT = 1e6;

/** Whether what a comment was about, wherever it is now, can be moved so that the comment stands where it stood. */
function canStand({ state }: LivedDocument, { parent_id, geometry }: Annotation): boolean {
  const place = state.annotations.anchorPlace(parent_id);
  if (isDeepStrictEqual(place, geometry)) return true;
  const anchor = parent_id === null ? undefined : state.crdt.read(parent_id).fields;
  if (anchor === undefined || place === undefined) return false;
  if (!('points' in anchor.geometry)) return true;
  const { x, y } = geometry as Point;
  return anchor.geometry.points.every(
    ([px = 0, py = 0]) => Math.abs(px + x - place.x) <= LIMIT && Math.abs(py + y - place.y) <= LIMIT,
  );
}

/** As the version has it; but an orphan of what is wiped out and was elsewhere since stands on its own. */
function expected(document: LivedDocument, annotation: Annotation): unknown {
  if (annotation.orphaned !== true || canStand(document, annotation)) return essence(annotation);
  const { orphaned: _, ...alone } = annotation;
  return essence({ ...alone, parent_id: null });
}

describe('a revert', () => {
  it('[ANN-4] gives back exactly what the version has, in one event, while versions keep rising', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const document = LivedDocument.created();
        const next = play();
        live(document, before, next);
        const version = keep(document);
        live(document, after, next);
        const present = new Map(document.state.annotations.known().map(({ id, wire }) => [id, wire]));
        const { seq } = document;
        const wanted = version.content.annotations.map((annotation) => expected(document, annotation));
        const fact = revert(document, version);
        expect(document.seq).to.equal(seq + 1);
        expect(document.annotations.map(essence)).to.deep.equal(wanted);
        const changed = [...fact.created, ...fact.updated, ...fact.deleted];
        for (const annotation of changed) {
          expect(annotation.version).to.equal((present.get(annotation.id)?.version ?? 0) + 1);
        }
        const told = new Set(changed.map(({ id }) => id));
        for (const [id, wire] of present) {
          if (!told.has(id)) expect(document.state.annotations.get(id)).to.equal(wire);
        }
        expect(observe(document.replayed())).to.deep.equal(observe(document.state));
      }),
      { numRuns: 60 },
    );
  });

  it('[ANN-4] tells what came back, what changed and what went', () => {
    const document = LivedDocument.created();
    const stays = document.add(BOX);
    const changes = document.add({ ...BOX, content: 'before', style: { stroke: 'red' } });
    const goes = document.add(BOX);
    const reply = document.add({ type: 'comment', parent_id: goes.id });
    const version = keep(document);
    document.update(changes.id, { content: 'after', style: { stroke: null, fill: 'blue' } });
    document.remove(goes.id);
    const added = document.add(BOX);
    document.now += 60_000;
    document.user = 'rita';
    const fact = revert(document, version);
    expect(fact.created.map(({ id }) => id)).to.deep.equal([goes.id, reply.id]);
    expect(fact.updated.map(({ id }) => id)).to.deep.equal([changes.id]);
    expect(fact.deleted.map(({ id }) => id)).to.deep.equal([added.id]);
    expect(fact.created[0]).to.include({
      created_at: goes.created_at,
      created_by: 'ann',
      version: 3,
      updated_by: 'rita',
    });
    expect(document.annotations.map(({ id }) => id)).to.deep.equal([stays.id, changes.id, goes.id, reply.id]);
    expect(document.annotations[0]?.version).to.equal(1);
  });

  it('[ANN-4] brings back name and image, and raises the version of the document by one', () => {
    const document = LivedDocument.created();
    document.do('document.update', { image: { kind: 'blob', blob: PICTURE } });
    const version = keep(document);
    document.do('document.update', { name: 'Other', image: null });
    const fact = revert(document, version);
    expect(fact.document).to.include({ name: 'Plan', version: 4, width: 1_920, height: 1_080 });
    expect(document.query('document.image', {})).to.deep.equal({ kind: 'blob', blob: PICTURE });
  });

  it('is as large as what differs, not as the document', () => {
    const document = LivedDocument.created();
    for (let i = 0; i < 300; i += 1) document.add({ ...BOX, content: 'some words that take space' });
    const version = keep(document);
    const one = document.annotations[7];
    if (one) document.update(one.id, { content: 'some words that took space' });
    expect(revert(document, version).update.length).to.be.lessThan(100);
    expect(revert(document, version).update.length, 'nothing differs').to.equal(2);
  });

  it('[ANN-4] gives back an annotation that a Yjs client removed or broke', () => {
    const document = LivedDocument.created();
    const removed = document.add({ ...BOX, content: 'r' });
    const broken = document.add({ ...BOX, content: 'b', style: { stroke: 'red' } });
    const version = keep(document);
    const client = new YjsClient(500).pull(document.state);
    document.merge(
      client.edit((annotations) => {
        annotations.delete(removed.id);
        for (const key of ['type', 'geometry', 'style', 'content', 'status'])
          client.entry(broken.id).set(key, 7);
        client.entry(broken.id).set('resolved', true);
      }),
    );
    const fact = revert(document, version);
    expect(fact.created.map(essence)).to.deep.equal([removed, broken].map(essence));
  });

  it('[ANN-4] does not bring back a reply that only its deleted parent hid', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const version = keep(document);
    const client = new YjsClient(500).pull(document.state);
    document.remove(id);
    document.merge(client.draw('22222222-2222-4222-8222-222222222222', { ...boxFields(), parent_id: id }));
    revert(document, version);
    expect(document.annotations.map((annotation) => annotation.id)).to.deep.equal([id]);
  });

  it('can itself be reverted', () => {
    const document = LivedDocument.created();
    const first = keep(document);
    const { id } = document.add(BOX);
    const second = keep(document);
    revert(document, first);
    expect(document.annotations).to.deep.equal([]);
    revert(document, second);
    expect(document.annotations.map((annotation) => [annotation.id, annotation.version])).to.deep.equal([
      [id, 3],
    ]);
  });

  it('[DOC-7] is refused for an unknown version and against an old version of the document', () => {
    const document = LivedDocument.created();
    const { id, content } = keep(document);
    const unknown = '99999999-9999-4999-8999-999999999999' as EntityId;
    expect(document.refused({ type: 'document.revert', version_id: unknown, content }).code).to.equal(
      'not_found',
    );
    const stale = document.refused({ type: 'document.revert', version_id: id, content, version: 7 });
    expect(stale.extra).to.deep.equal({ current_version: 1 });
  });
});
