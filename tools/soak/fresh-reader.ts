import * as Y from 'yjs';
import { TextDocumentConnection } from '../../client/text-document-connection.ts';
import { RecordedSockets } from './recording-web-socket.ts';
import type { SoakDocument } from './soak-document.ts';

/** What one has seen who came to a document for the first time. */
export interface Reading {
  readonly doc: Y.Doc;
  /** The last event of the log at that moment. */
  readonly seq: number;
}

/** Comes to a document, takes what the server sends, and leaves. */
export async function readAnew(url: string, document: SoakDocument, name: string): Promise<Reading> {
  const doc = new Y.Doc();
  const sockets = new RecordedSockets(name, document.history);
  const connection = new TextDocumentConnection({
    url,
    documentId: document.id,
    userId: name,
    WebSocket: sockets.WebSocket,
    backoff: { baseMs: 10, maxMs: 100 },
  });
  connection.on('state', ({ snapshot }) => {
    if (snapshot !== null && snapshot.length > 0) Y.applyUpdate(doc, snapshot);
  });
  connection.on('remoteUpdate', ({ update }) => Y.applyUpdate(doc, update));
  connection.join();
  await connection.whenLive();
  connection.leave();
  return { doc, seq: connection.lastSeq };
}
