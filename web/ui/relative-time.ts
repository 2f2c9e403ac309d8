const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago something was, as short as people say it: `just now`, `5 min ago`, `3 h ago`, `yesterday`, `12 Nov`.
 *
 * @param at - milliseconds since 1970; what lies ahead (clocks differ) counts as now
 * @param now - milliseconds since 1970
 */
export function relativeTime(at: number, now: number, locale?: string): string {
  const ago = Math.max(0, now - at);
  if (ago < MINUTE) return 'just now';
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min ago`;
  const days = daysBetween(at, now);
  if (days === 0 || ago < 6 * HOUR) return `${Math.floor(ago / HOUR)} h ago`;
  if (days === 1) return 'yesterday';
  if (days < 7) return `${days} days ago`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Date(at).toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  });
}

/** The whole moment, for a title: `21 November 2026 at 10:42`. */
export const fullTime = (at: number, locale?: string): string =>
  new Date(at).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' });

/** `10:42`, with the day where that is not today. */
export function clockTime(at: number, now: number, locale?: string): string {
  const time = new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  if (daysBetween(at, now) === 0) return time;
  return `${new Date(at).toLocaleDateString(locale, { day: 'numeric', month: 'short' })}, ${time}`;
}

/** Midnights between two moments, by the clock of this place. */
function daysBetween(at: number, now: number): number {
  const [from, to] = [at, now].map((moment) => new Date(moment).setHours(12, 0, 0, 0));
  return Math.round(((to ?? 0) - (from ?? 0)) / DAY);
}
