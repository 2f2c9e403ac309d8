/** A duration as people read it: `7 µs`, `1.4 ms`, `2.1 s`. @param us microseconds */
export function readableDuration(us: number): string {
  if (us < 1_000) return `${Math.round(us)} µs`;
  const [value, unit] = us < 1_000_000 ? [us / 1_000, 'ms'] : [us / 1_000_000, 's'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `7`, `1.2k`, `34k`, `1.2M` */
export function readableCount(count: number): string {
  if (count < 1_000) return String(count);
  const [value, unit] = count < 999_500 ? [count / 1_000, 'k'] : [count / 1_000_000, 'M'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)}${unit}`;
}

/** Events per second: few with a decimal, many without. */
export function readableRate(rate: number): string {
  if (rate === 0) return '0';
  return rate < 10 ? rate.toFixed(1) : readableCount(Math.round(rate));
}

/** `12.3 kB` */
export function readableSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const [value, unit] = bytes < 999_500 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The time of the day with milliseconds, where the reader is. @param at ms since 1970 */
export function readableTime(at: number): string {
  const date = new Date(at);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** The first group of a UUID: enough to tell documents apart by eye. */
export const shortId = (id: string): string => id.slice(0, 8);
