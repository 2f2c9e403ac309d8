import type { CanvasErrorCode } from '../../../client/index.ts';
import { seconds } from './cooldown.ts';

export interface Refusal {
  readonly code: CanvasErrorCode;
  readonly at?: readonly [x: number, y: number];
  readonly retryAfterMs?: number;
  readonly message: string;
}
/** What a toast says. */
export interface Words {
  readonly title: string;
  readonly detail?: string;
  readonly tone: 'info' | 'warning' | 'danger';
}

/**
 * Why something was not painted, in words.
 *
 * @param lockReason of the lock that is there, if one is
 * @returns `undefined` where the user need not be told: he left
 */
export function refusalWords(refusal: Refusal, lockReason?: string): Words | undefined {
  const { code, at, retryAfterMs, message } = refusal;
  const where = at === undefined ? '' : ` at ${at[0]}, ${at[1]}`;
  switch (code) {
    case 'locked':
      return {
        title: `Locked${where}`,
        detail: lockReason || 'A moderator has locked this region.',
        tone: 'warning',
      };
    case 'rate_limited':
      return retryAfterMs === undefined
        ? { title: 'Too many pixels at once', detail: 'Paint in smaller parts.', tone: 'warning' }
        : {
            title: 'You paint faster than is allowed',
            detail: `Room for more in ${seconds(retryAfterMs)}.`,
            tone: 'warning',
          };
    case 'out_of_bounds':
      return { title: 'That is not on the canvas', tone: 'warning' };
    case 'bad_color':
      return {
        title: 'This colour is gone from the palette',
        detail: 'Choose another one.',
        tone: 'warning',
      };
    case 'read_only':
      return { title: 'This canvas can only be looked at', tone: 'warning' };
    case 'queue_full':
      return {
        title: 'Too much waits for the server',
        detail: 'Go on when the connection is back.',
        tone: 'danger',
      };
    case 'not_ready':
      return { title: 'The canvas is still loading', tone: 'info' };
    case 'left':
      return undefined;
    default:
      return { title: 'Not painted', detail: message, tone: 'danger' };
  }
}
