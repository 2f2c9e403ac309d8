import { RoomsApi } from '../client/rooms-api.ts';
import { type MeasuredProcess, startMeasuredModule, startMeasuredServer } from './measured-process.ts';

/** Who is measured: a server in a process of its own. */
export interface RoomTarget extends MeasuredProcess {
  readonly name: 'relay' | 'sqlite';
  /** Whether a binary message begins with its kind and seq. */
  readonly hasHeads: boolean;
  /** A new room. @returns the path of its socket, without a query */
  newRoom(): Promise<string>;
}

export async function startRoomRelay(): Promise<RoomTarget> {
  const relay = await startMeasuredModule('rooms-relay');
  let rooms = 0;
  return {
    ...relay,
    name: 'relay',
    hasHeads: false,
    newRoom: async () => {
      rooms += 1;
      return `/rooms/${rooms}`;
    },
  };
}

/** The product, with acknowledgements that mean "on disk". */
export async function startRoomServer(env: Readonly<Record<string, string>> = {}): Promise<RoomTarget> {
  const server = await startMeasuredServer({
    // Editors without a pause are no people; the limit is not what is measured here.
    MESSAGES_PER_SECOND: '1000000',
    ...env,
  });
  const api = new RoomsApi(server.url);
  return {
    ...server,
    name: 'sqlite',
    hasHeads: true,
    newRoom: async () => `/v1/ws/rooms/${(await api.create({ name: 'bench' })).id}`,
  };
}
