import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnnotationChange, AnnotationInput, ExportParameters } from '../protocol/annotation-messages.ts';
import type { Annotation, Document, ExportJob, Page, Version, VersionDetail } from '../protocol/entities.ts';
import { type EntityId, parseEntityId, type Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Directory, EntityRow } from '../storage/port.ts';
import { AnnotationDocument } from './annotation-document.ts';
import type { Caller } from './caller.ts';
import type { Documents } from './documents.ts';
import { type ExportStage, withStage } from './export-supervisor.ts';
import type { ImageLibrary } from './image-library.ts';
import { documentIdNamedBy } from './named-id.ts';

const KIND = 'annotation';
const PASSED_OVER: ReadonlySet<string> = new Set(['not_found', 'unavailable']);
/** More exports than this may not wait in one process. */
const EXPORTS_PENDING_LIMIT = 1_000;
/** CSS pixels per inch. */
const CSS_DPI = 96;

export interface PageQuery {
  readonly page: number;
  readonly size: number;
}

export interface EntityFilter extends PageQuery {
  readonly document_id?: string;
}

export interface ExportInput {
  readonly format: 'png' | 'jpg';
  readonly seq?: number;
  readonly tag?: string;
  readonly version_id?: string;
  readonly scale?: number;
  readonly background?: 'white' | 'transparent';
  readonly include_comments?: boolean;
  readonly dpi?: number;
}

export interface AnnotationServiceParts {
  readonly documents: Documents;
  readonly directory: Directory;
  readonly images: ImageLibrary;
  readonly exports: { stageOf(id: EntityId): ExportStage | undefined; readonly pending: number };
  /** Absolute. */
  readonly exportsDir: string;
  readonly newId: () => string;
}

/** Annotation documents as the REST doors need them: finds the document of a thing, asks it, joins lists. */
export class AnnotationService {
  readonly #parts: AnnotationServiceParts;

  constructor(parts: AnnotationServiceParts) {
    this.#parts = parts;
  }

  /** A caller's operation id names the document too: a retry finds the one that it made. */
  async createDocument(
    input: { readonly name: string; readonly image_url?: string | null },
    caller: Caller,
  ): Promise<Document> {
    const image = (await this.#parts.images.accept(input.image_url ?? null, undefined)) ?? null;
    const id = documentIdNamedBy('document.create', caller.operationId, this.#parts.newId);
    const document = new AnnotationDocument(this.#parts.documents.open(KIND, id));
    return document.execute({ type: 'document.create', name: input.name, image }, caller);
  }

  async listDocuments(query: PageQuery & { readonly include_deleted: boolean }): Promise<Page<Document>> {
    const { page, size } = query;
    const { rows, total } = await this.#parts.directory.list(KIND, {
      page,
      size,
      includeDeleted: query.include_deleted,
    });
    return { items: rows.map((row) => row.wire as Document), page, size, total };
  }

  async getDocument(id: string, includeDeleted: boolean): Promise<Document> {
    const document = await this.#document(id, includeDeleted);
    return document.query({ type: 'document.get', include_deleted: includeDeleted });
  }

  async updateDocument(
    id: string,
    change: { readonly name?: string; readonly image_url?: string | null; readonly version?: number },
    caller: Caller,
  ): Promise<Document> {
    const document = await this.#document(id);
    const { image_url, ...fields } = change;
    const image =
      image_url === undefined ? undefined : await this.#parts.images.accept(image_url, document.id);
    return document.execute(
      { type: 'document.update', ...fields, ...(image === undefined ? {} : { image }) },
      caller,
    );
  }

  async deleteDocument(id: string, version: number | undefined, caller: Caller): Promise<Document> {
    // A deleted one too: a retry gets its answer again; the document refuses everything else.
    const document = await this.#document(id, true);
    return document.execute({ type: 'document.delete', ...ifVersion(version) }, caller);
  }

  /** @throws Problem `not_found` where the server holds no image of the document */
  async getImage(id: string): Promise<{ bytes: Uint8Array; mime: string; hash: string }> {
    const document = await this.#document(id);
    const image = await document.query({ type: 'document.image' });
    if (image?.kind !== 'blob') throw Problem.notFound('image of document', id);
    const { mime, hash } = image.blob;
    return { bytes: await this.#parts.images.get(image.blob), mime, hash };
  }

  async createAnnotation(
    documentId: string,
    annotation: AnnotationInput,
    caller: Caller,
  ): Promise<Annotation> {
    const document = await this.#document(documentId);
    return document.execute({ type: 'annotation.create', annotation }, caller);
  }

  async listAnnotations(
    filter: EntityFilter & { readonly include_deleted: boolean },
  ): Promise<Page<Annotation>> {
    const { page, size, include_deleted } = filter;
    if (filter.document_id !== undefined) {
      return this.#listOf(filter, (document) =>
        document.query({ type: 'annotation.list', page, size, include_deleted }),
      );
    }
    return this.#listAll('annotation', { page, size, includeDeleted: include_deleted }, (document, id) =>
      document.query({ type: 'annotation.get', id, include_deleted: true }),
    );
  }

