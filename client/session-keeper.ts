import { type ClientTimers, platformTimers } from './client-timers.ts';
import { Emitter } from './emitter.ts';
import { ApiError } from './rest-client.ts';
import type { NewSession, Session, SessionsApi } from './sessions-api.ts';

export interface SessionKeeperOptions {
  /** What a session that has to be made is made of. Default: a name that the server makes up. */
  readonly session?: NewSession;
  /** A session of an earlier life, such as from `localStorage`. */
  readonly known?: Session;
  /** Default: those of the platform. */
  readonly timers?: ClientTimers;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

export interface SessionKeeperEvents {
  /** A new one, or the same one for longer: what to put into `localStorage`. */
  session: Session;
}

/** Renewed when this part of what it had left has passed: a few attempts fit into the rest. */
const RENEW_AFTER = 0.8;
const RETRY_MS = 60_000;
/** What a timer can hold: 32 bits of milliseconds, 24 days. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Stays one and the same user: makes a session when it is first needed, and renews it before it expires, because nobody
 * can renew one that has. Its {@link token} is what the option `token` of a {@link CanvasConnection} wants.
 */
export class SessionKeeper extends Emitter<SessionKeeperEvents> {
  readonly #api: SessionsApi;
  readonly #options: SessionKeeperOptions;
  readonly #timers: ClientTimers;
  readonly #now: () => number;
  #session: Session | undefined;
  #coming: Promise<Session> | undefined;
  #cancelRenewal = (): void => undefined;
  #isStopped = false;

  constructor(api: SessionsApi, options: SessionKeeperOptions = {}) {
    super();
    this.#api = api;
    this.#options = options;
    this.#timers = options.timers ?? platformTimers;
    this.#now = options.now ?? Date.now;
    this.#session = options.known;
    if (options.known !== undefined) this.#planRenewal(options.known, RENEW_AFTER);
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /**
   * A token that the server takes, as far as is known.
   *
   * @param refused one that it did not take, such as because it lost its secret: then a new user is made
   * @throws ApiError, and what `fetch` throws
   */
  readonly token = async (refused?: string): Promise<string> => {
    if (refused !== undefined && refused === this.#session?.token) this.#session = undefined;
    if (this.#session !== undefined && this.#leftMs(this.#session) > 0) return this.#session.token;
    this.#coming ??= this.#api.create(this.#options.session).finally(() => {
      this.#coming = undefined;
    });
    const session = await this.#coming;
    if (this.#session !== session) this.#keep(session);
    return session.token;
  };

  /** Renews no more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelRenewal();
  }

  #leftMs({ expiresAt }: Session): number {
    return Date.parse(expiresAt) - this.#now();
  }

  #keep(session: Session): void {
    this.#session = session;
    this.#planRenewal(session, RENEW_AFTER);
    this.emit('session', session);
  }

  #planRenewal(session: Session, part: number): void {
    this.#cancelRenewal();
    if (this.#isStopped) return;
    const delayMs = Math.min(MAX_DELAY_MS, Math.max(0, this.#leftMs(session) * part));
    this.#cancelRenewal = this.#timers.after(delayMs, () => void this.#renew(session));
  }

  async #renew(session: Session): Promise<void> {
    try {
      const renewed = await this.#api.renew(session.token);
      if (this.#session === session) this.#keep(renewed);
    } catch (error) {
      if (this.#session !== session) return;
      // Refused: it will be again. Whoever needs a token makes a new session then.
      if (error instanceof ApiError && error.status === 401) return;
      if (this.#leftMs(session) > 0 && !this.#isStopped) {
        this.#cancelRenewal = this.#timers.after(RETRY_MS, () => void this.#renew(session));
      }
    }
  }
}
