import { RoomsApi } from '../client/rooms-api.ts';
import { type MeasuredProcess, startMeasuredModule, startMeasuredServer } from './measured-process.ts';
import { PLAIN_WIRE, ROOM_WIRE, type Wire, Y_WIRE } from './rooms-wire.ts';

/** Who is measured: a server in a process of its own. */
export interface RoomTarget extends MeasuredProcess {
  readonly name: 'relay' | 'y-websocket' | 'sqlite';
  readonly wire: Wire;
  /** A new room. @returns the path of its socket, without a query */
  newRoom(): Promise<string>;
}

/** Relays bytes. */
export const startRoomRelay = async (): Promise<RoomTarget> => ({
  ...(await startMeasuredModule('rooms-relay')),
  name: 'relay',
  wire: PLAIN_WIRE,
  newRoom: numberedRooms(),
});

export const startYWebsocket = async (): Promise<RoomTarget> => ({
  ...(await startMeasuredModule('rooms-y-websocket')),
  name: 'y-websocket',
  wire: Y_WIRE,
  newRoom: numberedRooms(),
});

/** Rooms that come into being when somebody comes. */
function numberedRooms(): () => Promise<string> {
  let rooms = 0;
  return async () => {
    rooms += 1;
    return `/rooms/${rooms}`;
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
    wire: ROOM_WIRE,
    newRoom: async () => `/v1/ws/rooms/${(await api.create({ name: 'bench' })).id}`,
  };
}
