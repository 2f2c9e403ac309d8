import type { DocumentId } from '../../protocol/ids.ts';
import { AnnotationCrdt } from './annotation-crdt.ts';
import type { DocumentFields } from './document-fields.ts';
import { ExportJobs } from './export-jobs.ts';
import { Projection } from './projection.ts';
import { VersionList } from './version-list.ts';

/** An annotation document: one mutable object that its actor owns; what hangs on its leaves is immutable. */
export class AnnotationState {
  readonly id: DocumentId;
  readonly crdt: AnnotationCrdt;
  readonly annotations: Projection;
  readonly versions = new VersionList();
  readonly exports = new ExportJobs();
  /** Absent until it is created. */
  document: DocumentFields | undefined;

  /** @param update the CRDT's whole state, from a snapshot. */
  constructor(id: DocumentId, update?: Uint8Array) {
    this.id = id;
    this.crdt = new AnnotationCrdt(update);
    this.annotations = new Projection(id, this.crdt);
  }
}
