import type { UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';

export type SessionRole = 'painter' | 'moderator';

/** Who somebody is, as a token of this server says. */
export interface Session {
  /** UUIDv4. */
  readonly userId: UserId;
  readonly name: string;
  readonly role: SessionRole;
  /** ms since 1970. */
  readonly expiresAt: number;
}

/** Why there is no session. `invalid`: altered, of another server, or no token at all. */
export type NoSessionReason = 'missing' | 'expired' | 'invalid';

const DETAILS: Readonly<Record<NoSessionReason, string>> = {
  missing: 'Give the token of a session: POST /v1/sessions makes one.',
  expired: 'The session has expired: POST /v1/sessions makes a new one.',
  invalid: 'The token is not one of this server.',
};

/** Problem `unauthorized` with `reason` and a challenge as RFC 6750 writes it. */
export function noSession(reason: NoSessionReason): Problem {
  const description = DETAILS[reason];
  const challenge =
    reason === 'missing' ? 'Bearer' : `Bearer error="invalid_token", error_description="${description}"`;
  return new Problem('unauthorized', description, {
    extra: { reason },
    headers: { 'WWW-Authenticate': challenge },
  });
}
