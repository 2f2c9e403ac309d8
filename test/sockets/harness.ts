import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import type { DocumentFinder } from '../../http/sockets/realtime-route.ts';
import { type Closed, HeardFrames } from '../helpers/heard-frames.ts';
import { type DoorServer, startDoors } from './door-server.ts';
import { FakeDocuments } from './fake-documents.ts';

/** Made up, but a version 4 UUID. */
export const DOCUMENT_ID = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
export const OTHER_ID = '0b9619ff-8b86-4011-b42d-00c04fc964ff';

/** A frame as a client sees it. */
export type Frame = { readonly type: string; readonly seq?: number } & Readonly<Record<string, unknown>>;

/** A realtime client that keeps what it hears. */
export class Client {
  readonly ws: WebSocket;
  readonly frames: readonly Frame[];
  readonly closed: Promise<Closed>;
  readonly #heard: HeardFrames<Frame>;

  constructor(url: string, options: { origin?: string; autoPong?: boolean } = {}) {
    this.ws = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.#heard = new HeardFrames(this.ws, (data) => JSON.parse(String(data)) as Frame);
    this.frames = this.#heard.frames;
    this.closed = this.#heard.closed;
  }

  say(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The first frame that fits, heard already or to come. */
  async hear(fits: (frame: Frame) => boolean): Promise<Frame> {
    let found: Frame | undefined;
    await this.#heard.until(() => {
      found = this.frames.find(fits);
      return found !== undefined;
    });
    if (found === undefined) throw new Error('nothing fits');
    return found;
  }

  async hearType(type: string): Promise<Frame> {
    return this.hear((frame) => frame.type === type);
  }

  async hearSeq(seq: number): Promise<Frame> {
    return this.hear((frame) => frame.seq === seq && frame.type !== 'welcome');
  }

  get seqs(): number[] {
    return this.frames.flatMap(({ type, seq }) =>
      seq === undefined || type === 'welcome' || type === 'resync' ? [] : [seq],
    );
  }
}

export interface Harness extends DoorServer {
  readonly documents: FakeDocuments;
  stopping: boolean;
  url(query?: string): string;
  join(query?: string): Promise<Client>;
  /** A bare connection; nothing sent yet. */
  dial(): Promise<Socket>;
  /** A bare connection after a handshake that was accepted. */
  upgrade(query?: string): Promise<Socket>;
  close(): Promise<void>;
}

export interface HarnessOptions {
  readonly limits?: Partial<SocketLimits>;
  readonly corsOrigins?: readonly string[];
  /** Instead of the fake ones. */
  readonly finder?: DocumentFinder;
  readonly newId?: () => string;
}

export const handshakeText = (path: string, headers: Readonly<Record<string, string>> = {}): string => {
  const all = {
    Host: 'localhost',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => (value === '' ? '' : `${name}: ${value}\r\n`));
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
};

/** For tests in which a socket never answers a close frame, so that they do not wait for it. */
export const IMPATIENT: Partial<SocketLimits> = { closeTimeoutMs: 20 };

/** A server on a free port with a fake runtime behind it. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const documents = new FakeDocuments();
  const bare = new Set<Socket>();
  const state = { stopping: false };
  const doors = await startDoors({
    documents: options.finder ?? documents,
    corsOrigins: options.corsOrigins ?? [],
    stopping: () => state.stopping,
    ...(options.newId === undefined ? {} : { newId: options.newId }),
    limits: options.limits ?? {},
  });
  const { port } = doors;
  const path = (query: string) => `/v1/realtime?${query}`;

  const dial = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    bare.add(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  const harness: Harness = {
    ...doors,
    documents,
    set stopping(stopping: boolean) {
      state.stopping = stopping;
    },
    get stopping() {
      return state.stopping;
    },
    url: (query = `document_id=${DOCUMENT_ID}`) => `ws://127.0.0.1:${port}${path(query)}`,
    async join(query = `document_id=${DOCUMENT_ID}`) {
      const client = new Client(harness.url(query));
      await client.hearType('welcome');
      return client;
    },
    dial,
    async upgrade(query = `document_id=${DOCUMENT_ID}`) {
      const socket = await dial();
      socket.write(handshakeText(path(query)));
      await readUntil(socket, '\r\n\r\n');
      return socket;
    },
    async close() {
      for (const socket of bare) socket.destroy();
      await doors.close();
    },
  };
  return harness;
}

/** Reads until a text was seen. What came after it stays in the socket. */
export function readUntil(socket: Socket, end: string): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const onReadable = (): void => {
      for (let chunk = socket.read(1); chunk !== null; chunk = socket.read(1)) {
        text += String(chunk);
        if (!text.endsWith(end)) continue;
        stop();
        resolve(text);
        return;
      }
    };
    const onClose = (): void => {
      stop();
      reject(new Error(`closed after ${JSON.stringify(text)}`));
    };
    const stop = (): void => {
      socket.off('readable', onReadable);
      socket.off('close', onClose);
    };
    socket.on('readable', onReadable);
    socket.on('close', onClose);
    onReadable();
  });
}

/** Everything that comes until the other side ends. */
export async function readToEnd(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks);
}

/** A frame of a client, masked with zeros. */
export function clientFrame(opcode: number, payload: Uint8Array | string, fin = true): Buffer {
  const bytes = Buffer.from(payload as Uint8Array);
  const head =
    bytes.length < 126
      ? Buffer.from([(fin ? 0x80 : 0) | opcode, 0x80 | bytes.length])
      : Buffer.from([(fin ? 0x80 : 0) | opcode, 0x80 | 126, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), bytes]);
}

/** Waits for what the server is told by the network, such as that a socket is gone: nobody promises when. */
export async function until(harness: Harness, holds: () => boolean): Promise<void> {
  while (!holds()) await settle(harness);
}

/** Lets what is under way on both sides of the loopback happen: a round trip of its own. */
export async function settle(harness: Harness): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${harness.port}/`);
  await response.arrayBuffer();
}
