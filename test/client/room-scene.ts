import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { RoomError } from '../../client/room-error.ts';
import { RoomProvider, type RoomProviderOptions } from '../../client/room-provider.ts';
import {
  encodeRoomFrame,
  type RoomPresenceState,
  type RoomServerMessage,
} from '../../protocol/room-socket.ts';
import { FakeTimers } from './fake-timers.ts';
import { type FakeWebSocket, fakeNetwork } from './fake-web-socket.ts';

export const ROOM = '22222222-2222-4222-8222-222222222222';
export const CONNECTION = '11111111-2222-4333-8444-555555555555';
export const AT = '2026-11-21T07:00:00.000Z';
export const VERSION = { id: '33333333-3333-4333-8333-333333333333', tag: 'v1', seq: 1, createdAt: AT };

export type RoomSocket = FakeWebSocket<RoomServerMessage>;

const providers: RoomProvider[] = [];

/** Awareness looks after itself with a timer of its own until it is destroyed. */
export function destroyRooms(): void {
  for (const provider of providers.splice(0)) provider.destroy();
}

/** A server's end of a room: what it has, and its number. */
export class FakeRoom {
  readonly doc = new Y.Doc();
  seq = 0;

  /** Somebody else writes. @returns the update */
  write(change: (annotations: Y.Map<unknown>) => void): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    change(this.doc.getMap('annotations'));
    this.seq += 1;
    return Y.encodeStateAsUpdate(this.doc, before);
  }

  /** Takes a client's frames, each as one event. */
  take(...updates: readonly Uint8Array[]): void {
    for (const update of updates) {
      Y.applyUpdate(this.doc, update);
      this.seq += 1;
    }
  }

  get vector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  info(presence: RoomPresenceState[] = []): RoomServerMessage {
    const { seq, vector } = this;
    const stateVector = toBase64(vector);
    const ids = { roomId: ROOM, userId: 'ann', connectionId: CONNECTION };
    return { type: 'roomInfo', ...ids, seq, snapshotSeq: 0, stateVector, presence };
  }

  /** What a stay without `lastSeq` begins with. */
  welcome(socket: RoomSocket, presence: RoomPresenceState[] = []): void {
    socket.says(this.info(presence));
    snapshot(socket, this);
  }
}

const buffer = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer;

export function snapshot(socket: RoomSocket, { seq, doc }: FakeRoom): void {
  socket.saysRaw(buffer(encodeRoomFrame({ kind: 'snapshot', seq, update: Y.encodeStateAsUpdate(doc) })));
}

export function update(socket: RoomSocket, seq: number, bytes: Uint8Array): void {
  socket.saysRaw(buffer(encodeRoomFrame({ kind: 'update', seq, update: bytes })));
}

export const ack = (seq: number): RoomServerMessage => ({ type: 'ack', seq });

export type RoomScene = ReturnType<typeof createScene>;

export function createScene(options: Partial<RoomProviderOptions> = {}, doc = new Y.Doc()) {
  const timers = new FakeTimers();
  const { WebSocket, sockets } = fakeNetwork<RoomServerMessage>();
  const provider = new RoomProvider(doc, {
    url: 'https://troupe.example.com/base',
    roomId: ROOM,
    userId: 'ann',
    WebSocket,
    timers,
    random: () => 0.5,
    isGone: () => Promise.resolve(false),
    ...options,
  });
  providers.push(provider);
  const errors: string[] = [];
  provider.on('error', ({ code }: RoomError) => errors.push(code));
  const map = doc.getMap('annotations');
  const latest = (): RoomSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket yet');
    return socket;
  };
  const scene = {
    provider,
    doc,
    map,
    timers,
    sockets,
    latest,
    errors,
    room: new FakeRoom(),
    claims: (): [synced: boolean, saved: boolean] => [provider.synced, provider.saved],
    frames: (): Uint8Array[] => latest().sentBinary,
  };
  return {
    ...scene,
    goLive() {
      scene.room.welcome(latest());
      return scene;
    },
  };
}

/** What a document has that took these updates. */
export function contentAfter(updates: readonly Uint8Array[], base = new Y.Doc()): unknown {
  for (const each of updates) Y.applyUpdate(base, each);
  return base.getMap('annotations').toJSON();
}
