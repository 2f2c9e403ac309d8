import type { AnnotationFact } from '../../protocol/annotation-messages.ts';
import type { Annotation, Document, ExportJob, Version } from '../../protocol/entities.ts';
import { DOCUMENT_ID } from './harness.ts';

const AT = '2026-11-21T07:00:00.000Z';
const ENTITY_ID = '11111111-2222-4333-8444-555555555555';

export const someDocument: Document = {
  id: DOCUMENT_ID,
  name: 'Plan',
  image_url: null,
  version: 1,
  status: 'active',
  created_at: AT,
  updated_at: AT,
  created_by: 'ann',
  updated_by: 'ann',
};

export const someAnnotation: Annotation = {
  id: ENTITY_ID,
  document_id: DOCUMENT_ID,
  type: 'box',
  geometry: { x: 1, y: 2, width: 3, height: 4 },
  style: { stroke: '#e03131' },
  content: '',
  parent_id: null,
  group_id: null,
  version: 1,
  status: 'active',
  created_at: AT,
  updated_at: AT,
  created_by: 'ann',
  updated_by: 'ann',
};

export const someVersion: Version = {
  id: ENTITY_ID,
  document_id: DOCUMENT_ID,
  number: 1,
  seq: 3,
  change_summary: '',
  created_at: AT,
  created_by: 'ann',
};

export const someJob: ExportJob = {
  id: ENTITY_ID,
  document_id: DOCUMENT_ID,
  status: 'processing',
  format: 'png',
  seq: 3,
  scale: 1,
  background: 'white',
  include_comments: false,
  progress: 0.5,
  result_url: null,
  created_at: AT,
  created_by: 'ann',
  completed_at: null,
};

/** What must never leave the server by this door. */
export const UPDATE = new TextEncoder().encode('yjs-update-bytes');

const lists = { created: [someAnnotation], updated: [], deleted: [] };

/** One of each. */
export const everyFact: readonly AnnotationFact[] = [
  { type: 'document.created', document: someDocument },
  { type: 'document.updated', document: someDocument },
  { type: 'document.deleted', document: someDocument },
  { type: 'document.reverted', document: someDocument, version: someVersion, ...lists, update: UPDATE },
  { type: 'annotation.created', annotation: someAnnotation, update: UPDATE },
  { type: 'annotation.updated', annotation: someAnnotation, update: UPDATE },
  { type: 'annotation.deleted', annotation: someAnnotation, update: UPDATE },
  { type: 'annotations.changed', ...lists, update: UPDATE },
  { type: 'annotations.changed', created: [], updated: [], deleted: [], update: UPDATE },
  { type: 'version.created', version: someVersion },
  { type: 'export.updated', job: someJob },
];

/** A fact of about so many bytes. */
export const factOf = (content: string): AnnotationFact => ({
  type: 'annotation.created',
  annotation: { ...someAnnotation, content },
  update: UPDATE,
});
