import { createHash } from 'node:crypto';
import { expect } from 'chai';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AnnotationEvent } from '../../../documents/annotation/annotation-events.ts';
import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, DOCUMENT_ID, LivedDocument, observe, PICTURE } from '../../helpers/annotation-document.ts';

const ID = '22222222-2222-4222-8222-222222222222' as EntityId;
const UPDATE = Uint8Array.of(0, 0);
const IMAGE = { kind: 'blob', blob: PICTURE, inline: 'data:image/png;base64,AA==' } as const;

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** A snapshot with the CRDT of another. */
function withCrdtOf(snapshot: Uint8Array, other: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(snapshot);
  const otherDecoder = decoding.createDecoder(other);
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, decoding.readVarUint(decoder));
  decoding.readVarUint8Array(decoder);
  decoding.readVarUint(otherDecoder);
  encoding.writeVarUint8Array(encoder, decoding.readVarUint8Array(otherDecoder));
  encoding.writeUint8Array(encoder, decoding.readTailAsUint8Array(decoder));
  return encoding.toUint8Array(encoder);
}

/** A document in layout 1: a box with a comment on it, a line that a Yjs client deleted and the comment on that. */
const SNAPSHOT_1 = [
  'Ae8FAgH0AwCoARUBdwdkZWxldGVkHwEAJwELYW5ub3RhdGlvbnMkMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAx',
  'ASgAAQAEdHlwZQF3A2JveCgAAQAIZ2VvbWV0cnkBdgQBeH0BAXl9AgV3aWR0aH0eBmhlaWdodH0oJwABAAVzdHlsZQEnAAEAB2Nv',
  'bnRlbnQCBAABBAFiKAABAAZzdGF0dXMBdwZhY3RpdmUnAQthbm5vdGF0aW9ucyQwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAw',
  'MDAwMDAwMDIBKAABBwR0eXBlAXcHY29tbWVudCgAAQcIZ2VvbWV0cnkBdgIBeH0FAXl9BicAAQcFc3R5bGUBJwABBwdjb250ZW50',
  'AgQAAQsBYygAAQcJcGFyZW50X2lkAXckMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxKAABBwhyZXNvbHZlZAF5',
  'KAABBwZzdGF0dXMBdwZhY3RpdmUnAQthbm5vdGF0aW9ucyQwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDMBKAAB',
  'EAR0eXBlAXcEbGluZSgAARAIZ2VvbWV0cnkBdgEGcG9pbnRzdQJ1An0HfQh1An0JfQonAAEQBXN0eWxlAScAARAHY29udGVudAIh',
  'AAEQBnN0YXR1cwEnAQthbm5vdGF0aW9ucyQwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDQBKAABFgR0eXBlAXcH',
  'Y29tbWVudCgAARYIZ2VvbWV0cnkBdgIBeH0BAXl9AScAARYFc3R5bGUBJwABFgdjb250ZW50AgQAARoBbCgAARYJcGFyZW50X2lk',
  'AXckMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAzKAABFghyZXNvbHZlZAF5KAABFgZzdGF0dXMBdwZhY3RpdmUB',
  'AQEVAQF2CwJpZHckYTFkMGMyZGUtN2Y3MC00YjBlLThhNTMtNmY3YTRiMWM5ZTAxBG5hbWV3BFBsYW4JaW1hZ2VfdXJsfgV3aWR0',
  'aH2AFAZoZWlnaHR9kAsHdmVyc2lvbn0BBnN0YXR1c3cGYWN0aXZlCmNyZWF0ZWRfYXR3GDIwMjMtMTEtMTRUMjI6MTM6MjAuMDAw',
  'Wgp1cGRhdGVkX2F0dxgyMDIzLTExLTE0VDIyOjEzOjIwLjAwMFoKY3JlYXRlZF9ieXcDYW5uCnVwZGF0ZWRfYnl3A2FubgAEASQw',
  'MDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEBgdCV/7wxA2FuboHQlf+8MQNhbm4BJDAwMDAwMDAwLTAwMDAtNDAw',
  'MC04MDAwLTAwMDAwMDAwMDAwMgGC0JX/vDEDYW5ugtCV/7wxA2FubgB2DgJpZHckMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAw',
  'MDAwMDAwMDAzC2RvY3VtZW50X2lkdyRhMWQwYzJkZS03ZjcwLTRiMGUtOGE1My02ZjdhNGIxYzllMDEEdHlwZXcEbGluZQhnZW9t',
  'ZXRyeXYBBnBvaW50c3UCdQJ9B30IdQJ9CX0KBXN0eWxldgAHY29udGVudHcACXBhcmVudF9pZH4IZ3JvdXBfaWR+B3ZlcnNpb259',
  'AgZzdGF0dXN3B2RlbGV0ZWQKY3JlYXRlZF9hdHcYMjAyMy0xMS0xNFQyMjoxMzoyMC4wMDNaCnVwZGF0ZWRfYXR3GDIwMjMtMTEt',
  'MTRUMjI6MTM6MjAuMDA1WgpjcmVhdGVkX2J5dwNhbm4KdXBkYXRlZF9ieXcDYW5uAHYPAmlkdyQwMDAwMDAwMC0wMDAwLTQwMDAt',
  'ODAwMC0wMDAwMDAwMDAwMDQLZG9jdW1lbnRfaWR3JGExZDBjMmRlLTdmNzAtNGIwZS04YTUzLTZmN2E0YjFjOWUwMQR0eXBldwdj',
  'b21tZW50CGdlb21ldHJ5dgIBeH0BAXl9AQVzdHlsZXYAB2NvbnRlbnR3AWwJcGFyZW50X2lkdyQwMDAwMDAwMC0wMDAwLTQwMDAt',
  'ODAwMC0wMDAwMDAwMDAwMDMIZ3JvdXBfaWR+CHJlc29sdmVkeQd2ZXJzaW9ufQIGc3RhdHVzdwdkZWxldGVkCmNyZWF0ZWRfYXR3',
  'GDIwMjMtMTEtMTRUMjI6MTM6MjAuMDA0Wgp1cGRhdGVkX2F0dxgyMDIzLTExLTE0VDIyOjEzOjIwLjAwNVoKY3JlYXRlZF9ieXcD',
  'YW5uCnVwZGF0ZWRfYnl3A2FubgF2CAJpZHckMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDA1C2RvY3VtZW50X2lk',
  'dyRhMWQwYzJkZS03ZjcwLTRiMGUtOGE1My02ZjdhNGIxYzllMDEGbnVtYmVyfQEDc2VxfQYDdGFndwF0DmNoYW5nZV9zdW1tYXJ5',
  'dwF4CmNyZWF0ZWRfYXR3GDIwMjMtMTEtMTRUMjI6MTM6MjAuMDA2WgpjcmVhdGVkX2J5dwNhbm4A',
].join('');

