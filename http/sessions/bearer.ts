import type { IncomingMessage } from 'node:http';
import { Problem } from '../../protocol/problem.ts';
import { contextOf } from '../request-context.ts';
import { noSession, type Session } from './session.ts';
import type { Sessions } from './sessions.ts';

type Verifier = Pick<Sessions, 'verify'>;

/** RFC 6750: the scheme in any case, then a token of these characters. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/**
 * The token of `Authorization: Bearer`; `undefined` where there is no such header.
 *
 * @throws Problem `unauthorized` where it holds something else
 */
export function bearerOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  if (headers.authorization === undefined) return undefined;
  const token = BEARER.exec(headers.authorization)?.[1];
  if (token === undefined) throw noSession('invalid');
  return token;
}

/** Who asks. @throws Problem `unauthorized` */
export async function requireSession(sessions: Verifier, request: IncomingMessage): Promise<Session> {
  const token = bearerOf(request);
  if (token === undefined) throw noSession('missing');
  const session = await sessions.verify(token);
  contextOf(request).user = session.userId;
  return session;
}

/** The moderator who asks. @throws Problem `unauthorized`, `forbidden` to a painter */
export async function requireModerator(sessions: Verifier, request: IncomingMessage): Promise<Session> {
  const session = await requireSession(sessions, request);
  if (session.role !== 'moderator') throw new Problem('forbidden', 'Only a moderator may do this.');
  return session;
}
