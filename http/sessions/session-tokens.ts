import { createHmac, webcrypto } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { isUuid, type UserId } from '../../protocol/ids.ts';
import { noSession, type Session, type SessionRole } from './session.ts';

export interface SessionTokensOptions {
  /** Signs the tokens: whoever has it can make any. */
  readonly secret: string;
  /** A moderator's token is good as long as this is the key that made it one. */
  readonly moderatorKey: string;
  readonly lifetimeMs: number;
  readonly clock: { now(): number };
}

const ALGORITHM = 'HS256';
const ISSUER = 'troupe';
const AUDIENCE = 'troupe';
/** A token of ours has some 300 characters, with a long name some 700. */
const MAX_TOKEN_LENGTH = 2048;

/**
 * Tokens that say who their bearer is: JWTs (RFC 7519), signed with HMAC SHA-256. Claims: `sub` the user, `name`,
 * `role`, `iss`, `aud`, `iat`, `exp`, and, of a moderator, `key`: a print of the key that made it one.
 */
export class SessionTokens {
  readonly #options: SessionTokensOptions;
  readonly #key: ReturnType<typeof importKey>;
  readonly #keyPrint: string;

  constructor(options: SessionTokensOptions) {
    this.#options = options;
    this.#key = importKey(options.secret);
    this.#keyPrint = createHmac('sha256', options.secret)
      .update(`moderator\n${options.moderatorKey}`)
      .digest('base64url');
  }

  /** A token that is good from now on. */
  async issue(who: Omit<Session, 'expiresAt'>): Promise<{ token: string; session: Session }> {
    const { userId, name, role } = who;
    const { clock, lifetimeMs } = this.#options;
    const issuedAt = Math.floor(clock.now() / 1000);
    const expiresAt = issuedAt + Math.ceil(lifetimeMs / 1000);
    const token = await new SignJWT({ name, role, ...(role === 'moderator' ? { key: this.#keyPrint } : {}) })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(await this.#key);
    return { token, session: { userId, name, role, expiresAt: expiresAt * 1000 } };
  }

  /** @throws Problem `unauthorized` with `reason` `expired` or `invalid` */
  async verify(token: string): Promise<Session> {
    if (token.length > MAX_TOKEN_LENGTH) throw noSession('invalid');
    try {
      const { payload } = await jwtVerify(token, await this.#key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(this.#options.clock.now()),
      });
      return this.#sessionOf(payload);
    } catch (error) {
      // Told only of what we signed: the signature is looked at before the claims.
      if (error instanceof errors.JWTExpired) throw noSession('expired');
      if (error instanceof errors.JOSEError) throw noSession('invalid');
      throw error;
    }
  }

  #sessionOf({ sub, name, role, exp, key }: JWTPayload): Session {
    const isOurs =
      typeof sub === 'string' && isUuid(sub) && typeof name === 'string' && isRole(role) && exp !== undefined;
    if (!isOurs || (role === 'moderator' && key !== this.#keyPrint)) throw noSession('invalid');
    return { userId: sub as UserId, name, role, expiresAt: exp * 1000 };
  }
}

const isRole = (role: unknown): role is SessionRole => role === 'painter' || role === 'moderator';

const importKey = (secret: string) =>
  webcrypto.subtle.importKey('raw', Buffer.from(secret, 'utf8'), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
