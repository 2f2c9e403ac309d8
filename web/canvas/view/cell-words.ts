import { relativeTime } from '../../ui/relative-time.ts';
import type { Point } from './viewport.ts';

/** Where the cell cursor is, as it is said. */
export const cellWords = ({ x, y }: Point, color: string, lock?: string, painter?: string): string =>
  [`${x}, ${y}`, color, lock, painter].filter((part) => part !== undefined && part !== '').join(', ');

/** Who painted a pixel and when; empty where nobody did. @param now milliseconds since 1970 */
export function painterWords(
  info: { readonly userId: string | null; readonly name: string | null; readonly paintedAt: string | null },
  now: number,
): string {
  if (info.userId === null || info.paintedAt === null) return 'Never painted';
  return `${info.name ?? 'Somebody'}, ${relativeTime(Date.parse(info.paintedAt), now)}`;
}
