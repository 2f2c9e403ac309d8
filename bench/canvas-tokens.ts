import { randomUUID } from 'node:crypto';
import { Sessions } from '../http/sessions/sessions.ts';
import { SECRETS } from './canvas-orders.ts';

const sessionsOf = (secret: string): Sessions =>
  new Sessions({
    secret,
    moderatorKey: SECRETS.MODERATOR_KEY,
    lifetimeMs: 3_600_000,
    newId: randomUUID,
  });
const own = sessionsOf(SECRETS.SESSION_SECRET);
const forger = sessionsOf('the secret of quite another server, or a guess');

const openAt = async (sessions: Sessions, name: string): Promise<string> =>
  (await sessions.open({ name, address: 'bench' })).token;

/** Of a new painter, as the server that is measured would give it. */
export const painterToken = (name: string): Promise<string> => openAt(own, name);

/** One that the server did not give. */
export const forgedToken = (name: string): Promise<string> => openAt(forger, name);
