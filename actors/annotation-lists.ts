import type { Page } from '../protocol/entities.ts';
import type { EntityId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Directory, EntityRow } from '../storage/port.ts';
import type { AnnotationDocument } from './annotation-document.ts';
import type { AnnotationDocuments } from './annotation-documents.ts';
import type { EntityFilter, PageQuery } from './page-query.ts';

const PASSED_OVER: ReadonlySet<string> = new Set(['not_found', 'unavailable']);

/** Lists of what is inside documents: of one, or of all. */
export class AnnotationLists {
  readonly #documents: AnnotationDocuments;
  readonly #directory: Pick<Directory, 'entities'>;

  constructor(documents: AnnotationDocuments, directory: Pick<Directory, 'entities'>) {
    this.#documents = documents;
    this.#directory = directory;
  }

  /** One document's list; empty where there is no such document. */
  async ofOne<T>(
    filter: EntityFilter,
    list: (document: AnnotationDocument) => Promise<Page<T>>,
  ): Promise<Page<T>> {
    const { page, size } = filter;
    try {
      return await list(await this.#documents.find(filter.document_id ?? ''));
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return { items: [], page, size, total: 0 };
      throw error;
    }
  }

  /** A page of a list over all documents: the directory knows which, their documents know what. */
  async ofAll<T>(
    type: string,
    query: PageQuery & { readonly includeDeleted: boolean },
    get: (document: AnnotationDocument, id: EntityId) => Promise<T>,
  ): Promise<Page<T>> {
    const { page, size } = query;
    const { rows, total } = await this.#directory.entities(type, query);
    const found = await Promise.all(rows.map((row) => this.#getListed(row, get)));
    return { items: found.filter((item) => item !== undefined), page, size, total };
  }

  /**
   * `undefined` where its document fails, which is no reason to withhold the others, or it went away between the
   * directory's answer and its document's.
   */
  async #getListed<T>(
    row: EntityRow,
    get: (document: AnnotationDocument, id: EntityId) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await get(await this.#documents.find(row.documentId), row.id);
    } catch (error) {
      if (error instanceof Problem && PASSED_OVER.has(error.code)) return undefined;
      throw error;
    }
  }
}
