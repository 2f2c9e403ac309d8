/** The process that `bench/http.ts` measures: three servers, of which only one is asked at a time. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { openApp } from '../http/app.ts';
import { Metrics } from '../http/metrics.ts';
import { startServer } from '../server.ts';

/** One document for each connection of the client. */
const CONNECTIONS = 32;

const config = readConfig({ PORT: '0', HOST: '127.0.0.1', EXPORTS_DIR: join(tmpdir(), 'troupe-bench') });
const product = await startServer(config, { log: pino.destination('/dev/null') });

const send = async (path: string, body: object): Promise<{ readonly id: string }> => {
  const answer = await fetch(product.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as { id: string };
};
const document = await send('/v1/documents', { name: 'bench' });
const constant = await send('/v1/annotations', {
  document_id: document.id,
  type: 'box',
  geometry: { x: 1, y: 2, width: 3, height: 4 },
});

// The product's own app up to the contract: what is left out is validation, the handlers and the document.
const same = openApp({
  logger: pino(pino.destination('/dev/null')),
  metrics: new Metrics(),
  corsOrigins: [],
});
const bare = express();
bare.disable('x-powered-by').disable('etag');
for (const app of [same, bare]) {
  app.use(express.json());
  app.post('/v1/annotations', (_req, res) => {
    res.status(201).set('Location', `/v1/annotations/${randomUUID()}`).json(constant);
  });
}
const listen = async (app: express.Express): Promise<number> => {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
process.on('message', async (message: 'cpu' | 'documents') => {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
    return;
  }
  // Fresh documents for each round: how much was written before must not be measured.
  const made = Array.from({ length: CONNECTIONS }, () => send('/v1/documents', { name: 'bench' }));
  process.send?.((await Promise.all(made)).map(({ id }) => id));
});
process.send?.({ full: product.port, same: await listen(same), bare: await listen(bare) });
