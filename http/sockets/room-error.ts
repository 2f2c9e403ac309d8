import type { Problem } from '../../protocol/problem.ts';
import type { RoomErrorCode } from '../../protocol/room-socket.ts';

/**
 * The word of this door for a problem with a binary frame. All that a document finds wrong about an update is the
 * update's fault; `extra.reason` tells one that could be applied after others.
 */
export function roomErrorOf({ code, extra }: Problem): RoomErrorCode {
  switch (code) {
    case 'rate_limited':
    case 'too_large':
    case 'unavailable':
    case 'missing_updates':
      return code;
    case 'overloaded':
    case 'internal':
      return 'unavailable';
    default:
      return extra?.['reason'] === 'missing_updates' ? 'missing_updates' : 'bad_update';
  }
}
