import { useEffect, useState } from 'react';
import * as Y from 'yjs';
import { TextDocumentConnection } from '../../client/text-document-connection.ts';
import { SERVER_URL } from '../app/api.ts';
import { useIdentity } from '../app/identity.ts';
import { FRAGMENT } from './text-editor.ts';

export type ForeignDoc =
  | { readonly name: 'loading' }
  | { readonly name: 'readable'; readonly doc: Y.Doc }
  | { readonly name: 'unreadable'; readonly reason: string };

/**
 * Bytes that may be of any format, read as Yjs. Nothing is ever sent, no snapshot above all: a wrong one would take the place
 * of the text.
 */
export function useForeignDoc(documentId: string): ForeignDoc {
  const [found, setFound] = useState<ForeignDoc>({ name: 'loading' });
  useEffect(() => {
    const doc = new Y.Doc();
    const { userId, name } = useIdentity.getState();
    const connection = new TextDocumentConnection({
      url: SERVER_URL,
      documentId,
      userId,
      displayName: name,
    });
    const give = (reason: string): void => {
      setFound({ name: 'unreadable', reason });
      connection.leave();
    };
    const apply = (update: Uint8Array): void => {
      try {
        Y.applyUpdate(doc, update, connection);
      } catch {
        give('What it holds cannot be read as a text of this one.');
      }
    };
    connection.on('state', ({ snapshot }) => {
      if (snapshot !== null && snapshot.length > 0) apply(snapshot);
    });
    connection.on('remoteUpdate', ({ update }) => apply(update));
    connection.on('status', (status) => {
      if (status.name === 'live') {
        if (doc.getXmlFragment(FRAGMENT).length > 0) setFound({ name: 'readable', doc });
        else give('Nothing in it is a text as this program writes them.');
      }
      if (status.name === 'closed' && status.code === 4404) give('It was deleted.');
    });
    connection.join();
    return () => {
      connection.leave();
      doc.destroy();
    };
  }, [documentId]);
  return found;
}
