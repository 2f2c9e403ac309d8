import type { AppDependencies } from '../dependencies.ts';
import { contextOf } from '../request-context.ts';
import { bearerOf } from '../sessions/bearer.ts';
import type { Handlers } from '../typed-handlers.ts';

type SessionHandlers = Pick<Handlers, 'createSession'>;

/** The operations of the tag `sessions`. */
export function sessionHandlers({
  sessions,
  clientAddress,
}: Pick<AppDependencies, 'sessions' | 'clientAddress'>): SessionHandlers {
  return {
    async createSession({ body = {}, request }) {
      const token = bearerOf(request);
      const session = await sessions.open({
        ...body,
        ...(token === undefined ? {} : { token }),
        address: clientAddress(request),
      });
      contextOf(request).user = session.userId;
      return {
        status: 201,
        body: { ...session, expiresAt: new Date(session.expiresAt).toISOString() },
        headers: { 'Cache-Control': 'no-store' },
      };
    },
  };
}
