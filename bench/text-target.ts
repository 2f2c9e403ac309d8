import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TextCrdt, TextDocumentsApi } from '../client/text-documents-api.ts';
import { ServerProcess } from '../tools/soak/server-process.ts';

/** Who is measured: a server in a process of its own. */
export interface TextTarget {
  readonly name: 'relay' | 'memory' | 'sqlite';
  readonly url: string;
  /** Where the server finds exported files. */
  readonly folder: string;
  /** A new document. @returns the path of its socket */
  newDocument(crdt: TextCrdt): Promise<string>;
  stop(): Promise<void>;
}

export async function startRelay(): Promise<TextTarget> {
  const relay: ChildProcess = fork(fileURLToPath(import.meta.url.replace('text-target', 'text-relay')));
  const [url] = (await once(relay, 'message')) as [string];
  return {
    name: 'relay',
    url,
    folder: '',
    newDocument: () => Promise.resolve('/'),
    stop: async () => {
      relay.kill();
      await once(relay, 'exit');
    },
  };
}

export async function startTroupe(name: 'memory' | 'sqlite'): Promise<TextTarget> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
  const server = new ServerProcess({
    DATABASE_URL: name === 'memory' ? 'memory://' : `sqlite:///${folder}/bench.db`,
    EXPORTS_DIR: folder,
    RENDER_THREADS: '1',
    // Ten senders without a pause are no people; the limit is not what is measured here.
    MESSAGES_PER_SECOND: '1000000',
  });
  await server.start();
  return {
    name,
    url: server.url,
    folder,
    async newDocument(crdt) {
      const { id } = await new TextDocumentsApi(server.url).create({ title: 'bench', crdt });
      return `/ws/documents/${id}?userId=bench`;
    },
    async stop() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
