/**
 * Shows a text document while others edit it.
 *
 *   node dist/examples/reader.js <document id>
 *
 * TROUPE_URL: the server, default http://127.0.0.1:8000
 */
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { TextYjsProvider } from '../client/index.ts';

const [documentId] = process.argv.slice(2);
if (documentId === undefined) {
  process.stderr.write('usage: node dist/examples/reader.js <document id>\n');
  process.exit(2);
}

const doc = new Y.Doc();
const text = doc.getText('text');
const provider = new TextYjsProvider(doc, {
  url: process.env['TROUPE_URL'] ?? 'http://127.0.0.1:8000',
  documentId,
  userId: `reader ${process.pid}`,
  WebSocket,
});

/** Clears the terminal and shows what there is now; where there is no terminal, only that something came. */
function show(): void {
  const state = `[${provider.connection.status.name}, seq ${provider.connection.lastSeq}]`;
  if (process.stdout.isTTY) process.stdout.write(`\u001b[2J\u001b[H${text.toString()}\n${state}\n`);
  else
    process.stdout.write(
      `${state} ${text.length} characters, at the end ${JSON.stringify(text.toString().slice(-60))}\n`,
    );
}

text.observe(show);
provider.on('status', (status) => {
  show();
  // 4404: somebody deleted the document. Everything else passes, and the provider comes back by itself.
  if (status.name === 'closed') process.exit(status.code === 1000 ? 0 : 1);
});
process.on('SIGINT', () => provider.destroy());