/** One of each event and of each of its variants, with the hash of its bytes in layout 2. */
const EVENTS: readonly (readonly [string, AnnotationEvent])[] = [
  ['3ecb406b600146c2', { type: 'document.created', name: 'Plän', image: null }],
  [
    '9ac04243af07d12f',
    { type: 'document.created', name: 'a', image: null, size: { width: 300, height: 20_000 } },
  ],
  [
    '3c03004c7026f871',
    { type: 'document.created', name: 'a', image: { kind: 'url', url: 'https://example.org' } },
  ],
  [
    'd24a8c6edc4196fa',
    {
      type: 'document.created',
      name: 'a',
      image: { kind: 'url', url: 'https://example.org', copy: PICTURE },
    },
  ],
  ['d73903cc29ffad55', { type: 'document.updated', name: 'b', image: IMAGE }],
  ['7dc4096fa4ca962f', { type: 'document.updated', image: null }],
  ['070b13c004e9475f', { type: 'document.updated' }],
  ['084fed08b978af4d', { type: 'document.deleted' }],
  ['26e4d97d977cc91f', { type: 'document.imageKept', copy: { ...PICTURE, mime: 'image/jpeg' } }],
  ['1bf2539619d91087', { type: 'document.reverted', version_id: ID, name: 'c', image: null, update: UPDATE }],
  ['081dc17b25f67862', { type: 'annotations.edited', update: UPDATE }],
  ['0b8ad94e5e3fd8ed', { type: 'annotations.edited', update: UPDATE, subject: ID }],
  ['b7e350330333d477', { type: 'version.created', id: ID, seq: 300, change_summary: 'd' }],
  ['1da021fc232e622c', { type: 'version.created', id: ID, seq: 300, change_summary: 'd', tag: 'e' }],
  [
    '69c8589f201aaab2',
    {
      type: 'export.queued',
      id: ID,
      seq: 7,
      parameters: { format: 'png', scale: 0.1, background: 'transparent', include_comments: true, dpi: 300 },
    },
  ],
  [
    'dd182135e5bc6216',
    {
      type: 'export.queued',
      id: ID,
      seq: 7,
      parameters: { format: 'jpg', scale: 4, background: 'white', include_comments: false },
    },
  ],
  [
    '4ac6af37122b65b7',
    { type: 'export.finished', id: ID, outcome: { status: 'completed', mime: 'image/jpeg', size: 1_000 } },
  ],
  [
    'c43a2cde24e2a909',
    {
      type: 'export.finished',
      id: ID,
      outcome: { status: 'failed', error: { code: 'image_corrupt', message: 'cut off' } },
    },
  ],
];

const SNAPSHOT_HASH = '10afa0df97934503';

