import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Limits } from '../../actors/environment.ts';
import { SharedGatherTimer } from '../../actors/gather-timer.ts';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import type { UpdateLimits } from '../../http/sockets/room-limits.ts';
import { attachSockets, type SocketServer } from '../../http/sockets/server.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import type { DocumentStore } from '../../storage/port.ts';
import { ALICE, createRuntime, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { FakeClock } from './fake-clock.ts';
import { Client } from './harness.ts';
import { RoomClient } from './room-client.ts';

export interface RoomHarness {
  readonly port: number;
  readonly runtime: Runtime;
  readonly sockets: SocketServer;
  readonly clock: FakeClock;
  readonly rejected: string[];
  readonly logged: { readonly level: number; readonly msg: string; readonly [key: string]: unknown }[];
  /** A new room. */
  create(): Promise<DocumentId>;
  /** As a service does, without a socket. */
  execute(
    id: DocumentId,
    command: { readonly type: string; readonly [key: string]: unknown },
  ): Promise<unknown>;
  url(id: string, query?: string): string;
  /** Connects and waits until it has everything that there is. */
  join(id: string, userId?: string, query?: string): Promise<RoomClient>;
  /** A client of `/v1/realtime` at the same document. */
  watch(id: string, userId?: string): Promise<Client>;
  close(): Promise<void>;
}

export interface RoomHarnessOptions {
  readonly store?: DocumentStore;
  readonly limits?: Partial<Limits>;
  readonly roomLimits?: Partial<UpdateLimits>;
  readonly socketLimits?: Partial<SocketLimits>;
  /** What the door gathers waits for `runtime.ticks`. */
  readonly isGatheredByHand?: boolean;
}

/** The room door on a free port, with a real runtime behind it. */
export async function startRoomHarness(options: RoomHarnessOptions = {}): Promise<RoomHarness> {
  const { store, limits, roomLimits, socketLimits, isGatheredByHand = false } = options;
  const runtime: Runtime = createRuntime({
    kinds: [annotationKind],
    ...(isGatheredByHand
      ? {}
      : { gatherTimer: new SharedGatherTimer((error) => runtime.crashes.push(error)) }),
    ...(store === undefined ? {} : { store }),
    ...(limits === undefined ? {} : { limits }),
  });
  const { documents } = runtime;
  const server = createServer((_request, response) => response.writeHead(404).end());
  const clock = new FakeClock();
  const logged: { level: number; msg: string }[] = [];
  const rejected: string[] = [];
  const sockets = attachSockets(server, {
    documents,
    rooms: { documents, ...(roomLimits === undefined ? {} : { limits: roomLimits }) },
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
  const harness: RoomHarness = {
    port,
    runtime,
    sockets,
    clock,
    rejected,
    logged,
    async create() {
      const id = newDocumentId();
      await harness.execute(id, { type: 'document.create', name: 'Plan', image: null });
      return id;
    },
    async execute(id, command) {
      return (await documents.open('annotation', id).execute(command, ALICE)).answer;
    },
    url: (id, query = '') => `ws://127.0.0.1:${port}/v1/ws/rooms/${id}${query === '' ? '' : `?${query}`}`,
    async join(id, userId = 'ann', query = '') {
      return new RoomClient(harness.url(id, `userId=${userId}${query}`)).caughtUp();
    },
    async watch(id, userId = 'watcher') {
      const client = new Client(`ws://127.0.0.1:${port}/v1/realtime?document_id=${id}&user_id=${userId}`);
      await client.hearType('welcome');
      return client;
    },
    async close() {
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await documents.stop();
    },
  };
  return harness;
}
