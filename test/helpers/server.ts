import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readConfig } from '../../config.ts';
import type { Annotation, Document, ExportJob } from '../../protocol/entities.ts';
import type { components } from '../../protocol/generated/openapi.ts';
import { type ServerOptions, startServer } from '../../server.ts';
import { ApiClient } from './api-client.ts';
import { RealtimeClient } from './realtime-client.ts';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** A whole server in this process, on a free port, with a directory of its own. Answers are checked by the contract. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly api: ApiClient;
  readonly exportsDir: string;
  /** What was logged so far. */
  readonly lines: LogLine[];
  /** A client that was welcomed. */
  join(documentId: string, query?: Readonly<Record<string, string | number>>): Promise<RealtimeClient>;
  /** As a signal does. What lies in `exportsDir` stays. */
  shutDown(): Promise<void>;
  /** Shuts down and cleans up. */
  stop(): Promise<void>;
}

/** The level of errors and worse in a log. */
const ERROR = 50;

/** Which store the servers of tests have where a test does not say: the gate runs all scenarios over both. */
const STORES = ['memory', 'sqlite'] as const;
const STORE = STORES.find((name) => name === (process.env['TEST_STORE'] ?? 'memory'));
if (STORE === undefined) throw new Error(`TEST_STORE must be one of ${STORES.join(', ')}`);

/** @param through - stands between the server and its store */
export async function startTestServer(
  env: Readonly<Record<string, string>> = {},
  through?: ServerOptions['through'],
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-scenario-'));
  const exportsDir = join(folder, 'exports');
  const lines: LogLine[] = [];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as LogLine);
      done();
    },
  });
  const settings = {
    DATABASE_URL: STORE === 'memory' ? 'memory://' : `sqlite:///${folder}/test.db`,
    PORT: '0',
    HOST: '127.0.0.1',
    VALIDATE_RESPONSES: 'true',
    RENDER_THREADS: '1',
  };
  const config = readConfig({ ...settings, LOG_LEVEL: 'warn', EXPORTS_DIR: exportsDir, ...env });
  const cleanUp = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const server = await startServer(config, { log, ...(through && { through }) }).catch(
    async (error: unknown) => {
      await cleanUp();
      throw error;
    },
  );
  const clients = new Set<RealtimeClient>();
  return {
    url: server.url,
    port: server.port,
    api: new ApiClient(server.url),
    exportsDir,
    lines,
    async join(documentId, query = {}) {
      const client = new RealtimeClient(realtimeUrl(server.url, { document_id: documentId, ...query }));
      clients.add(client);
      await client.hear('welcome');
      return client;
    },
    shutDown: () => server.stop(),
    async stop() {
      for (const client of clients) client.drop();
      await server.stop();
      await cleanUp();
    },
  };
}

export const realtimeUrl = (serverUrl: string, query: Readonly<Record<string, string | number>>): string => {
  const texts = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]);
  return `${serverUrl.replace(/^http/, 'ws')}/v1/realtime?${new URLSearchParams(texts)}`;
};

/** The server of all suites that ask for no settings: to start one and to compile its validators takes a second. */
let shared: Promise<TestServer> | undefined;

/** Stops it after all suites; where files run in parallel, a worker has one root for each file, and a server for each. */
function shareServer({ test }: Mocha.Context): Promise<TestServer> {
  let root = test?.parent;
  while (root?.parent !== undefined) root = root.parent;
  const started = startTestServer();
  root?.afterAll(async () => {
    shared = undefined;
    await (await started).stop();
  });
  return started;
}

/** The server of a suite: of its own where it has settings. A defect that the server logs fails the suite. */
export function useServer(env?: Readonly<Record<string, string>>): { readonly now: TestServer } {
  let server: TestServer | undefined;
  let logged = 0;
  before(async function () {
    if (env === undefined) shared ??= shareServer(this);
    server = await (env === undefined ? shared : startTestServer(env));
    logged = server?.lines.length ?? 0;
  });
  after(async () => {
    if (env !== undefined) await server?.stop();
    const defect = server?.lines.slice(logged).find(({ level }) => level >= ERROR);
    if (defect !== undefined) throw new Error(`the server logged ${JSON.stringify(defect)}`);
  });
  return {
    get now() {
      if (server === undefined) throw new Error('the server starts before the first test');
      return server;
    },
  };
}

export const createDocument = ({ api }: TestServer, image_url?: string): Promise<Document> =>
  api.ok('createDocument', { body: { name: 'Plan', ...(image_url === undefined ? {} : { image_url }) } });

export const createBox = ({ api }: TestServer, document_id: string, x = 10): Promise<Annotation> =>
  api.ok('createAnnotation', {
    body: { document_id, type: 'box', geometry: { x, y: 20, width: 300, height: 40 } },
  });

export type ExportRequest = components['schemas']['ExportCreate'];

/** Asks for an export and waits for its end. */
export async function exportTo(
  { api }: TestServer,
  client: RealtimeClient,
  body: ExportRequest,
): Promise<ExportJob> {
  const { id } = await api.ok('createExport', { body });
  return client.hearEnd(id);
}
