import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { readSyncMessage } from 'y-protocols/sync';
import * as Y from 'yjs';
import { TextReader } from '../../actors/text-reader.ts';
import { TextSync } from '../../actors/text-sync.ts';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { SnapshotCadence } from '../../documents/text/snapshot-cadence.ts';
import { createTextKind } from '../../documents/text/text-kind.ts';
import {
  type AwarenessEntry,
  decodeAwareness,
  encodeAwareness,
} from '../../http/sockets/awareness-update.ts';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import type { YjsLimits } from '../../http/sockets/yjs-limits.ts';
import type { TextCrdt } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { type Closed, HeardFrames } from '../helpers/heard-frames.ts';
import { ALICE, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { createDoorRuntime, type DoorRuntimeOptions, type DoorServer, startDoors } from './door-server.ts';

export const bytesOf = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
};

/** A message of the protocol, written by hand. */
export const sync = (type: 0 | 1 | 2, bytes: Uint8Array): Uint8Array =>
  bytesOf((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, bytes);
  });
export const awareness = (...entries: readonly AwarenessEntry[]): Uint8Array =>
  bytesOf((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, encodeAwareness(entries));
  });

/** What a server says. */
export type Heard =
  | { readonly type: 'step1'; readonly bytes: Uint8Array }
  | { readonly type: 'step2'; readonly bytes: Uint8Array }
  | { readonly type: 'update'; readonly bytes: Uint8Array }
  | { readonly type: 'awareness'; readonly entries: readonly AwarenessEntry[] };

function parse(message: Uint8Array): Heard {
  const decoder = decoding.createDecoder(message);
  if (decoding.readVarUint(decoder) === 1) {
    return { type: 'awareness', entries: decodeAwareness(decoding.readVarUint8Array(decoder)) };
  }
  const type = (['step1', 'step2', 'update'] as const)[decoding.readVarUint(decoder)];
  if (type === undefined) throw new Error('no such sync message');
  return { type, bytes: decoding.readVarUint8Array(decoder).slice() };
}

/** A client that says only what a test tells it to, and keeps what it hears; its document takes it in. */
export class YjsSocket {
  readonly ws: WebSocket;
  readonly doc = new Y.Doc();
  readonly heard: readonly Heard[];
  readonly closed: Promise<Closed>;
  /** Resolves once something holds; asked again at each message. */
  readonly until: HeardFrames<Heard>['until'];
  readonly of: HeardFrames<Heard>['of'];

  constructor(url: string) {
    this.ws = new WebSocket(url, { perMessageDeflate: false });
    const heard = new HeardFrames(this.ws, (data): Heard => {
      const message = new Uint8Array(data);
      const decoder = decoding.createDecoder(message);
      if (decoding.readVarUint(decoder) === 0)
        readSyncMessage(decoder, encoding.createEncoder(), this.doc, this);
      return parse(message);
    });
    this.heard = heard.frames;
    this.closed = heard.closed;
    this.until = heard.until;
    this.of = heard.of;
  }

  say(message: Uint8Array | string): void {
    this.ws.send(message);
  }

  /** Edits the document, and gives the update. */
  edit(change: (doc: Y.Doc) => void): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    this.doc.transact(() => change(this.doc));
    return Y.encodeStateAsUpdate(this.doc, before);
  }

  /** As a provider does when the socket opens. */
  askAll(): void {
    this.say(sync(0, Y.encodeStateVector(this.doc)));
  }

  /** Everything that was said before has been read. */
  async settled(): Promise<void> {
    this.ws.ping();
    await once(this.ws, 'pong');
  }

  async leave(): Promise<void> {
    this.ws.close();
    await this.closed;
  }
}

export interface YjsHarness extends DoorServer {
  readonly runtime: Runtime;
  createRoom(): Promise<DocumentId>;
  createText(crdt?: TextCrdt): Promise<DocumentId>;
  connect(id: string, query?: string): Promise<YjsSocket>;
  /** A client that has everything, and has said what it has. */
  join(id: string, query?: string): Promise<YjsSocket>;
}

export interface YjsHarnessOptions extends Pick<DoorRuntimeOptions, 'store' | 'limits'> {
  readonly cadence?: SnapshotCadence;
  readonly yjsLimits?: Partial<YjsLimits>;
  readonly socketLimits?: Partial<SocketLimits>;
}

/** The y-websocket door on a free port, with a real runtime behind it. */
export async function startYjsHarness(options: YjsHarnessOptions = {}): Promise<YjsHarness> {
  const { cadence, yjsLimits, socketLimits } = options;
  const runtime = createDoorRuntime([annotationKind, createTextKind(cadence)], options);
  const { documents } = runtime;
  const reader = new TextReader();
  const textSync = new TextSync({ reader });
  const doors = await startDoors({
    documents,
    yjs: { documents, textSync, ...(yjsLimits === undefined ? {} : { limits: yjsLimits }) },
    limits: { closeTimeoutMs: 50, ...socketLimits },
  });
  const { port } = doors;
  const execute = (kind: string, id: DocumentId, command: object): Promise<unknown> =>
    documents.open(kind, id).execute(command as { type: string }, ALICE);
  const harness: YjsHarness = {
    ...doors,
    runtime,
    async createRoom() {
      const id = newDocumentId();
      await execute('annotation', id, { type: 'document.create', name: 'Plan', image: null });
      return id;
    },
    async createText(crdt = 'yjs') {
      const id = newDocumentId();
      await execute('text', id, { type: 'document.create', title: 'Notes', owner_id: null, crdt });
      return id;
    },
    async connect(id, query = '') {
      const client = new YjsSocket(`ws://127.0.0.1:${port}/v1/yjs/${id}${query === '' ? '' : `?${query}`}`);
      await once(client.ws, 'open');
      return client;
    },
    async join(id, query) {
      const client = await harness.connect(id, query);
      client.askAll();
      await client.until(() => client.of('step1').length > 0);
      client.say(sync(1, Y.encodeStateAsUpdate(client.doc, client.of('step1')[0]?.bytes)));
      return client;
    },
    async close() {
      await doors.close();
      await reader.stop();
      await documents.stop();
    },
  };
  return harness;
}