  async getAnnotation(id: string, includeDeleted: boolean): Promise<Annotation> {
    const [document, entity] = await this.#locate('annotation', id);
    return document.query({ type: 'annotation.get', id: entity, include_deleted: includeDeleted });
  }

  async updateAnnotation(
    id: string,
    change: AnnotationChange,
    version: number | undefined,
    caller: Caller,
  ): Promise<Annotation> {
    const [document, entity] = await this.#locate('annotation', id);
    return document.execute({ type: 'annotation.update', id: entity, change, ...ifVersion(version) }, caller);
  }

  async deleteAnnotation(id: string, version: number | undefined, caller: Caller): Promise<Annotation> {
    const [document, entity] = await this.#locate('annotation', id);
    return document.execute({ type: 'annotation.delete', id: entity, ...ifVersion(version) }, caller);
  }

  async createVersion(
    documentId: string,
    input: { readonly change_summary: string; readonly tag?: string },
    caller: Caller,
  ): Promise<Version> {
    const document = await this.#document(documentId);
    return document.execute({ type: 'version.create', ...input }, caller);
  }

  async listVersions(filter: EntityFilter): Promise<Page<Version>> {
    const { page, size } = filter;
    if (filter.document_id !== undefined) {
      return this.#listOf(filter, (document) => document.query({ type: 'version.list', page, size }));
    }
    return this.#listAll('version', { page, size, includeDeleted: false }, (document, id) =>
      document.query({ type: 'version.get', id }),
    );
  }

  async getVersion(id: string): Promise<VersionDetail> {
    const [document, entity] = await this.#locate('version', id);
    const version = await document.query({ type: 'version.get', id: entity });
    const content = await document.queryAt(version.seq, { type: 'content' });
    return {
      ...version,
      snapshot: { document: content.document, annotations: [...content.annotations] },
    };
  }

  async revertVersion(id: string, expected: number | undefined, caller: Caller): Promise<Document> {
    const [document, entity] = await this.#locate('version', id);
    const version = await document.query({ type: 'version.get', id: entity });
    const content = await document.queryAt(version.seq, { type: 'content' });
    return document.execute(
      { type: 'document.revert', version_id: entity, content, ...ifVersion(expected) },
      caller,
    );
  }

  async requestExport(documentId: string, input: ExportInput, caller: Caller): Promise<ExportJob> {
    if (this.#parts.exports.pending >= EXPORTS_PENDING_LIMIT) {
      throw new Problem('overloaded', 'Too many exports wait.', { headers: { 'Retry-After': '10' } });
    }
    const document = await this.#document(documentId);
    const at = await this.#seqOf(document, input);
    const parameters: ExportParameters = {
      format: input.format,
      scale: input.scale ?? (input.dpi === undefined ? 1 : input.dpi / CSS_DPI),
      background: input.background ?? 'white',
      include_comments: input.include_comments ?? false,
      ...(input.dpi === undefined ? {} : { dpi: input.dpi }),
    };
    return document.execute(
      { type: 'export.request', parameters, ...(at === undefined ? {} : { at }) },
      caller,
    );
  }

  async listExports(filter: EntityFilter): Promise<Page<ExportJob>> {
    const { page, size } = filter;
    const jobs =
      filter.document_id === undefined
        ? await this.#listAll('export', { page, size, includeDeleted: false }, (document, id) =>
            document.query({ type: 'export.get', id }),
          )
        : await this.#listOf(filter, (document) => document.query({ type: 'export.list', page, size }));
    return { ...jobs, items: jobs.items.map((job) => this.#live(job)) };
  }

  async getExport(id: string): Promise<ExportJob> {
    const [document, entity] = await this.#locate('export', id);
    return this.#live(await document.query({ type: 'export.get', id: entity }));
  }

  /** The finished file. @throws Problem `not_found` until then, and where the file was removed */
  async exportFile(id: string): Promise<{ path: string; mime: string; size: number; name: string }> {
    const job = await this.getExport(id);
    if (job.status !== 'completed' || job.mime === undefined) {
      throw new Problem('not_found', `Export ${id} is ${job.status}; there is a file once it is completed.`);
    }
    const name = `${job.id}.${job.format}`;
    const path = join(this.#parts.exportsDir, name);
    const file = await stat(path).catch(() => undefined);
    if (file === undefined) throw new Problem('not_found', `The file of export ${id} was removed.`);
    return { path, mime: job.mime, size: file.size, name };
  }

  /** The export's document was deleted, and hides what it held. A file that no document knows of is not hidden. */
  async isExportHidden(id: string): Promise<boolean> {
    const { directory } = this.#parts;
    const entity = parseEntityId(id);
    const row = entity === undefined ? undefined : await directory.locate(entity);
    return row !== undefined && (await directory.find(row.documentId))?.deleted === true;
  }

  async #document(id: string, includeDeleted = false): Promise<AnnotationDocument> {
    return new AnnotationDocument(await this.#parts.documents.find(KIND, id, { includeDeleted }));
  }

  /** The document of a thing that is known by its own id. */
  async #locate(type: string, id: string): Promise<[AnnotationDocument, EntityId]> {
    const entity = parseEntityId(id);
    const row = entity === undefined ? undefined : await this.#parts.directory.locate(entity);
    if (row?.type !== type) throw Problem.notFound(type, id);
    try {
      return [await this.#document(row.documentId), row.id];
    } catch (error) {
      throw error instanceof Problem && error.code === 'not_found' ? Problem.notFound(type, id) : error;
    }
  }

  /** One document's list; empty where there is no such document. */
  async #listOf<T>(
    filter: EntityFilter,
    list: (document: AnnotationDocument) => Promise<Page<T>>,
  ): Promise<Page<T>> {
    const { page, size } = filter;
    try {
      return await list(await this.#document(filter.document_id ?? ''));
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return { items: [], page, size, total: 0 };
      throw error;
    }
  }

  /** A page of a list over all documents: the directory knows which, their documents know what. */
  async #listAll<T>(
    type: string,
    query: PageQuery & { readonly includeDeleted: boolean },
    get: (document: AnnotationDocument, id: EntityId) => Promise<T>,
  ): Promise<Page<T>> {
    const { page, size } = query;
    const { rows, total } = await this.#parts.directory.entities(type, query);
    const found = await Promise.all(rows.map((row) => this.#getListed(row, get)));
    return { items: found.filter((item) => item !== undefined), page, size, total };
  }

  /** `undefined` where its document fails, which is no reason to withhold the others, or it went away between the directory's answer and its document's. */
  async #getListed<T>(
    row: EntityRow,
    get: (document: AnnotationDocument, id: EntityId) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await get(await this.#document(row.documentId), row.id);
    } catch (error) {
      if (error instanceof Problem && PASSED_OVER.has(error.code)) return undefined;
      throw error;
    }
  }

  /** Which past state an export is of; `undefined` for the present one. */
  async #seqOf(document: AnnotationDocument, input: ExportInput): Promise<Seq | undefined> {
    const named = (['seq', 'tag', 'version_id'] as const).filter((name) => input[name] !== undefined);
    if (named.length > 1) {
      throw Problem.invalid(`/body/${named[1]}`, `cannot be given together with ${named[0]}`);
    }
    const seq = await this.#namedSeq(document, input);
    if (seq === undefined) return undefined;
    if (seq > (await document.ref.head())) throw Problem.invalid('/body/seq', 'is ahead of the document');
    await document.queryAt(seq, { type: 'document.get', include_deleted: true });
    return seq;
  }

  async #namedSeq(document: AnnotationDocument, input: ExportInput): Promise<Seq | undefined> {
    try {
      if (input.tag !== undefined)
        return (await document.query({ type: 'version.byTag', tag: input.tag })).seq;
      if (input.version_id !== undefined) {
        const id = (parseEntityId(input.version_id) ?? input.version_id) as EntityId;
        return (await document.query({ type: 'version.get', id })).seq;
      }
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
      const path = input.tag === undefined ? '/body/version_id' : '/body/tag';
      throw Problem.invalid(path, 'is no version of this document');
    }
    return input.seq;
  }

  /** What is not in the log: that a job runs, and how far it is. */
  #live(job: ExportJob): ExportJob {
    return withStage(job, this.#parts.exports.stageOf(job.id as EntityId));
  }
}

const ifVersion = (version: number | undefined): { version?: number } =>
  version === undefined ? {} : { version };
