import { type DocumentId, type EntityId, parseEntityId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Directory } from '../storage/port.ts';
import { AnnotationDocument } from './annotation-document.ts';
import type { Caller } from './caller.ts';
import type { Documents } from './documents.ts';
import { documentIdNamedBy } from './named-id.ts';

/** As the directory and the log call this kind of document. */
export const ANNOTATION_KIND = 'annotation';

export interface AnnotationDocumentsParts {
  readonly documents: Pick<Documents, 'find' | 'open'>;
  readonly directory: Pick<Directory, 'locate'>;
  readonly newId: () => string;
}

/** All annotation documents, for the services: finds them, by their own id or by that of something inside. */
export class AnnotationDocuments {
  readonly #parts: AnnotationDocumentsParts;

  constructor(parts: AnnotationDocumentsParts) {
    this.#parts = parts;
  }

  /** @throws Problem `not_found` */
  async find(id: string, includeDeleted = false): Promise<AnnotationDocument> {
    return new AnnotationDocument(await this.#parts.documents.find(ANNOTATION_KIND, id, { includeDeleted }));
  }

  /** The document with this id, new or not. */
  open(id: DocumentId): AnnotationDocument {
    return new AnnotationDocument(this.#parts.documents.open(ANNOTATION_KIND, id));
  }

  /**
   * The document that an operation makes: a retry finds the one that it made.
   *
   * @param operation operations of different names make different documents
   */
  madeBy(operation: string, caller: Caller): AnnotationDocument {
    return this.open(documentIdNamedBy(operation, caller.operationId, this.#parts.newId));
  }

  /** The document of a thing that is known by its own id. @throws Problem `not_found` */
  async locate(type: string, id: string): Promise<[AnnotationDocument, EntityId]> {
    const entity = parseEntityId(id);
    const row = entity === undefined ? undefined : await this.#parts.directory.locate(entity);
    if (row?.type !== type) throw Problem.notFound(type, id);
    try {
      return [await this.find(row.documentId), row.id];
    } catch (error) {
      throw error instanceof Problem && error.code === 'not_found' ? Problem.notFound(type, id) : error;
    }
  }
}
