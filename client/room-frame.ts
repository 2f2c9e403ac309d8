import { decodeRoomFrame, type RoomBinaryFrame, type RoomServerMessage } from '../protocol/room-socket.ts';
import { type FrameParser, jsonParser } from './socket-session.ts';

/** Everything that a server says, text and bytes. */
export type RoomFrame = RoomServerMessage | ({ readonly type: 'binary' } & RoomBinaryFrame);

const parseText = jsonParser<RoomServerMessage>(
  new Set<RoomServerMessage['type']>([
    'roomInfo',
    'resync',
    'ack',
    'room.created',
    'room.updated',
    'room.deleted',
    'reverted',
    'version.created',
    'export.updated',
    'presence',
    'pong',
    'error',
  ]),
);

export const parseRoomFrame: FrameParser<RoomFrame> = (data) => {
  if (!(data instanceof ArrayBuffer)) return parseText(data);
  try {
    const frame = decodeRoomFrame(new Uint8Array(data));
    return frame === undefined ? 'unknown' : { type: 'binary', ...frame };
  } catch {
    return undefined;
  }
};
