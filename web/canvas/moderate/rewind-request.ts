import type { CanvasRewind } from '../../../client/index.ts';
import type { Rect } from '../view/viewport.ts';

/** What a moderator has filled in. */
export interface RewindForm {
  readonly to: 'time' | 'event';
  /** As `<input type="datetime-local">` has it, in the time zone of the user. */
  readonly time: string;
  readonly seq: number;
  readonly scope: 'all' | 'region' | 'user';
  readonly region: Rect | undefined;
  readonly user: { readonly userId: string; readonly name: string } | undefined;
  readonly reason: string;
}

/** @returns what to ask of the server, or what is missing, in words */
export function rewindRequest(form: RewindForm): CanvasRewind | string {
  const { to, time, seq, scope, region, user, reason } = form;
  const at = Date.parse(time);
  if (to === 'time' && Number.isNaN(at)) return 'Say to which time.';
  if (to === 'event' && !(Number.isSafeInteger(seq) && seq >= 1)) return 'Events have numbers from 1 on.';
  if (scope === 'region' && region === undefined) return 'Drag the region first.';
  if (scope === 'user' && user === undefined) return 'Pick somebody first.';
  return {
    ...(to === 'time' ? { at: new Date(at).toISOString() } : { seq }),
    ...(scope === 'region' && region !== undefined ? { region } : {}),
    ...(scope === 'user' && user !== undefined ? { userId: user.userId } : {}),
    ...(reason === '' ? {} : { reason }),
  };
}

/** A time as `<input type="datetime-local">` wants it, with seconds. @param ms milliseconds since 1970 */
export function localTime(ms: number): string {
  const offset = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offset).toISOString().slice(0, 19);
}
