import { expect } from 'chai';
import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import type {
  AnnotationCommand,
  AnnotationQuery,
  ExportParameters,
} from '../../../protocol/annotation-messages.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, DOCUMENT_ID, LivedDocument, observe, PICTURE } from '../../helpers/annotation-document.ts';

const URL = 'https://example.org/a.png';
const NOWHERE = '99999999-9999-4999-8999-999999999999' as EntityId;
const PNG: ExportParameters = { format: 'png', scale: 1, background: 'white', include_comments: false };

describe('a document with annotations', () => {
  it('is created with version 1 and a white page, and its directory row', () => {
    const document = new LivedDocument();
    const outcome = document.execute({ type: 'document.create', name: 'Plan', image: null });
    expect(outcome.answer).to.deep.equal({
      id: DOCUMENT_ID,
      name: 'Plan',
      image_url: null,
      width: 1280,
      height: 720,
      version: 1,
      status: 'active',
      created_at: '2023-11-14T22:13:20.000Z',
      updated_at: '2023-11-14T22:13:20.000Z',
      created_by: 'ann',
      updated_by: 'ann',
    });
    expect(outcome).to.deep.include({
      summary: {
        title: 'Plan',
        createdAt: 1_700_000_000_000,
        updatedAt: 1_700_000_000_000,
        deleted: false,
        wire: outcome.answer,
      },
    });
    expect(document.refused({ type: 'document.create', name: 'Again', image: null }).code).to.equal(
      'invalid',
    );
  });

  it('[DOC-7] is not there before it is created', () => {
    const document = new LivedDocument();
    expect(document.refused({ type: 'annotation.create', annotation: BOX }).code).to.equal('not_found');
    expect(document.refusedQuery({ type: 'document.get', include_deleted: true }).code).to.equal('not_found');
  });

  it('shows its image by url, as it was given, or where it can be loaded', () => {
    const document = LivedDocument.created();
    const show = (image: Extract<AnnotationCommand, { type: 'document.create' }>['image']) => {
      const { image_url, width, height } = document.do('document.update', { image });
      return { image_url, width, height };
    };
    expect(show({ kind: 'url', url: URL })).to.deep.equal({
      image_url: URL,
      width: undefined,
      height: undefined,
    });
    expect(show({ kind: 'url', url: URL, copy: PICTURE })).to.deep.equal({
      image_url: URL,
      width: 1920,
      height: 1080,
    });
    expect(show({ kind: 'blob', blob: PICTURE })).to.deep.equal({
      image_url: `/v1/rooms/${DOCUMENT_ID}/image`,
      width: 1920,
      height: 1080,
    });
    const inline = 'data:image/png;base64,AA==';
    expect(show({ kind: 'blob', blob: PICTURE, inline }).image_url).to.equal(inline);
    expect(show(null)).to.deep.equal({ image_url: null, width: 1280, height: 720 });
  });

  it('[ANN-2] counts its own changes, not those of its annotations', () => {
    const document = LivedDocument.created();
    document.add(BOX);
    expect(document.do('document.update', { name: 'B', version: 1 }).version).to.equal(2);
    const stale = document.refused({ type: 'document.update', name: 'C', version: 1 });
    expect(stale.extra).to.deep.equal({ current_version: 2 });
    expect(document.refused({ type: 'document.delete', version: 1 }).code).to.equal('version_conflict');
    for (const name of ['', 'x'.repeat(257), '\ud83c']) {
      expect(document.refused({ type: 'document.update', name }).errors?.[0]?.path).to.equal('/body/name');
    }
  });

  it('has the page that its creator wants, where there is no image', () => {
    const document = new LivedDocument();
    const create = { type: 'document.create', name: 'Plan', image: null } as const;
    for (const [width, height, paths] of [
      [0, 1, ['/body/width']],
      [20_001, 1.5, ['/body/width', '/body/height']],
      [1, Number.NaN, ['/body/height']],
    ] as const) {
      const problem = document.refused({ ...create, size: { width, height } });
      expect(problem.errors?.map(({ path }) => path)).to.deep.equal(paths);
    }
    const page = { width: 20_000, height: 1 };
    expect(document.do('document.create', { ...create, size: page })).to.include(page);
    document.state = annotationKind.restore(DOCUMENT_ID, annotationKind.snapshot(document.state));
    expect(document.query('scene', {})).to.include(page);
    const image = { kind: 'blob', blob: PICTURE } as const;
    expect(document.do('document.update', { image })).to.include({ width: 1920, height: 1080 });
    expect(document.do('document.update', { image: null })).to.include(page);
    expect(observe(document.replayed())).to.deep.equal(observe(document.state));
  });

  it('[ANN-2] keeps the copy of its image that the server fetched, unless it has another image by now', () => {
    const document = LivedDocument.created();
    const before = document.do('document.update', { image: { kind: 'url', url: URL } });
    document.user = 'system';
    document.now += 60_000;
    const outcome = document.execute({ type: 'document.keepImage', url: URL, copy: PICTURE });
    // Readers see its size now, so that the version must tell; but nobody has changed the document.
    expect(outcome.answer).to.deep.equal({ ...before, width: 1920, height: 1080, version: 3 });
    expect(document.query('document.image', {})).to.deep.equal({ kind: 'url', url: URL, copy: PICTURE });
    const { seq } = document;
    document.do('document.keepImage', { url: URL, copy: { ...PICTURE, width: 1 } });
    document.do('document.update', { image: null });
    document.do('document.keepImage', { url: URL, copy: PICTURE });
    expect(document.seq).to.equal(seq + 1);
    expect(document.document).to.include({ width: 1280, image_url: null });
  });

  it('[ANN-3] hides what it holds when it is deleted, and refuses every change', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    document.do('version.create', { change_summary: '' });
    const job = document.do('export.request', { parameters: PNG });
    const deleted = document.do('document.delete', { version: 1 });
    expect(deleted).to.include({ status: 'deleted', version: 2 });
    const commands: AnnotationCommand[] = [
      { type: 'document.update', name: 'x' },
      { type: 'document.delete' },
      { type: 'document.keepImage', url: URL, copy: PICTURE },
      { type: 'annotation.create', annotation: BOX },
      { type: 'annotation.update', id: id as EntityId, change: {} },
      { type: 'annotation.delete', id: id as EntityId },
      { type: 'annotations.merge', update: Uint8Array.of(0, 0) },
      { type: 'version.create', change_summary: '' },
      { type: 'export.request', parameters: PNG },
    ];
    for (const command of commands)
      expect(document.refused(command).code, command.type).to.equal('not_found');
    const queries: AnnotationQuery[] = [
      { type: 'document.get' },
      { type: 'document.image' },
      { type: 'annotation.get', id: id as EntityId },
      { type: 'annotation.list', page: 1, size: 1 },
      { type: 'version.get', id: id as EntityId },
      { type: 'version.byTag', tag: 'a' },
      { type: 'version.list', page: 1, size: 1 },
      { type: 'export.get', id: job.id as EntityId },
      { type: 'export.list', page: 1, size: 1 },
      { type: 'content' },
      { type: 'crdt.state' },
      { type: 'crdt.vector' },
      { type: 'scene' },
    ];
    for (const query of queries) expect(document.refusedQuery(query).code, query.type).to.equal('not_found');
    expect(document.query('document.get', { include_deleted: true })).to.equal(deleted);
    expect(document.query('annotation.get', { id: id as EntityId, include_deleted: true })).to.have.property(
      'id',
      id,
    );
    expect(document.query('annotation.list', { page: 1, size: 1, include_deleted: true }).total).to.equal(1);
    const finished = document.do('export.finish', {
      id: job.id as EntityId,
      outcome: { status: 'completed', mime: 'image/png', size: 7 },
    });
    expect(finished.status).to.equal('completed');
  });
});

