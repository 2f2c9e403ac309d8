import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd } from './crowd.ts';
import { CrowdBoard } from './crowd-board.ts';
import { CrowdClient } from './crowd-client.ts';
import type { CrowdOptions } from './crowd-options.ts';
import { CrowdPictures, hashOf } from './crowd-picture.ts';
import { CrowdLine, type CrowdVerdict } from './crowd-report.ts';
import { type CrowdSite, openSessions } from './crowd-site.ts';
import { CrowdTally } from './crowd-tally.ts';

/** Sockets that are opened at the same time. */
const JOIN_AT_ONCE = 50;
/** Clients that take the time from paint to others: this process has to keep up. They are spread among all. */
const OBSERVERS = 100;
const PAINT_EVERY_MS = 5;
const BEAT_EVERY_MS = 10_000;
const ANSWERED_WITHIN_MS = 15_000;
/** Between two looks at the pictures, and how many looks: others may paint. */
const LOOK_EVERY_MS = 500;
const LOOKS = 10;

export interface CrowdResult {
  readonly tally: CrowdTally;
  readonly verdict: CrowdVerdict;
}

/**
 * @param say what goes on, a line at a time
 * @param signal ends the painting early; what was painted is looked after nevertheless
 */
export async function runCrowd(
  site: CrowdSite,
  options: CrowdOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<CrowdResult> {
  const { width, height, palette } = site.canvas;
  const tally = new CrowdTally();
  const board = new CrowdBoard(width, height, palette.length, Math.random);
  const { api, socketUrl } = site;
  const crowd: Crowd = { api, socketUrl, tally, board, pictures: new CrowdPictures() };
  const tokens = await openSessions(options.url, options.clients);
  const apart = Math.ceil(options.clients / OBSERVERS);
  const clients = tokens.map((token, number) => new CrowdClient(crowd, number, token, number % apart === 0));
  const beats = setInterval(() => {
    for (const client of clients) client.heartbeat();
  }, BEAT_EVERY_MS);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  try {
    const joined = await joinAll(clients, signal);
    say(`${joined} of ${clients.length} sockets joined`);
    delay.enable();
    const seconds = await paintFor(clients, options, new CrowdLine(tally, say), signal);
    delay.disable();
    await waitFor(() => clients.every(({ unanswered }) => unanswered === 0), ANSWERED_WITHIN_MS);
    const end = await compare(clients, site, board);
    const unanswered = clients.reduce((sum, client) => sum + client.unanswered, 0);
    // The monitor counts its own wait of 5 ms in.
    const ownDelayMs = Math.max(0, delay.percentile(99) / 1e6 - 5);
    return { tally, verdict: { clients: clients.length, joined, seconds, unanswered, ownDelayMs, ...end } };
  } finally {
    clearInterval(beats);
    for (const client of clients) client.leave();
  }
}

async function joinAll(clients: readonly CrowdClient[], signal: AbortSignal): Promise<number> {
  let joined = 0;
  const waiting = [...clients];
  const next = async (): Promise<void> => {
    for (let client = waiting.shift(); client !== undefined && !signal.aborted; client = waiting.shift()) {
      // Why not, the tally counts.
      if (
        await client.join().then(
          () => true,
          () => false,
        )
      )
        joined += 1;
    }
  };
  await Promise.all(Array.from({ length: JOIN_AT_ONCE }, next));
  return joined;
}

/** @returns for how many seconds */
async function paintFor(
  clients: readonly CrowdClient[],
  { rate, batch, seconds }: CrowdOptions,
  line: CrowdLine,
  signal: AbortSignal,
): Promise<number> {
  const begun = performance.now();
  let [messages, turn, told] = [0, 0, 0];
  for (;;) {
    const elapsed = (performance.now() - begun) / 1_000;
    if (elapsed >= seconds || signal.aborted || clients.length === 0) return Math.max(elapsed, 0.001);
    if (Math.floor(elapsed) > told) {
      told = Math.floor(elapsed);
      line.print(told);
    }
    // A turn that comes late paints what it missed.
    for (const due = (elapsed * rate) / batch; messages < due; messages += 1) {
      turn = nextOnline(clients, turn + 1);
      clients[turn]?.paint(`p${messages.toString(36)}`, batch);
    }
    await sleep(PAINT_EVERY_MS);
  }
}

function nextOnline(clients: readonly CrowdClient[], from: number): number {
  for (let step = 0; step < clients.length; step += 1) {
    const at = (from + step) % clients.length;
    if (clients[at]?.isOnline) return at;
  }
  return from % clients.length;
}

async function waitFor(holds: () => boolean, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (!holds() && performance.now() < until) await sleep(50);
}

/** Looks until every client has what the server has; somebody else may be painting. */
async function compare(
  clients: readonly CrowdClient[],
  site: CrowdSite,
  board: CrowdBoard,
): Promise<Pick<CrowdVerdict, 'equal' | 'missing'>> {
  for (let look = 1; ; look += 1) {
    const { bytes } = await site.api.bitmap(site.canvas.id);
    // What the last batch has is on its way.
    await sleep(LOOK_EVERY_MS);
    const hash = hashOf(bytes);
    const equal = clients.filter(({ picture }) => picture?.hash() === hash).length;
    if (equal < clients.length && look < LOOKS) continue;
    return { equal, missing: site.isOwn ? board.missingIn(bytes) : undefined };
  }
}
