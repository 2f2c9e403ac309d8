/**
 * Types into a text document that others read and write at the same time.
 *
 *   node dist/examples/writer.js                     random words, until Ctrl+C; prints the id of a new document
 *   node dist/examples/writer.js <document id>       into that one
 *   cat notes.txt | node dist/examples/writer.js -   line by line from standard input (`- <document id>`)
 *
 * TROUPE_URL: the server, default http://127.0.0.1:8000
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { TextDocumentsApi, TextYjsProvider } from '../client/index.ts';

const WORDS = 'every document is an actor and what it acknowledges is on disk before you blink'.split(' ');

const url = process.env['TROUPE_URL'] ?? 'http://127.0.0.1:8000';
const [first, second] = process.argv.slice(2);
const fromInput = first === '-';
const given = fromInput ? second : first;

const documentId = given ?? (await new TextDocumentsApi(url).create({ title: 'Example', crdt: 'yjs' })).id;
process.stdout.write(`document ${documentId}\n`);

const doc = new Y.Doc();
const text = doc.getText('text');
const provider = new TextYjsProvider(doc, { url, documentId, userId: `writer ${process.pid}`, WebSocket });
provider.on('status', (status) => {
  process.stderr.write(`  ${status.name}\n`);
  if (status.name !== 'closed' || status.code === 1000) return;
  // 4404: the document was deleted, or went with a server that only has memory. Everything else passes.
  process.stderr.write(`  ${status.code} ${status.reason}\n`);
  process.exit(1);
});
provider.on('error', ({ code, message }) => process.stderr.write(`  ${code}: ${message}\n`));
await provider.whenSynced();

async function* randomWords(): AsyncGenerator<string> {
  for (;;) {
    await pause(100 + Math.random() * 400);
    yield `${WORDS[Math.floor(Math.random() * WORDS.length)]} `;
  }
}

async function* lines(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin })) yield `${line}\n`;
}

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  // `saved`: all that was typed is on the server's disk. Now nothing can be lost.
  await provider.whenSaved();
  process.stderr.write('  saved\n');
  provider.destroy();
  process.exit(0);
}
process.on('SIGINT', () => void stop());

for await (const words of fromInput ? lines() : randomWords()) {
  if (isStopping) break;
  text.insert(text.length, words);
}
await stop();
