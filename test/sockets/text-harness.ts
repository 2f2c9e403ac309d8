import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { SnapshotCadence } from '../../documents/text/snapshot-cadence.ts';
import { createTextKind } from '../../documents/text/text-kind.ts';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import type { TextLimits } from '../../http/sockets/text-limits.ts';
import type { TextCrdt } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import { type Closed, HeardFrames } from '../helpers/heard-frames.ts';
import { ALICE, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { createDoorRuntime, type DoorRuntimeOptions, type DoorServer, startDoors } from './door-server.ts';

export const b64 = (bytes: Uint8Array | string): string =>
  Buffer.from(bytes as Uint8Array).toString('base64');

/** A client of the text door that keeps what it hears. */
export class TextClient {
  readonly ws: WebSocket;
  readonly frames: readonly TextServerMessage[];
  readonly closed: Promise<Closed>;
  readonly hear: HeardFrames<TextServerMessage>['hear'];
  readonly of: HeardFrames<TextServerMessage>['of'];
  readonly #heard: HeardFrames<TextServerMessage>;

  constructor(url: string) {
    this.ws = new WebSocket(url, { perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
    this.#heard = new HeardFrames(this.ws, (data) => JSON.parse(String(data)) as TextServerMessage);
    this.frames = this.#heard.frames;
    this.closed = this.#heard.closed;
    this.hear = this.#heard.hear;
    this.of = this.#heard.of;
  }

  say(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  update(opId: string, delta: Uint8Array | string, more: object = {}): void {
    this.say({ type: 'update', opId, deltaB64: b64(delta), ...more });
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
    await this.#heard.until(() => this.seqs.includes(seq));
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

export interface TextHarness extends DoorServer {
  readonly runtime: Runtime;
  /** A new document. */
  create(crdt?: TextCrdt, title?: string): Promise<DocumentId>;
  url(id: string, query?: string): string;
  connect(id: string, query?: string): Promise<TextClient>;
  /** Connects and waits until it has everything that there is. */
  join(id: string, userId?: string, query?: string): Promise<TextClient>;
  /** The process ends and another begins on the same store; sockets are cut. */
  restart(): Promise<TextHarness>;
}

export interface TextHarnessOptions extends Pick<DoorRuntimeOptions, 'store' | 'limits'> {
  readonly cadence?: SnapshotCadence;
  readonly textLimits?: Partial<TextLimits>;
  readonly socketLimits?: Partial<SocketLimits>;
}

/** The text door on a free port, with a real runtime behind it. */
export async function startTextHarness(options: TextHarnessOptions = {}): Promise<TextHarness> {
  const { cadence, textLimits, socketLimits } = options;
  const runtime = createDoorRuntime([createTextKind(cadence)], { ...options, isGatheredByHand: true });
  const { documents } = runtime;
  const doors = await startDoors({
    documents,
    texts: { documents, ...(textLimits === undefined ? {} : { limits: textLimits }) },
    limits: { closeTimeoutMs: 50, ...socketLimits },
  });
  const { port } = doors;
  const harness: TextHarness = {
    ...doors,
    runtime,
    async create(crdt = 'opaque', title = 'Notes') {
      const id = newDocumentId();
      const document = documents.open('text', id);
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
      await doors.close();
      await documents.stop();
    },
  };
  return harness;
}
