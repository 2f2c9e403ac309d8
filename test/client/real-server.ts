import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type TextCrdt, TextDocumentsApi } from '../../client/text-documents-api.ts';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import { readConfig } from '../../config.ts';
import { type RunningServer, startServer } from '../../server.ts';

export type Store = 'memory' | 'sqlite';

/** The whole server in this process, on a free port, with the clients that a test opens. */
export class RealServer {
  readonly #folder: string;
  readonly #store: Store;
  readonly #env: Readonly<Record<string, string>>;
  readonly #providers: TextYjsProvider[] = [];
  #server: RunningServer | undefined;

  private constructor(folder: string, store: Store, env: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#store = store;
    this.#env = env;
  }

  /** @param env - settings besides those of every test */
  static async start(store: Store, env: Readonly<Record<string, string>> = {}): Promise<RealServer> {
    const real = new RealServer(await mkdtemp(join(tmpdir(), 'troupe-client-')), store, env);
    await real.#start(0);
    return real;
  }

  get url(): string {
    return this.#running.url;
  }

  get api(): TextDocumentsApi {
    return new TextDocumentsApi(this.url);
  }

  /** A new document with two who edit it, both connected. */
  async document(crdt: TextCrdt): Promise<{ id: string; ann: TextYjsProvider; bob: TextYjsProvider }> {
    const { id } = await this.api.create({ title: 'Minutes', crdt });
    const [ann, bob] = [this.open(id, 'ann'), this.open(id, 'bob')];
    await Promise.all([ann.whenSynced(), bob.whenSynced()]);
    return { id, ann, bob };
  }

  open(documentId: string, userId: string): TextYjsProvider {
    const options = { url: this.url, documentId, userId, WebSocket, backoff: { baseMs: 10, maxMs: 50 } };
    const provider = new TextYjsProvider(new Y.Doc(), options);
    this.#providers.push(provider);
    return provider;
  }

  /** Stops it and starts it again at the same address, what is done `meanwhile` in between. What a store keeps is there again. */
  async restart(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const { port } = this.#running;
    await this.#running.stop();
    await meanwhile();
    await this.#start(port);
  }

  async stop(): Promise<void> {
    for (const { doc } of this.#providers) doc.destroy();
    await this.#server?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #start(port: number): Promise<void> {
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const config = readConfig({
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: this.#store === 'memory' ? 'memory://' : `sqlite:///${this.#folder}/test.db`,
      EXPORTS_DIR: this.#folder,
      RENDER_THREADS: '1',
      VALIDATE_RESPONSES: 'true',
      ...this.#env,
    });
    this.#server = await startServer(config, { log: silent });
  }

  get #running(): RunningServer {
    if (this.#server === undefined) throw new Error('the server does not run');
    return this.#server;
  }
}

export const textOf = ({ doc }: TextYjsProvider): string => doc.getText('text').toString();

export const type = ({ doc }: TextYjsProvider, at: number, words: string): void =>
  doc.getText('text').insert(at, words);

/** Resolves once it holds; looked at again whenever the document changes. */
export function until(provider: TextYjsProvider, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      provider.doc.off('update', look);
      provider.awareness.off('change', look);
      resolve();
    };
    provider.doc.on('update', look);
    provider.awareness.on('change', look);
    look();
  });
}