describe('a version', () => {
  it('[ANN-4] names the state before it, and pins it', () => {
    const document = LivedDocument.created();
    document.add(BOX);
    const before = annotationKind.snapshot(document.state);
    const outcome = document.execute({ type: 'version.create', change_summary: 'first', tag: 'v1' });
    expect(outcome.answer).to.deep.include({
      number: 1,
      seq: 2,
      tag: 'v1',
      change_summary: 'first',
      created_by: 'ann',
    });
    expect('pin' in outcome && outcome.pin).to.deep.equal({ seq: 2, bytes: before });
    const second = document.do('version.create', { change_summary: '' });
    expect(second).to.include({ number: 2, seq: 3 }).and.not.to.have.property('tag');
    expect(document.query('version.get', { id: second.id as EntityId })).to.equal(second);
    expect(document.query('version.byTag', { tag: 'v1' })).to.equal(outcome.answer);
    expect(document.query('version.list', { page: 2, size: 1 })).to.deep.equal({
      items: [second],
      page: 2,
      size: 1,
      total: 2,
    });
  });

  it('[ANN-4] names an earlier state, and pins that', () => {
    const document = LivedDocument.created();
    const state = annotationKind.snapshot(document.state);
    document.add(BOX);
    const create = { type: 'version.create', change_summary: '', tag: 'early' } as const;
    const outcome = document.execute({ ...create, past: { seq: 1, state } });
    expect(outcome.answer).to.include({ seq: 1, number: 1, tag: 'early' });
    expect('pin' in outcome && outcome.pin).to.deep.equal({ seq: 1, bytes: state });
    for (const seq of [0, -1, 1.5, 4]) {
      const problem = document.refused({ ...create, tag: 'late', past: { seq, state } });
      expect(problem.errors?.map(({ path }) => path)).to.deep.equal(['/body/seq']);
    }
    expect(document.refused({ ...create, past: { seq: 1, state } }).code).to.equal('tag_taken');
    expect(document.do('version.create', { change_summary: '', past: { seq: 3, state } }).seq).to.equal(3);
    expect(observe(document.replayed())).to.deep.equal(observe(document.state));
  });

  it('[DOC-7] has a tag that no other version of the document has', () => {
    const document = LivedDocument.created();
    document.do('version.create', { change_summary: '', tag: 'a' });
    expect(document.refused({ type: 'version.create', change_summary: '', tag: 'a' }).code).to.equal(
      'tag_taken',
    );
    const invalid = document.refused({ type: 'version.create', change_summary: 'x'.repeat(1_001), tag: ' ' });
    expect(invalid.errors?.map(({ path }) => path)).to.deep.equal(['/body/change_summary', '/body/tag']);
    expect(document.refusedQuery({ type: 'version.byTag', tag: 'b' }).code).to.equal('not_found');
    expect(document.refusedQuery({ type: 'version.get', id: NOWHERE }).code).to.equal('not_found');
  });
});

