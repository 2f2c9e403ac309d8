import { randomUUID } from 'node:crypto';
import type { Caller } from '../../actors/caller.ts';
import type { PageQuery } from '../../actors/page-query.ts';
import type { AnnotationPort } from '../../http/dependencies.ts';
import type { Annotation, Document, ExportJob, Page, Version } from '../../protocol/entities.ts';
import { Problem } from '../../protocol/problem.ts';

interface Entity {
  id: string;
  version: number;
  status: 'active' | 'deleted';
  updated_at: string;
  updated_by: string;
}

const now = (): string => new Date().toISOString();

function pageOf<T>(all: readonly T[], { page, size }: PageQuery): Page<T> {
  return { items: all.slice((page - 1) * size, page * size), page, size, total: all.length };
}

function find<T extends Entity>(
  map: ReadonlyMap<string, T>,
  what: string,
  id: string,
  includeDeleted: boolean,
): T {
  const entity = map.get(id);
  if (!entity || (entity.status === 'deleted' && !includeDeleted)) throw Problem.notFound(what, id);
  return entity;
}

function change<T extends Entity>(entity: T, to: Partial<T>, version: number | undefined, caller: Caller): T {
  if (version !== undefined && version !== entity.version) {
    throw new Problem('version_conflict', 'It was changed meanwhile.', {
      extra: { current_version: entity.version },
    });
  }
  return Object.assign(entity, to, { version: entity.version + 1, updated_at: now(), updated_by: caller.by });
}

/** Plain maps with the manners of the annotation service: enough for the HTTP door, which knows nothing else of it. */
export class FakeAnnotations implements AnnotationPort {
  readonly #documents = new Map<string, Document>();
  readonly #annotations = new Map<string, Annotation>();
  readonly #versions = new Map<string, Version>();
  readonly #jobs = new Map<string, ExportJob>();
  readonly files = new Map<string, { path: string; mime: string; size: number; name: string }>();
  /** Every caller of a change, in order. */
  readonly callers: Caller[] = [];
  /** Thrown by the next call, whatever it is. */
  failure: unknown;

