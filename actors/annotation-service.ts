import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnnotationChange, AnnotationInput, ExportParameters } from '../protocol/annotation-messages.ts';
import type { Annotation, Document, ExportJob, Page, Version, VersionDetail } from '../protocol/entities.ts';
import { type EntityId, parseEntityId, type Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Directory } from '../storage/port.ts';
import type { AnnotationDocument } from './annotation-document.ts';
import { ANNOTATION_KIND, type AnnotationDocuments } from './annotation-documents.ts';
import { AnnotationLists } from './annotation-lists.ts';
import type { Caller } from './caller.ts';
import { type ExportStage, withStage } from './export-supervisor.ts';
import type { ImageLibrary } from './image-library.ts';
import { revertTo, type StateName, seqNamed } from './named-state.ts';
import type { EntityFilter, PageQuery } from './page-query.ts';

/** More exports than this may not wait in one process. */
const EXPORTS_PENDING_LIMIT = 1_000;
/** CSS pixels per inch. */
const CSS_DPI = 96;

export interface ExportInput extends StateName {
  readonly format: 'png' | 'jpg';
  readonly scale?: number;
  readonly background?: 'white' | 'transparent';
  readonly include_comments?: boolean;
  readonly dpi?: number;
}

export interface AnnotationServiceParts {
  readonly documents: AnnotationDocuments;
  readonly directory: Directory;
  readonly images: ImageLibrary;
  readonly exports: { stageOf(id: EntityId): ExportStage | undefined; readonly pending: number };
  /** Absolute. */
  readonly exportsDir: string;
}

/** Annotation documents as the REST doors need them: finds the document of a thing, asks it, joins lists. */
export class AnnotationService {
  readonly #parts: AnnotationServiceParts;
  readonly #lists: AnnotationLists;

  constructor(parts: AnnotationServiceParts) {
    this.#parts = parts;
    this.#lists = new AnnotationLists(parts.documents, parts.directory);
  }