describe('an export', () => {
  it('[ANN-6] draws the state of the moment, whatever happens meanwhile', () => {
    const document = LivedDocument.created();
    document.add(BOX);
    const scene = document.query('scene', {});
    const outcome = document.execute({ type: 'export.request', parameters: { ...PNG, dpi: 96 } });
    const job = document.query('export.list', { page: 1, size: 1 }).items[0];
    expect(job).to.deep.include({
      status: 'queued',
      seq: 2,
      dpi: 96,
      progress: 0,
      result_url: null,
      completed_at: null,
    });
    expect(outcome.answer).to.equal(job);
    expect('effects' in outcome && outcome.effects).to.deep.equal([
      { type: 'export', id: job?.id, seq: 2, parameters: { ...PNG, dpi: 96 }, scene },
    ]);
    const early = document.execute({ type: 'export.request', parameters: PNG, at: 1 });
    expect('effects' in early && early.effects?.[0])
      .to.include({ seq: 1 })
      .and.not.to.have.property('scene');
  });

  it('is unfinished work, also after a snapshot, until its result is known', () => {
    const document = LivedDocument.created();
    const first = document.do('export.request', { parameters: PNG });
    const second = document.do('export.request', { parameters: { ...PNG, format: 'jpg' } });
    const restored = annotationKind.restore(DOCUMENT_ID, annotationKind.snapshot(document.state));
    expect(annotationKind.unfinished(restored).map((effect) => 'id' in effect && effect.id)).to.deep.equal([
      first.id,
      second.id,
    ]);
    const done = document.execute({
      type: 'export.finish',
      id: first.id as EntityId,
      outcome: { status: 'completed', mime: 'image/png', size: 7 },
    });
    expect(done.answer).to.include({
      status: 'completed',
      progress: 1,
      result_url: `/exports/${first.id}.png`,
      mime: 'image/png',
      size: 7,
    });
    expect('entities' in done && done.entities?.[0]).to.include({
      type: 'export',
      open: false,
      deleted: false,
    });
    const error = { code: 'render_failed', message: 'no' };
    const failed = document.do('export.finish', {
      id: second.id as EntityId,
      outcome: { status: 'failed', error },
    });
    expect(failed).to.deep.include({ status: 'failed', error, result_url: null });
    expect(failed.completed_at).to.be.a('string');
    expect(annotationKind.unfinished(document.state)).to.deep.equal([]);
  });

  it('keeps its first result', () => {
    const document = LivedDocument.created();
    const { id } = document.do('export.request', { parameters: PNG });
    const finish = (size: number) =>
      document.execute({
        type: 'export.finish',
        id: id as EntityId,
        outcome: { status: 'completed', mime: 'image/png', size },
      });
    const first = finish(7);
    const second = finish(8);
    expect(second).to.deep.equal({ answer: first.answer });
    const outcome = { status: 'completed', mime: 'image/png', size: 7 } as const;
    expect(document.refused({ type: 'export.finish', id: NOWHERE, outcome }).code).to.equal('not_found');
  });

  it('[DOC-7] is refused where it cannot be made', () => {
    const document = LivedDocument.created();
    const transparent = document.refused({
      type: 'export.request',
      parameters: { ...PNG, format: 'jpg', background: 'transparent' },
    });
    expect(transparent.errors?.map(({ path }) => path)).to.deep.equal(['/body/background']);
    const future = document.refused({ type: 'export.request', parameters: PNG, at: 2 });
    expect(future.errors?.map(({ path }) => path)).to.deep.equal(['/body/seq']);
    const image = { kind: 'blob', blob: { ...PICTURE, width: 5_000, height: 5_000 } } as const;
    document.do('document.update', { image });
    const large = document.refused({ type: 'export.request', parameters: { ...PNG, scale: 2.01 } });
    expect(large.code).to.equal('image_too_large');
    expect(document.do('export.request', { parameters: { ...PNG, scale: 2 } }).status).to.equal('queued');
  });
});