  #enter(caller?: Caller): void {
    if (caller) this.callers.push(caller);
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #author(caller: Caller): Pick<Document, 'created_at' | 'created_by' | 'updated_at' | 'updated_by'> {
    const at = now();
    return { created_at: at, created_by: caller.by, updated_at: at, updated_by: caller.by };
  }

  async createDocument(
    input: { name: string; image_url?: string | null },
    caller: Caller,
  ): Promise<Document> {
    this.#enter(caller);
    const base = {
      id: randomUUID(),
      version: 1,
      status: 'active' as const,
      image_url: input.image_url ?? null,
    };
    const document: Document = { ...base, name: input.name, ...this.#author(caller) };
    this.#documents.set(document.id, document);
    return document;
  }

  async listDocuments(page: PageQuery & { include_deleted: boolean }): Promise<Page<Document>> {
    this.#enter();
    const all = [...this.#documents.values()];
    return pageOf(
      all.filter((d) => page.include_deleted || d.status === 'active'),
      page,
    );
  }

  async getDocument(id: string, includeDeleted: boolean): Promise<Document> {
    this.#enter();
    return find(this.#documents, 'document', id, includeDeleted);
  }

  async updateDocument(
    id: string,
    { version, ...to }: { name?: string; image_url?: string | null; version?: number },
    caller: Caller,
  ): Promise<Document> {
    this.#enter(caller);
    return change(find(this.#documents, 'document', id, false), to, version, caller);
  }

  async deleteDocument(id: string, version: number | undefined, caller: Caller): Promise<Document> {
    this.#enter(caller);
    return change(find(this.#documents, 'document', id, false), { status: 'deleted' }, version, caller);
  }

  async createAnnotation(
    documentId: string,
    input: Parameters<AnnotationPort['createAnnotation']>[1],
    caller: Caller,
  ): Promise<Annotation> {
    this.#enter(caller);
    find(this.#documents, 'document', documentId, false);
    const annotation: Annotation = {
      id: randomUUID(),
      document_id: documentId,
      type: input.type,
      geometry: (input.geometry ?? {}) as Annotation['geometry'],
      style: input.style ?? {},
      content: input.content ?? '',
      parent_id: input.parent_id ?? null,
      group_id: input.group_id ?? null,
      ...(input.type === 'comment' && { resolved: input.resolved ?? false }),
      version: 1,
      status: 'active',
      ...this.#author(caller),
    };
    this.#annotations.set(annotation.id, annotation);
    return annotation;
  }

  async listAnnotations(
    filter: PageQuery & { document_id?: string; include_deleted: boolean },
  ): Promise<Page<Annotation>> {
    this.#enter();
    const all = [...this.#annotations.values()].filter(
      (a) =>
        (filter.document_id === undefined || a.document_id === filter.document_id) &&
        (filter.include_deleted || a.status === 'active'),
    );
    return pageOf(all, filter);
  }

  async getAnnotation(id: string, includeDeleted: boolean): Promise<Annotation> {
    this.#enter();
    return find(this.#annotations, 'annotation', id, includeDeleted);
  }

  async updateAnnotation(
    id: string,
    to: Parameters<AnnotationPort['updateAnnotation']>[1],
    version: number | undefined,
    caller: Caller,
  ): Promise<Annotation> {
    this.#enter(caller);
    const annotation = find(this.#annotations, 'annotation', id, false);
    const style = Object.entries({ ...annotation.style, ...to.style }).filter(([, value]) => value !== null);
    const geometry = (to.geometry ?? annotation.geometry) as Annotation['geometry'];
    return change(annotation, { ...to, geometry, style: Object.fromEntries(style) }, version, caller);
  }

  async deleteAnnotation(id: string, version: number | undefined, caller: Caller): Promise<Annotation> {
    this.#enter(caller);
    return change(find(this.#annotations, 'annotation', id, false), { status: 'deleted' }, version, caller);
  }

  async createVersion(
    documentId: string,
    input: { change_summary: string; tag?: string },
    caller: Caller,
  ): Promise<Version> {
    this.#enter(caller);
    find(this.#documents, 'document', documentId, false);
    const number = this.#versions.size + 1;
    const { created_at, created_by } = this.#author(caller);
    const version: Version = {
      id: randomUUID(),
      document_id: documentId,
      number,
      seq: number,
      ...input,
      created_at,
      created_by,
    };
    this.#versions.set(version.id, version);
    return version;
  }

  async listVersions(filter: PageQuery & { document_id?: string }): Promise<Page<Version>> {
    this.#enter();
    const all = [...this.#versions.values()];
    return pageOf(
      all.filter((v) => filter.document_id === undefined || v.document_id === filter.document_id),
      filter,
    );
  }

  async getVersion(id: string): ReturnType<AnnotationPort['getVersion']> {
    this.#enter();
    const version = this.#versions.get(id);
    if (!version) throw Problem.notFound('version', id);
    const document = find(this.#documents, 'document', version.document_id, true);
    return { ...version, snapshot: { document, annotations: [] } };
  }

  async revertVersion(id: string, version: number | undefined, caller: Caller): Promise<Document> {
    this.#enter(caller);
    const target = this.#versions.get(id);
    if (!target) throw Problem.notFound('version', id);
    return change(find(this.#documents, 'document', target.document_id, false), {}, version, caller);
  }

  async isExportHidden(): Promise<boolean> {
    return false;
  }

  async requestExport(
    documentId: string,
    input: Parameters<AnnotationPort['requestExport']>[1],
    caller: Caller,
  ): Promise<ExportJob> {
    this.#enter(caller);
    find(this.#documents, 'document', documentId, false);
    const { created_at, created_by } = this.#author(caller);
    const job: ExportJob = {
      id: randomUUID(),
      document_id: documentId,
      status: 'queued',
      format: input.format,
      seq: input.seq ?? 1,
      scale: input.scale ?? 1,
      background: input.background ?? 'white',
      include_comments: input.include_comments ?? false,
      progress: 0,
      result_url: null,
      created_at,
      created_by,
      completed_at: null,
    };
    this.#jobs.set(job.id, job);
    return job;
  }

  async listExports(filter: PageQuery & { document_id?: string }): Promise<Page<ExportJob>> {
    this.#enter();
    const all = [...this.#jobs.values()];
    return pageOf(
      all.filter((job) => filter.document_id === undefined || job.document_id === filter.document_id),
      filter,
    );
  }

  async getExport(id: string): Promise<ExportJob> {
    this.#enter();
    const job = this.#jobs.get(id);
    if (!job) throw Problem.notFound('export', id);
    return job;
  }

  async exportFile(id: string): Promise<{ path: string; mime: string; size: number; name: string }> {
    this.#enter();
    const file = this.files.get(id);
    if (!file) throw Problem.notFound('finished export', id);
    return file;
  }
}
