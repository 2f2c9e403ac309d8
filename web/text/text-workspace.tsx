import { WifiOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { TextDocument } from '../../client/text-documents-api.ts';
import { textsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { useIdentity } from '../app/identity.ts';
import { TopBar } from '../app/top-bar.tsx';
import { useTitle } from '../app/use-title.ts';
import { AvatarStack } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { ConnectionBadge } from '../ui/connection-badge.tsx';
import { Loading, StateMessage } from '../ui/state.tsx';
import { toast } from '../ui/toast.tsx';
import { showPerson } from './text-editor.ts';
import type { TextSession } from './text-sessions.ts';
import { TextSheet } from './text-sheet.tsx';
import { TextTitle } from './text-title.tsx';
import { type Claims, useClaims, usePeople, useTextSession } from './use-text-session.ts';

interface WorkspaceProps {
  readonly document: TextDocument;
  /** It was deleted while it was open. */
  readonly onGone: () => void;
}

/** A text that is open: its bar, and its sheet as soon as it has come. */
export function TextWorkspace({ document, onGone }: WorkspaceProps) {
  const session = useTextSession(document.id);
  if (session === undefined) return <TopBar> </TopBar>;
  return <OpenText session={session} document={document} onGone={onGone} />;
}

function OpenText({ session, document, onGone }: WorkspaceProps & { readonly session: TextSession }) {
  const { provider } = session;
  const claims = useClaims(session);
  const myId = useIdentity(({ userId }) => userId);
  const people = usePeople(provider.awareness, myId);
  const { title, rename } = useSharedTitle(session, document);
  useTitle(title);
  const hasEnded = claims.status.name === 'closed';
  useEffect(() => {
    if (hasEnded) onGone();
  }, [hasEnded, onGone]);
  useEffect(
    () =>
      provider.on('error', ({ code, message }) => {
        // The others mend themselves, or end the connection, which the page tells.
        if (code !== 'too_large' && code !== 'bad_update') return;
        const detail = `${message} Copy what you wrote last and load the page again.`;
        toast({ title: 'A change was refused', detail, tone: 'danger', key: 'text-refused' });
      }),
    [provider],
  );
  return (
    <>
      <TopBar
        end={
          <>
            <AvatarStack people={people} most={3} onChoose={({ id }) => showPerson(id)} />
            <ConnectionBadge status={claims.status} saved={claims.saved} />
          </>
        }
      >
        <TextTitle title={title} onRename={rename} />
      </TopBar>
      {claims.hasCome ? (
        <TextSheet session={session} title={title} ended={endOf(claims)} />
      ) : (
        <NotHereYet claims={claims} retry={() => provider.connection.retryNow()} />
      )}
    </>
  );
}

const GONE = 4404;

/** Why nothing is saved any more, where the text itself is still there. */
const endOf = ({ status }: Claims): string | undefined =>
  status.name === 'closed' && status.code !== GONE ? status.reason || `code ${status.code}` : undefined;

function NotHereYet({ claims, retry }: { readonly claims: Claims; readonly retry: () => void }) {
  if (claims.status.name !== 'waiting') return <Loading fill label="Loading the text" />;
  return (
    <StateMessage
      fill
      icon={<WifiOff />}
      title="The server cannot be reached"
      text="The text is opened as soon as it answers."
    >
      <Button variant="primary" onClick={retry}>
        Try now
      </Button>
    </StateMessage>
  );
}

/** The title as all have it. */
function useSharedTitle({ provider }: TextSession, document: TextDocument) {
  const [title, setTitle] = useState(document.title);
  useEffect(() => provider.connection.on('document', (change) => setTitle(change.title)), [provider]);
  const rename = useCallback(
    async (next: string): Promise<void> => {
      setTitle(next);
      try {
        await textsApi.update(document.id, { title: next });
      } catch (error) {
        setTitle(title);
        toast({ title: 'The title was not changed', detail: errorText(error), tone: 'danger' });
      }
    },
    [document.id, title],
  );
  return { title, rename };
}
