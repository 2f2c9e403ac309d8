import { createHash, timingSafeEqual } from 'node:crypto';
import type { UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { KEY_ATTEMPTS, type KeyAttemptLimits, KeyAttempts } from './key-attempts.ts';
import type { Session } from './session.ts';
import { SessionTokens } from './session-tokens.ts';

export interface SessionsOptions {
  readonly secret: string;
  readonly moderatorKey: string;
  readonly lifetimeMs: number;
  readonly clock?: { now(): number };
  readonly newId: () => string;
  readonly attempts?: KeyAttemptLimits;
}

export interface SessionRequest {
  /** Absent: as before, or one is made up. */
  readonly name?: string;
  readonly moderatorKey?: string;
  /** Of a session to be renewed. */
  readonly token?: string;
  /** Where the request comes from: wrong keys are counted by it. */
  readonly address: string;
}

export interface OpenedSession extends Session {
  readonly token: string;
}

/** Who may paint and who may moderate: gives out tokens and reads them. Keeps nothing but the count of wrong keys. */
export class Sessions {
  readonly #tokens: SessionTokens;
  readonly #attempts: KeyAttempts;
  readonly #moderatorKey: string;
  readonly #newId: () => string;

  constructor(options: SessionsOptions) {
    const { secret, moderatorKey, lifetimeMs, clock = Date, newId, attempts = KEY_ATTEMPTS } = options;
    this.#tokens = new SessionTokens({ secret, moderatorKey, lifetimeMs, clock });
    this.#attempts = new KeyAttempts(attempts);
    this.#moderatorKey = moderatorKey;
    this.#newId = newId;
  }

  /**
   * A new session, or, with the token of one that is still good, the same one for longer: user and role stay, the name
   * may change, and a moderator key makes a painter a moderator.
   *
   * @throws Problem `unauthorized`, `forbidden` where the key is wrong, `rate_limited` where it was wrong too often
   */
  async open({ name, moderatorKey, token, address }: SessionRequest): Promise<OpenedSession> {
    const before = token === undefined ? undefined : await this.verify(token);
    if (moderatorKey !== undefined) await this.#checkKey(moderatorKey, address);
    const userId = before?.userId ?? (this.#newId() as UserId);
    const made = await this.#tokens.issue({
      userId,
      name: name ?? before?.name ?? `Guest ${userId.slice(0, 4)}`,
      role: moderatorKey === undefined ? (before?.role ?? 'painter') : 'moderator',
    });
    return { ...made.session, token: made.token };
  }

  /** Who has this token. @throws Problem `unauthorized` with `reason` `expired` or `invalid` */
  verify(token: string): Promise<Session> {
    return this.#tokens.verify(token);
  }

  async #checkKey(key: string, address: string): Promise<void> {
    await this.#attempts.begin(address);
    if (!isSame(key, this.#moderatorKey)) throw new Problem('forbidden', 'The moderator key is wrong.');
    await this.#attempts.succeeded(address);
  }
}

/** In constant time: digests have one length, whatever the texts have. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
