/** The server refused: an answer with `application/problem+json` (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
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
  init: {
    readonly method: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Blob;
  },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;

/** Asks one part of a server by REST, in JSON. */
export class RestClient {
  readonly #base: string;
  readonly #fetch: FetchLike;
  readonly #headers: Readonly<Record<string, string>>;

  /**
   * @param url the server, such as `https://troupe.example.com`
   * @param path what all requests begin with, such as `/v1/rooms`
   * @param headers sent with every request
   */
  constructor(
    url: string,
    path: string,
    fetchLike: FetchLike = (address, init) => fetch(address, init),
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.#base = `${url.replace(/^ws/, 'http').replace(/\/+$/, '')}${path}`;
    this.#fetch = fetchLike;
    this.#headers = headers;
  }

  /** The address of something that is not JSON. */
  urlOf(path: string): string {
    return `${this.#base}${path}`;
  }

  /**
   * @param body is sent as JSON, a Blob as it is
   * @throws ApiError where the server refuses, and what `fetch` throws where it is not reached
   */
  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const isBlob = body instanceof Blob;
    const type = isBlob ? body.type : 'application/json';
    const response = await this.#fetch(this.urlOf(path), {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: isBlob ? body : JSON.stringify(body) }),
    });
    const answer = parse(await response.text());
    if (response.ok) return answer as Answer;
    const detail =
      typeof answer === 'object' && answer !== null && 'detail' in answer ? `: ${answer.detail}` : '';
    throw new ApiError(response.status, `${method} ${path} was answered ${response.status}${detail}`, answer);
  }

  /** Whether what is at a path is deleted or unknown: what a connection asks where its handshake fails. */
  async isGone(path: string): Promise<boolean> {
    try {
      await this.ask('GET', path);
      return false;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return true;
      throw error;
    }
  }
}

export const pathOf = (id: string): string => `/${encodeURIComponent(id)}`;

/** `?` and what is given of a query, or nothing. */
export function queryOf(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** An answer without content, or of somebody between us, is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
