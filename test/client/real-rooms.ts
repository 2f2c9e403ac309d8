import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { RoomProvider } from '../../client/room-provider.ts';
import { type Room, RoomsApi } from '../../client/rooms-api.ts';
import type { RealServer } from './real-server.ts';

/** One who is at a room, over a network that a test can break. */
export interface RoomUser {
  readonly provider: RoomProvider;
  readonly doc: Y.Doc;
  /** Ends the socket that there is, without a close frame. */
  cut(): void;
}

/** The rooms of a server, with everybody whom a test lets in. */
export class RealRooms {
  readonly #server: RealServer;
  readonly #users: RoomUser[] = [];

  constructor(server: RealServer) {
    this.#server = server;
  }

  api(userId = 'rest'): RoomsApi {
    return new RoomsApi(this.#server.url, { userId });
  }

  /** A new room with two who are at it. */
  async room(): Promise<{ room: Room; ann: RoomUser; bob: RoomUser }> {
    const room = await this.api().create({ name: 'Sketch' });
    const [ann, bob] = [this.open(room.id, 'ann'), this.open(room.id, 'bob')];
    await Promise.all([ann.provider.whenSynced(), bob.provider.whenSynced()]);
    return { room, ann, bob };
  }

  open(roomId: string, userId: string, doc = new Y.Doc()): RoomUser {
    const sockets: WebSocket[] = [];
    class Recorded extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const { url } = this.#server;
    const backoff = { baseMs: 10, maxMs: 50 };
    const provider = new RoomProvider(doc, { url, roomId, userId, WebSocket: Recorded, backoff });
    const user = { provider, doc, cut: () => sockets.at(-1)?.terminate() };
    this.#users.push(user);
    return user;
  }

  /** Asks the server outside of the client's own API. */
  async rest<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#server.url}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  leave(): void {
    for (const { doc } of this.#users) doc.destroy();
  }
}

/** Resolves once it holds; looked at again whenever something happens to the user's document or room. */
export function until({ provider, doc }: RoomUser, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      for (const stop of stops) stop();
      resolve();
    };
    doc.on('update', look);
    provider.awareness.on('change', look);
    const stops = [
      provider.on('presence', look),
      provider.on('status', look),
      () => doc.off('update', look),
      () => provider.awareness.off('change', look),
    ];
    look();
  });
}

/** The next event of a name. */
export const next = <Name extends Parameters<RoomProvider['on']>[0]>(
  { provider }: RoomUser,
  name: Name,
): Promise<unknown> =>
  new Promise((resolve) => {
    const stop = provider.on(name, (event) => {
      stop();
      resolve(event);
    });
  });