describe('the layouts of an annotation document', () => {
  it('are as the logs that are kept have them: a change needs a new version', () => {
    const hashes = EVENTS.map(([, event]) => hash(annotationKind.encode(event)));
    expect(hashes).to.deep.equal(EVENTS.map(([expected]) => expected));
    expect(annotationKind.eventVersion).to.equal(2);
  });

  it('give back every event as it was', () => {
    for (const [, event] of EVENTS) {
      expect(annotationKind.decode(annotationKind.encode(event), 2)).to.deep.equal(event);
    }
  });

  it('are refused in versions that are not known', () => {
    expect(() => annotationKind.decode(Uint8Array.of(3), 3)).to.throw('event layout 3 is not known');
    expect(() => annotationKind.decode(Uint8Array.of(99), 1)).to.throw('event tag 99 is not known');
    expect(() => annotationKind.restore(DOCUMENT_ID, Uint8Array.of(3))).to.throw(
      'snapshot layout 3 is not known',
    );
  });

  it('are read in layout 1, too', () => {
    const created = Buffer.from('0104506c616e00', 'hex');
    expect(annotationKind.decode(created, 1)).to.deep.equal({
      type: 'document.created',
      name: 'Plan',
      image: null,
    });
    const state = annotationKind.restore(DOCUMENT_ID, Buffer.from(SNAPSHOT_1, 'base64'));
    expect(state.document?.wire).to.include({ name: 'Plan', width: 1280, height: 720 });
    expect(state.versions.byTag('t')).to.include({ seq: 6 });
    const looks = state.annotations.known().map(({ wire }) => [wire.type, wire.status, wire.orphaned]);
    expect(looks).to.deep.equal([
      ['box', 'active', undefined],
      ['comment', 'active', undefined],
      ['line', 'deleted', undefined],
      // Then it went with its anchor; by the rule of today it stays.
      ['comment', 'active', true],
    ]);
    expect(state.annotations.active().at(-1)).to.deep.include({ geometry: { x: 7, y: 8 }, version: 2 });
    const again = annotationKind.restore(DOCUMENT_ID, annotationKind.snapshot(state));
    expect(observe(again)).to.deep.equal(observe(state));
  });

  it('hold a snapshot as the stores have it: a change needs a new version', () => {
    const document = new LivedDocument();
    document.do('document.create', { name: 'Plan', image: null, size: { width: 300, height: 200 } });
    const { id } = document.add({ ...BOX, content: 'hello', style: { stroke: 'red', dash: [1, 2] } });
    document.add({ type: 'comment', parent_id: id, content: 'ü' });
    const anchor = document.add(BOX);
    const orphans = [1, 2, 3].map((x) =>
      document.add({ type: 'comment', parent_id: anchor.id, geometry: { x, y: 0 } }),
    );
    document.remove(anchor.id);
    for (const orphan of orphans.slice(1)) document.update(orphan.id, { geometry: { x: 0, y: 9 } });
    for (const orphan of orphans.slice(2)) document.remove(orphan.id);
    const { id: gone } = document.add({
      type: 'freehand',
      geometry: {
        points: [
          [1, 2, 0.5],
          [3, 4],
        ],
      },
    });
    document.update(id, { content: 'help', style: { stroke: null } });
    document.remove(gone);
    document.do('version.create', { change_summary: 'x', tag: 't' });
    document.do('document.update', { image: IMAGE });
    document.do('export.request', {
      parameters: { format: 'png', scale: 1, background: 'white', include_comments: false },
    });
    const bytes = annotationKind.snapshot(document.state);
    expect(hash(bytes)).to.equal(SNAPSHOT_HASH);
    expect(annotationKind.snapshot(annotationKind.restore(DOCUMENT_ID, bytes))).to.deep.equal(bytes);
  });

  it('can be loaded whatever the CRDT in them says: what it lost is deleted, what it gives back is there', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const whole = annotationKind.snapshot(document.state);
    document.remove(id);
    const deleted = annotationKind.snapshot(document.state);
    const active = (bytes: Uint8Array): readonly string[] =>
      annotationKind
        .restore(DOCUMENT_ID, bytes)
        .annotations.active()
        .map((annotation) => annotation.id);
    expect(
      active(withCrdtOf(whole, annotationKind.snapshot(annotationKind.create(DOCUMENT_ID)))),
    ).to.deep.equal([]);
    expect(active(withCrdtOf(deleted, whole))).to.deep.equal([id]);
    expect(active(withCrdtOf(whole, deleted))).to.deep.equal([]);
  });

  it('hold a document that was never created', () => {
    const bytes = annotationKind.snapshot(annotationKind.create(DOCUMENT_ID));
    expect(annotationKind.snapshot(annotationKind.restore(DOCUMENT_ID, bytes))).to.deep.equal(bytes);
  });
});
