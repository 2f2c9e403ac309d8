import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import type { Limits } from '../../actors/environment.ts';
import type { SnapshotCadence } from '../../documents/text/snapshot-cadence.ts';
import { createTextKind } from '../../documents/text/text-kind.ts';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import { attachSockets, type SocketServer } from '../../http/sockets/server.ts';
import type { TextLimits } from '../../http/sockets/text-limits.ts';
import type { TextCrdt } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import type { DocumentStore } from '../../storage/port.ts';
import { ALICE, createRuntime, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { FakeClock } from './fake-clock.ts';

type MessageOf<Type> = Extract<TextServerMessage, { type: Type }>;

export const b64 = (bytes: Uint8Array | string): string =>
  Buffer.from(bytes as Uint8Array).toString('base64');

/** A client of the text door that keeps what it hears. */
export class TextClient {
  readonly ws: WebSocket;
  readonly frames: TextServerMessage[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.ws = new WebSocket(url, { perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
    this.ws.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.#heard();
    });
    this.ws.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) });
        this.#heard();
      });
    });
  }

  say(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  update(opId: string, delta: Uint8Array | string, more: object = {}): void {
    this.say({ type: 'update', opId, deltaB64: b64(delta), ...more });
  }

  /** The first frame of a type that fits, heard already or to come. */
  async hear<Type extends TextServerMessage['type']>(
    type: Type,
    fits: (frame: MessageOf<Type>) => boolean = () => true,
  ): Promise<MessageOf<Type>> {
    for (;;) {
      const found = this.of(type).find(fits);
      if (found !== undefined) return found;
      if (this.ws.readyState === WebSocket.CLOSED) throw new Error(`closed before it heard ${type}`);
      await this.#next();
    }
  }

  of<Type extends TextServerMessage['type']>(type: Type): MessageOf<Type>[] {
    return this.frames.filter((frame): frame is MessageOf<Type> => frame.type === type);
  }

  /** Everything that was said before has been answered. */
  async settled(): Promise<void> {
    const ts = pings++;
    this.say({ type: 'ping', ts });
    await this.hear('pong', (pong) => pong.ts === ts);
  }

  /** All numbers of events, in the order in which they came. */
  get seqs(): number[] {
    return this.frames.flatMap((frame) => ('seq' in frame && frame.seq !== undefined ? [frame.seq] : []));
  }

  /** The event with this number, in whatever form this client is told of it. */
  async seq(seq: number): Promise<void> {
    while (!this.seqs.includes(seq)) {
      if (this.ws.readyState === WebSocket.CLOSED) throw new Error(`closed before it heard of ${seq}`);
      await this.#next();
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #heard(): void {
    for (const go of this.#waiting.splice(0)) go();
  }

  /** A frame of the protocol below, there and back: says nothing. */
  async knock(): Promise<void> {
    this.ws.ping();
    await once(this.ws, 'pong');
  }

  async leave(): Promise<void> {
    this.ws.close();
    await this.closed;
  }
}

let pings = 1_000_000;

export interface TextHarness {
  readonly port: number;
  readonly runtime: Runtime;
  readonly sockets: SocketServer;
  readonly clock: FakeClock;
  readonly rejected: string[];
  readonly logged: { readonly level: number; readonly msg: string; readonly [key: string]: unknown }[];
  /** A new document. */
  create(crdt?: TextCrdt, title?: string): Promise<DocumentId>;
  url(id: string, query?: string): string;
  connect(id: string, query?: string): Promise<TextClient>;
  /** Connects and waits until it has everything that there is. */
  join(id: string, userId?: string, query?: string): Promise<TextClient>;
  /** The process ends and another begins on the same store; sockets are cut. */
  restart(): Promise<TextHarness>;
  close(): Promise<void>;
}

export interface TextHarnessOptions {
  readonly store?: DocumentStore;
  readonly cadence?: SnapshotCadence;
  readonly limits?: Partial<Limits>;
  readonly textLimits?: Partial<TextLimits>;
  readonly socketLimits?: Partial<SocketLimits>;
}

/** The text door on a free port, with a real runtime behind it. */
export async function startTextHarness(options: TextHarnessOptions = {}): Promise<TextHarness> {
  const { store, cadence, limits, textLimits, socketLimits } = options;
  const runtime = createRuntime({
    kinds: [createTextKind(cadence)],
    ...(store === undefined ? {} : { store }),
    ...(limits === undefined ? {} : { limits }),
  });
  const server = createServer((_request, response) => response.writeHead(404).end());
  const clock = new FakeClock();
  const logged: { level: number; msg: string }[] = [];
  const rejected: string[] = [];
  const sockets = attachSockets(server, {
    documents: runtime.documents,
    texts: { documents: runtime.documents, ...(textLimits === undefined ? {} : { limits: textLimits }) },
    logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    metrics: { connectedClients: () => undefined, rejected: (code) => rejected.push(code) },
    corsOrigins: [],
    stopping: () => false,
    clock,
    limits: { closeTimeoutMs: 50, ...socketLimits },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const harness: TextHarness = {
    port,
    runtime,
    sockets,
    clock,
    rejected,
    logged,
    async create(crdt = 'opaque', title = 'Notes') {
      const id = newDocumentId();
      const document = runtime.documents.open('text', id);
      await document.execute({ type: 'document.create', title, owner_id: null, crdt } as never, ALICE);
      return id;
    },
    url: (id, query = '') => `ws://127.0.0.1:${port}/ws/documents/${id}${query === '' ? '' : `?${query}`}`,
    async connect(id, query) {
      const client = new TextClient(harness.url(id, query));
      await once(client.ws, 'open');
      return client;
    },
    async join(id, userId = 'ann', query = '') {
      const client = new TextClient(harness.url(id, `userId=${userId}${query}`));
      const { version, headSeq } = await client.hear('state');
      if (headSeq > version) await client.seq(headSeq);
      return client;
    },
    async restart() {
      await harness.close();
      return startTextHarness({ ...options, store: runtime.store });
    },
    async close() {
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await runtime.documents.stop();
    },
  };
  return harness;
}