  /** A caller's operation id names the document too: a retry finds the one that it made. */
  async createDocument(
    input: { readonly name: string; readonly image_url?: string | null },
    caller: Caller,
  ): Promise<Document> {
    const image = (await this.#parts.images.accept(input.image_url ?? null, undefined)) ?? null;
    const document = this.#parts.documents.madeBy('document.create', caller);
    return document.execute({ type: 'document.create', name: input.name, image }, caller);
  }

  async listDocuments(query: PageQuery & { readonly include_deleted: boolean }): Promise<Page<Document>> {
    const { page, size } = query;
    const { rows, total } = await this.#parts.directory.list(ANNOTATION_KIND, {
      page,
      size,
      includeDeleted: query.include_deleted,
    });
    return { items: rows.map((row) => row.wire as Document), page, size, total };
  }

  async getDocument(id: string, includeDeleted: boolean): Promise<Document> {
    const document = await this.#parts.documents.find(id, includeDeleted);
    return document.query({ type: 'document.get', include_deleted: includeDeleted });
  }

  async updateDocument(
    id: string,
    change: { readonly name?: string; readonly image_url?: string | null; readonly version?: number },
    caller: Caller,
  ): Promise<Document> {
    const document = await this.#parts.documents.find(id);
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
    const document = await this.#parts.documents.find(id, true);
    return document.execute({ type: 'document.delete', ...ifVersion(version) }, caller);
  }

  async createAnnotation(
    documentId: string,
    annotation: AnnotationInput,
    caller: Caller,
  ): Promise<Annotation> {
    const document = await this.#parts.documents.find(documentId);
    return document.execute({ type: 'annotation.create', annotation }, caller);
  }

  async listAnnotations(
    filter: EntityFilter & { readonly include_deleted: boolean },
  ): Promise<Page<Annotation>> {
    const { page, size, include_deleted } = filter;
    if (filter.document_id !== undefined) {
      return this.#lists.ofOne(filter, (document) =>
        document.query({ type: 'annotation.list', page, size, include_deleted }),
      );
    }
    return this.#lists.ofAll('annotation', { page, size, includeDeleted: include_deleted }, (document, id) =>
      document.query({ type: 'annotation.get', id, include_deleted: true }),
    );
  }

  async getAnnotation(id: string, includeDeleted: boolean): Promise<Annotation> {
    const [document, entity] = await this.#parts.documents.locate('annotation', id);
    return document.query({ type: 'annotation.get', id: entity, include_deleted: includeDeleted });
  }

  async updateAnnotation(
    id: string,
    change: AnnotationChange,
    version: number | undefined,
    caller: Caller,
  ): Promise<Annotation> {
    const [document, entity] = await this.#parts.documents.locate('annotation', id);
    return document.execute({ type: 'annotation.update', id: entity, change, ...ifVersion(version) }, caller);
  }

  async deleteAnnotation(id: string, version: number | undefined, caller: Caller): Promise<Annotation> {
    const [document, entity] = await this.#parts.documents.locate('annotation', id);
    return document.execute({ type: 'annotation.delete', id: entity, ...ifVersion(version) }, caller);
  }

  async createVersion(
    documentId: string,
    input: { readonly change_summary: string; readonly tag?: string },
    caller: Caller,
  ): Promise<Version> {
    const document = await this.#parts.documents.find(documentId);
    return document.execute({ type: 'version.create', ...input }, caller);
  }

  async listVersions(filter: EntityFilter): Promise<Page<Version>> {
    const { page, size } = filter;
    if (filter.document_id !== undefined) {
      return this.#lists.ofOne(filter, (document) => document.query({ type: 'version.list', page, size }));
    }
    return this.#lists.ofAll('version', { page, size, includeDeleted: false }, (document, id) =>
      document.query({ type: 'version.get', id }),
    );
  }

  async getVersion(id: string): Promise<VersionDetail> {
    const [document, entity] = await this.#parts.documents.locate('version', id);
    const version = await document.query({ type: 'version.get', id: entity });
    const content = await document.queryAt(version.seq, { type: 'content' });
    return {
      ...version,
      snapshot: { document: content.document, annotations: [...content.annotations] },
    };
  }

  async revertVersion(id: string, expected: number | undefined, caller: Caller): Promise<Document> {
    const [document, entity] = await this.#parts.documents.locate('version', id);
    const version = await document.query({ type: 'version.get', id: entity });
    return (await revertTo(document, version, expected, caller)).answer;
  }

  async requestExport(documentId: string, input: ExportInput, caller: Caller): Promise<ExportJob> {
    const document = await this.#parts.documents.find(documentId);
    const parameters: ExportParameters = {
      format: input.format,
      scale: input.scale ?? (input.dpi === undefined ? 1 : input.dpi / CSS_DPI),
      background: input.background ?? 'white',
      include_comments: input.include_comments ?? false,
      ...(input.dpi === undefined ? {} : { dpi: input.dpi }),
    };
    const request = (at?: Seq): Promise<ExportJob> =>
      document.execute({ type: 'export.request', parameters, ...(at === undefined ? {} : { at }) }, caller);
    if (await document.hasDone(caller)) return request();
    const at = await this.#exportedSeq(document, input);
    if (at === undefined) return request();
    return document.ref.keeping(at, async () => {
      await document.queryAt(at, { type: 'document.get', include_deleted: true });
      return request(at);
    });
  }

  /**
   * The event after which the state is exported; `undefined` for the present one.
   * @throws Problem `overloaded`, `invalid`
   */
  async #exportedSeq(document: AnnotationDocument, input: ExportInput): Promise<Seq | undefined> {
    if (this.#parts.exports.pending >= EXPORTS_PENDING_LIMIT) {
      throw new Problem('overloaded', 'Too many exports wait.', { headers: { 'Retry-After': '10' } });
    }
    return seqNamed(document, input, '/body');
  }

  async listExports(filter: EntityFilter): Promise<Page<ExportJob>> {
    const { page, size } = filter;
    const jobs =
      filter.document_id === undefined
        ? await this.#lists.ofAll('export', { page, size, includeDeleted: false }, (document, id) =>
            document.query({ type: 'export.get', id }),
          )
        : await this.#lists.ofOne(filter, (document) => document.query({ type: 'export.list', page, size }));
    return { ...jobs, items: jobs.items.map((job) => this.#live(job)) };
  }

  async getExport(id: string): Promise<ExportJob> {
    const [document, entity] = await this.#parts.documents.locate('export', id);
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

  /** What is not in the log: that a job runs, and how far it is. */
  #live(job: ExportJob): ExportJob {
    return withStage(job, this.#parts.exports.stageOf(job.id as EntityId));
  }
}

const ifVersion = (version: number | undefined): { version?: number } =>
  version === undefined ? {} : { version };
