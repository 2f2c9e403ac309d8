import * as Y from 'yjs';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import { SERVER_URL } from '../app/api.ts';
import { useIdentity } from '../app/identity.ts';

/** One text, kept equal to the server's. */
export interface TextSession {
  readonly doc: Y.Doc;
  readonly provider: TextYjsProvider;
}

const sessions = new Map<string, TextSession>();
const users = new Map<TextSession, number>();

const isUnsaved = ({ provider }: TextSession): boolean =>
  !provider.saved && provider.connection.status.name !== 'closed';

/**
 * The text as it is open in this tab. Its session outlives its page for as long as something is not on the server: who
 * goes home and comes back, offline or not, finds what was written.
 */
export function openText(documentId: string): TextSession {
  const known = sessions.get(documentId);
  const session = known ?? begin(documentId);
  if (known === undefined) sessions.set(documentId, session);
  users.set(session, (users.get(session) ?? 0) + 1);
  // Who comes back is seen again; a state that is null takes no fields.
  const { awareness } = session.provider;
  if (awareness.getLocalState() === null) awareness.setLocalState({});
  return session;
}

/** What {@link openText} began is not needed here any more. */
export function leaveText(documentId: string, session: TextSession): void {
  users.set(session, (users.get(session) ?? 1) - 1);
  // Nobody is at a text of which only its last words are still on their way.
  session.provider.awareness.setLocalState(null);
  const endIfDone = (): void => {
    if ((users.get(session) ?? 0) > 0) stopWaiting();
    else if (!isUnsaved(session)) {
      stopWaiting();
      end(documentId, session);
    }
  };
  const stops = [session.provider.on('saved', endIfDone), session.provider.on('status', endIfDone)];
  const stopWaiting = (): void => {
    for (const stop of stops) stop();
  };
  endIfDone();
}

function begin(documentId: string): TextSession {
  const doc = new Y.Doc();
  const { userId, name } = useIdentity.getState();
  const options = { url: SERVER_URL, documentId, userId, displayName: name };
  return { doc, provider: new TextYjsProvider(doc, options) };
}

function end(documentId: string, session: TextSession): void {
  users.delete(session);
  if (sessions.get(documentId) === session) sessions.delete(documentId);
  session.doc.destroy();
}

window.addEventListener('online', () => {
  for (const { provider } of sessions.values()) provider.connection.retryNow();
});

window.addEventListener('beforeunload', (event) => {
  if ([...sessions.values()].some(isUnsaved)) event.preventDefault();
});
