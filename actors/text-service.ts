import type { TextCrdt, TextDocument as TextEntity } from '../protocol/entities.ts';
import type { Directory } from '../storage/port.ts';
import type { Caller } from './caller.ts';
import type { Documents } from './documents.ts';
import { documentIdNamedBy } from './named-id.ts';
import { TextDocument } from './text-document.ts';

const KIND = 'text';

/** One page of text documents, as `/api/v1` writes it. */
export interface TextPage {
  items: TextEntity[];
  page: number;
  page_size: number;
  total: number;
}

export interface TextListQuery {
  readonly page: number;
  readonly size: number;
  readonly include_deleted: boolean;
  /** Case-insensitive literal part of the title. */
  readonly query?: string;
}

export interface TextServiceParts {
  readonly documents: Documents;
  readonly directory: Directory;
  readonly newId: () => string;
}

/** Text documents as the REST door needs them. */
export class TextService {
  readonly #parts: TextServiceParts;

  constructor(parts: TextServiceParts) {
    this.#parts = parts;
  }

  /** A caller's operation id names the document too: a retry finds the one that it made. */
  async createDocument(
    input: { readonly title: string; readonly owner_id: string | null; readonly crdt: TextCrdt },
    caller: Caller,
  ): Promise<TextEntity> {
    const { documents, newId } = this.#parts;
    const id = documentIdNamedBy('text.create', caller.operationId, newId);
    return new TextDocument(documents.open(KIND, id)).execute({ type: 'document.create', ...input }, caller);
  }

  async listDocuments(list: TextListQuery): Promise<TextPage> {
    const { page, size, include_deleted, query } = list;
    const { rows, total } = await this.#parts.directory.list(KIND, {
      page,
      size,
      includeDeleted: include_deleted,
      ...(query === undefined || query === '' ? {} : { query }),
    });
    const items = rows.map(({ id, wire }) => ({
      ...(wire as TextEntity),
      connected_clients: this.#parts.documents.subscribersOf(id),
    }));
    return { items, page, page_size: size, total };
  }

  async getDocument(id: string, includeDeleted: boolean): Promise<TextEntity> {
    const document = await this.#document(id, includeDeleted);
    return document.query({ type: 'document.get', include_deleted: includeDeleted });
  }

  /** `deleted: false` restores, `true` deletes; any other change of a deleted document is Problem `not_found`. */
  async updateDocument(
    id: string,
    change: { readonly title?: string; readonly deleted?: boolean },
    caller: Caller,
  ): Promise<TextEntity> {
    const document = await this.#document(id, true);
    return document.execute({ type: 'document.update', ...change }, caller);
  }

  async deleteDocument(id: string, caller: Caller): Promise<TextEntity> {
    const document = await this.#document(id, true);
    return document.execute({ type: 'document.delete' }, caller);
  }

  async #document(id: string, includeDeleted: boolean): Promise<TextDocument> {
    return new TextDocument(await this.#parts.documents.find(KIND, id, { includeDeleted }));
  }
}
