import type { components } from '../protocol/generated/openapi.ts';
import { type FetchLike, RestClient } from './rest-client.ts';

type Schemas = components['schemas'];
/** Who one is: keep its `token` secret. */
export type Session = Readonly<Schemas['Session']>;
export type NewSession = Readonly<Schemas['SessionCreate']>;

/** Sessions by REST. Every method throws `ApiError` where the server refuses, and what `fetch` throws where it is not reached. */
export class SessionsApi {
  readonly #url: string;
  readonly #fetch: FetchLike | undefined;

  /** @param url the server, such as `https://troupe.example.com` */
  constructor(url: string, fetchLike?: FetchLike) {
    this.#url = url;
    this.#fetch = fetchLike;
  }

  /** A new user. @param session with `moderatorKey`: a moderator */
  create(session: NewSession = {}): Promise<Session> {
    return this.#ask({}, session);
  }

  /** The same user for longer, or with another name. 401 where the token has expired. */
  renew(token: string, change: NewSession = {}): Promise<Session> {
    return this.#ask({ authorization: `Bearer ${token}` }, change);
  }

  #ask(headers: Record<string, string>, body: NewSession): Promise<Session> {
    return new RestClient(this.#url, '/v1/sessions', this.#fetch, headers).ask<Session>('POST', '', body);
  }
}
