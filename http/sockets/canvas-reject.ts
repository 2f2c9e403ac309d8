import type { CanvasReject } from '../../protocol/canvas-socket.ts';
import type { Problem } from '../../protocol/problem.ts';

/**
 * The word of this door for a painting that is refused as it is, with the first pixel that is to blame.
 *
 * @param id of the painting
 * @param retryAfterMs when it may be sent again
 * @returns `undefined` where the problem is not the painting's
 */
export function rejectOf(
  id: string,
  { code, extra }: Problem,
  retryAfterMs: number | undefined,
): CanvasReject | undefined {
  switch (code) {
    case 'locked':
    case 'rate_limited':
    case 'out_of_bounds':
    case 'bad_color':
    case 'read_only': {
      const { x, y } = extra ?? {};
      return {
        type: 'pixel:reject',
        id,
        reason: code,
        ...(typeof x === 'number' && typeof y === 'number' ? { at: [x, y] } : {}),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      };
    }
    default:
      return undefined;
  }
}
