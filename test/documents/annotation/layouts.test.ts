import { createHash } from 'node:crypto';
import { expect } from 'chai';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AnnotationEvent } from '../../../documents/annotation/annotation-events.ts';
import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import type { EntityId } from '../../../protocol/ids.ts';
import { BOX, DOCUMENT_ID, LivedDocument, PICTURE } from '../../helpers/annotation-document.ts';

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

/** One of each event and of each of its variants, with the hash of its bytes in layout 1. */
const EVENTS: readonly (readonly [string, AnnotationEvent])[] = [
  ['9dbcb6a590a42ae6', { type: 'document.created', name: 'Plän', image: null }],
  [
    'd80bd0ec6c67d1fb',
    { type: 'document.created', name: 'a', image: { kind: 'url', url: 'https://example.org' } },
  ],
  [
    'bfccdc03d1f4342a',
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

const SNAPSHOT_HASH = 'bcc288853f2caea9';

describe('the layouts of an annotation document', () => {
  it('are as the logs that are kept have them: a change needs a new version', () => {
    const hashes = EVENTS.map(([, event]) => hash(annotationKind.encode(event)));
    expect(hashes).to.deep.equal(EVENTS.map(([expected]) => expected));
    expect(annotationKind.eventVersion).to.equal(1);
  });

  it('give back every event as it was', () => {
    for (const [, event] of EVENTS) {
      expect(annotationKind.decode(annotationKind.encode(event), 1)).to.deep.equal(event);
    }
  });

  it('are refused in versions that are not known', () => {
    expect(() => annotationKind.decode(Uint8Array.of(3), 2)).to.throw('event layout 2 is not known');
    expect(() => annotationKind.decode(Uint8Array.of(99), 1)).to.throw('event tag 99 is not known');
    expect(() => annotationKind.restore(DOCUMENT_ID, Uint8Array.of(2))).to.throw(
      'snapshot layout 2 is not known',
    );
  });

  it('hold a snapshot as the stores have it: a change needs a new version', () => {
    const document = LivedDocument.created();
    const { id } = document.add({ ...BOX, content: 'hello', style: { stroke: 'red', dash: [1, 2] } });
    document.add({ type: 'comment', parent_id: id, content: 'ü' });
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
