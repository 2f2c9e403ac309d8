import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import type { UpdateLimits } from '../../http/sockets/room-limits.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { ALICE, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { createDoorRuntime, type DoorRuntimeOptions, type DoorServer, startDoors } from './door-server.ts';
import { Client } from './harness.ts';
import { RoomClient } from './room-client.ts';

export interface RoomHarness extends DoorServer {
  readonly runtime: Runtime;
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
}

export interface RoomHarnessOptions extends DoorRuntimeOptions {
  readonly roomLimits?: Partial<UpdateLimits>;
  readonly socketLimits?: Partial<SocketLimits>;
}

/** The room door on a free port, with a real runtime behind it. */
export async function startRoomHarness(options: RoomHarnessOptions = {}): Promise<RoomHarness> {
  const { roomLimits, socketLimits } = options;
  const runtime = createDoorRuntime([annotationKind], options);
  const { documents } = runtime;
  const doors = await startDoors({
    documents,
    rooms: { documents, ...(roomLimits === undefined ? {} : { limits: roomLimits }) },
    limits: { closeTimeoutMs: 50, ...socketLimits },
  });
  const { port } = doors;
  const harness: RoomHarness = {
    ...doors,
    runtime,
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
      await doors.close();
      await documents.stop();
    },
  };
  return harness;
}
