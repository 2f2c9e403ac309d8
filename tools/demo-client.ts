import { DemoFailure } from './demo-failure.ts';

/** An answer and how long it took. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  /** When the request was sent, in ms of `performance.now()`. */
  readonly begun: number;
  readonly ms: number;
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly current_version?: number;
}

/** The REST door as one user. */
export class DemoClient {
  readonly #url: string;
  readonly #user: string;

  constructor(url: string, user: string) {
    this.#url = url;
    this.#user = user;
  }

  /** The same server as another user. */
  as(user: string): DemoClient {
    return new DemoClient(this.#url, user);
  }

  /** @throws DemoFailure unless the answer has the status that is promised */
  async call<T>(
    method: string,
    path: string,
    body: object | undefined,
    promised: number,
  ): Promise<Answer<T>> {
    const begun = performance.now();
    const response = await fetch(this.#url + path, {
      method,
      headers: { 'X-User-Id': this.#user, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    const ms = performance.now() - begun;
    if (response.status !== promised) {
      const { title, detail } = json as ProblemBody;
      throw new DemoFailure(
        `${method} ${path.split('?')[0]} answered ${response.status} instead of ${promised}: ${detail ?? title ?? ''}`,
      );
    }
    return { status: response.status, body: json as T, begun, ms };
  }

  async bytes(path: string): Promise<Uint8Array> {
    const response = await fetch(this.#url + path);
    if (!response.ok) throw new DemoFailure(`GET ${path} answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
