import { randomUUID } from 'node:crypto';
import type { Annotation, Page } from '../../../protocol/entities.ts';

/** Refusals of what was asked too late: somebody else was first. */
const TOO_LATE: ReadonlySet<number> = new Set([404, 409, 410, 422]);
/** A server that is away or has too much to do is asked again after so long, in milliseconds. */
const AGAIN_MS = 40;
const PAGE_SIZE = 100;

/** The REST door for one who does not give up: each change is made once, however often it has to be asked for. */
export class RestClient {
  readonly #url: string;
  readonly #name: string;
  #isOver = false;

  constructor(url: string, name: string) {
    this.#url = url;
    this.#name = name;
  }

  /** What is under way is not asked for again. */
  end(): void {
    this.#isOver = true;
  }

  /** @returns the answer; `undefined` where it came too late. @throws Error where the server fails */
  async change<Answer>(method: string, path: string, body?: object): Promise<Answer | undefined> {
    const headers = { 'idempotency-key': randomUUID(), 'x-user-id': this.#name };
    const response = await this.#untilAnswered(method, path, headers, body);
    if (response === undefined || TOO_LATE.has(response.status)) return undefined;
    return (await this.#checked(response, `${method} ${path}`).json()) as Answer;
  }

  /** @throws Error where the server fails */
  async read<Answer>(path: string): Promise<Answer> {
    const response = await this.#untilAnswered('GET', path, {});
    if (response === undefined) throw new Error('asked after the end');
    return (await this.#checked(response, `GET ${path}`).json()) as Answer;
  }

  /** All of a room, deleted ones too, in the order of their creation. */
  async annotations(roomId: string): Promise<Annotation[]> {
    const all: Annotation[] = [];
    const query = `document_id=${roomId}&include_deleted=true&size=${PAGE_SIZE}`;
    for (let page = 1, total = 1; all.length < total; page += 1) {
      const found = await this.read<Page<Annotation>>(`/v1/annotations?${query}&page=${page}`);
      all.push(...found.items);
      total = found.total;
      if (found.items.length === 0) break;
    }
    return all;
  }

  async #untilAnswered(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<Response | undefined> {
    while (!this.#isOver) {
      const answer = await fetch(`${this.#url}${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      }).catch(() => undefined);
      if (answer !== undefined && answer.status !== 503) return answer;
      await answer?.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    return undefined;
  }

  #checked(response: Response, what: string): Response {
    if (!response.ok) throw new Error(`${what} answered ${response.status}`);
    return response;
  }
}
