import type { components } from '../protocol/generated/openapi.ts';

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

/** The server refused: an answer with `application/problem+json` (RFC 9457). */
export class TextApiError extends Error {
  override readonly name = 'TextApiError';
  readonly status: number;
  /** As the server sent it; `undefined` where the answer was no JSON, such as that of a proxy. */
  readonly problem: unknown;

  constructor(status: number, message: string, problem: unknown) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** The part of `fetch` that is used here. */
export type FetchLike = (
  url: string,
  init: { readonly method: string; readonly headers?: Record<string, string>; readonly body?: string },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;

/**
 * Text documents by REST: made, named, listed, deleted. Their text is edited through a connection.
 * Every method throws {@link TextApiError} where the server refuses, and what `fetch` throws where it is not reached.
 */
export class TextDocumentsApi {
  readonly #base: string;
  readonly #fetch: FetchLike;

  /** @param url - the server, such as `https://troupe.example.com` */
  constructor(url: string, fetchLike: FetchLike = (address, init) => fetch(address, init)) {
    this.#base = `${url.replace(/^ws/, 'http').replace(/\/+$/, '')}/api/v1/documents`;
    this.#fetch = fetchLike;
  }

  create(document: NewTextDocument): Promise<TextDocument> {
    return this.#ask<TextDocument>('POST', '', document);
  }

  get(id: string): Promise<TextDocument> {
    return this.#ask<TextDocument>('GET', pathOf(id));
  }

  update(id: string, change: TextDocumentChange): Promise<TextDocument> {
    return this.#ask<TextDocument>('PATCH', pathOf(id), change);
  }

  /** It can be restored: `update(id, { deleted: false })`. Who edits it is shown out. */
  async delete(id: string): Promise<void> {
    await this.#ask('DELETE', pathOf(id));
  }

  list(query: TextDocumentQuery = {}): Promise<TextDocumentPage> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
    return this.#ask<TextDocumentPage>('GET', `?${parameters}`);
  }

  /** Is the document deleted or unknown? What a connection asks where its handshake fails. */
  async isGone(id: string): Promise<boolean> {
    try {
      await this.get(id);
      return false;
    } catch (error) {
      if (error instanceof TextApiError && error.status === 404) return true;
      throw error;
    }
  }

  async #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await this.#fetch(`${this.#base}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = parse(await response.text());
    if (response.ok) return answer as Answer;
    const detail =
      typeof answer === 'object' && answer !== null && 'detail' in answer ? `: ${answer.detail}` : '';
    throw new TextApiError(
      response.status,
      `${method} ${path} was answered ${response.status}${detail}`,
      answer,
    );
  }
}

const pathOf = (id: string): string => `/${encodeURIComponent(id)}`;

/** An answer without content, or of somebody between us, is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
