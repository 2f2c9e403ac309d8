import type { RoomErrorCode as ServerErrorCode } from '../protocol/room-socket.ts';

/**
 * What went wrong, for programs: a code of the server (asyncapi.yaml, `RoomError`), or
 *
 * - `left`: {@link RoomProvider.destroy} was called;
 * - `refused`: the server closed for good (4400 to 4499); `not_found` where the room is gone;
 * - `gap`: a seq was missing or came twice, so the connection fetches what it may have missed.
 */
export type RoomErrorCode = ServerErrorCode | 'left' | 'refused' | 'not_found' | 'gap';

export class RoomError extends Error {
  override readonly name = 'RoomError';
  readonly code: RoomErrorCode;

  constructor(code: RoomErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
