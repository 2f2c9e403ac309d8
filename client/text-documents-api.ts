import type { components } from '../protocol/generated/openapi.ts';
import { type FetchLike, pathOf, queryOf, RestClient } from './rest-client.ts';

type Schemas = components['schemas'];
export type TextDocument = Schemas['TextDocument'];
export type TextCrdt = Schemas['TextCrdt'];

/** What a new document is made of. */
export interface NewTextDocument {
  /** 1 to 256 characters. */
  readonly title: string;
  /** `yjs`: checked and compacted by the server. Default: `opaque`, the bytes of any CRDT. */
  readonly crdt?: TextCrdt;
  readonly owner_id?: string;
}

export interface TextDocumentChange {
  readonly title?: string;
  /** `false` restores a deleted one. */
  readonly deleted?: boolean;
}

export interface TextDocumentQuery {
  /** A part of the title, in any case. */
  readonly query?: string;
  readonly include_deleted?: boolean;
  /** From 1. */
  readonly page?: number;
  /** 1 to 100. Default: 20. */
  readonly page_size?: number;
}

export interface TextDocumentPage {
  readonly items: readonly TextDocument[];
  readonly page: number;
  readonly page_size: number;
  /** On all pages. */
  readonly total: number;
}

/**
 * Text documents by REST: made, named, listed, deleted. Their text is edited through a connection.
 * Every method throws `ApiError` where the server refuses, and what `fetch` throws where it is not reached.
 */
export class TextDocumentsApi {
  readonly #rest: RestClient;

  /** @param url - the server, such as `https://troupe.example.com` */
  constructor(url: string, fetchLike?: FetchLike) {
    this.#rest = new RestClient(url, '/api/v1/documents', fetchLike);
  }

  create(document: NewTextDocument): Promise<TextDocument> {
    return this.#rest.ask<TextDocument>('POST', '', document);
  }

  /** @param query - `include_deleted`: also one that can be restored */
  get(id: string, query: Pick<TextDocumentQuery, 'include_deleted'> = {}): Promise<TextDocument> {
    return this.#rest.ask<TextDocument>('GET', `${pathOf(id)}${queryOf(query)}`);
  }

  update(id: string, change: TextDocumentChange): Promise<TextDocument> {
    return this.#rest.ask<TextDocument>('PATCH', pathOf(id), change);
  }

  /** It can be restored: `update(id, { deleted: false })`. Who edits it is shown out. */
  async delete(id: string): Promise<void> {
    await this.#rest.ask('DELETE', pathOf(id));
  }

  list(query: TextDocumentQuery = {}): Promise<TextDocumentPage> {
    return this.#rest.ask<TextDocumentPage>('GET', queryOf(query));
  }

  /** Is the document deleted or unknown? What a connection asks where its handshake fails. */
  isGone(id: string): Promise<boolean> {
    return this.#rest.isGone(pathOf(id));
  }
}
