import type { CrowdTally } from './crowd-tally.ts';
import type { LatencyHistogram } from './latency-histogram.ts';

/** What the end of a run found out. */
export interface CrowdVerdict {
  readonly clients: number;
  /** Those that got in at all. */
  readonly joined: number;
  /** How long was painted. */
  readonly seconds: number;
  /** Messages without an answer. */
  readonly unanswered: number;
  /** Clients whose picture is that of the server. */
  readonly equal: number;
  /** Pixels that were acknowledged and are not there; `undefined` where others may have painted over them. */
  readonly missing: number | undefined;
  /** 99 of 100 turns of this process were shorter, in milliseconds. */
  readonly ownDelayMs: number;
}

/** A line a second. */
export class CrowdLine {
  readonly #tally: CrowdTally;
  #last = { at: performance.now(), sent: 0, acked: 0, frames: 0, bytes: 0 };

  readonly #say: (line: string) => void;

  constructor(tally: CrowdTally, say: (line: string) => void) {
    this.#tally = tally;
    this.#say = say;
  }

  print(second: number): void {
    const { sent, acked, frames, bytes, online, rejects, toAck, toOthers } = this.#tally;
    const now = performance.now();
    const last = this.#last;
    this.#last = { at: now, sent, acked, frames, bytes };
    const perSecond = (value: number, before: number): string =>
      whole((1_000 * (value - before)) / (now - last.at));
    const parts = [
      `${String(second).padStart(4)} s`,
      `${whole(online)} online`,
      `${perSecond(sent, last.sent)} sent/s`,
      `${perSecond(acked, last.acked)} acked/s`,
      `${whole(rejects)} rejected`,
      `p95 ack ${toAck.percentile(0.95).toFixed(0)} ms`,
      `others ${toOthers.percentile(0.95).toFixed(0)} ms`,
      `${perSecond(frames, last.frames)} frames/s`,
      `${perSecond(bytes / 1024, last.bytes / 1024)} KiB/s`,
    ];
    this.#say(parts.join('  '));
  }
}

/** Whether those who got in found everything as a server promises. */
export const isSound = (tally: CrowdTally, verdict: CrowdVerdict): boolean =>
  verdict.unanswered === 0 &&
  verdict.equal === verdict.joined &&
  (verdict.missing ?? 0) === 0 &&
  tally.defects.length === 0;

export function printTable(tally: CrowdTally, verdict: CrowdVerdict): void {
  const { seconds, clients, joined, unanswered, equal, missing, ownDelayMs } = verdict;
  const row = (name: string, value: string): void => console.log(`  ${name.padEnd(34)} ${value}`);
  const rate = (value: number): string => `${whole(value / seconds)}/s`;
  console.log('\ncrowd');
  row('sockets that joined', `${whole(joined)} of ${whole(clients)}`);
  row('seconds of painting', seconds.toFixed(1));
  console.log(
    `  ${'latency, ms'.padEnd(34)} ${['p50', 'p95', 'p99', 'max'].map((head) => head.padStart(8)).join('')}`,
  );
  row('  paint to ack', latency(tally.toAck));
  row('  paint to others', latency(tally.toOthers));
  row('  join to whole picture', latency(tally.toPicture));
  row('pixels sent', `${whole(tally.sent)} (${rate(tally.sent)})`);
  row('pixels acknowledged', whole(tally.acked));
  for (const [reason, pixels] of tally.rejected) row(`pixels rejected: ${reason}`, whole(pixels));
  row('messages without an answer', whole(unanswered));
  row('frames received', `${whole(tally.frames)} (${rate(tally.frames)})`);
  row('pixels received', `${whole(tally.pixels)} (${rate(tally.pixels)})`);
  row(
    'bytes received',
    `${whole(tally.bytes)} (${(tally.bytes / Math.max(1, tally.pixels)).toFixed(1)} a pixel)`,
  );
  row('bitmaps loaded', whole(tally.bitmaps));
  row('reconnects', whole(tally.reconnects));
  row('messages sent again', whole(tally.resent));
  for (const [why, count] of tally.closed) row(`  ${why}`, whole(count));
  if (tally.closed.has('HTTP 429')) row('', 'the canvas allows no more sockets per address: KEY raises that');
  row('pictures equal to the server’s', `${whole(equal)} of ${whole(joined)}`);
  row('acknowledged pixels missing', missing === undefined ? 'unknown: others paint here' : whole(missing));
  row(
    'own event loop, p99 ms',
    ownDelayMs.toFixed(1) + (ownDelayMs > 25 ? '  (this side was slow itself)' : ''),
  );
  for (const defect of tally.defects) row('defect', defect);
  console.log(conclusionOf(tally, verdict));
}

function conclusionOf(tally: CrowdTally, verdict: CrowdVerdict): string {
  if (!isSound(tally, verdict)) return '  NOT AS PROMISED';
  const without = verdict.clients - verdict.joined;
  return `  nothing lost, nothing wrong${without === 0 ? '' : `, but ${whole(without)} sockets did not get in`}`;
}

const latency = (histogram: LatencyHistogram): string =>
  [0.5, 0.95, 0.99, 1]
    .map((part) => (part === 1 ? histogram.max : histogram.percentile(part)).toFixed(0).padStart(8))
    .join('');

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
