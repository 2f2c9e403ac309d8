/** Those who paint on a canvas, in a process of their own: as many sockets as are asked for, all of which paint. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { CanvasesApi } from '../client/canvases-api.ts';
import { CrowdPicture } from '../tools/crowd/crowd-picture.ts';
import type { LatencyHistogram } from '../tools/crowd/latency-histogram.ts';
import { CanvasBoard, type Painter } from './canvas-board.ts';
import type { Compared, Join, Paint, Painted, ToPainters } from './canvas-orders.ts';
import { CanvasPainter, RelayPainter } from './canvas-painter.ts';
import { painterToken } from './canvas-tokens.ts';
import { cpuSecondsOf } from './measured-process.ts';

/** Handshakes that are under way at the same time. */
const AT_ONCE = 50;
/** One in so many looks at its clock when something comes; they are spread over the order in which the server writes. */
const OBSERVER_EVERY = 10;
const PAINT_EVERY_MS = 5;
const HEARTBEAT_MS = 10_000;
const ANSWERED_WITHIN_MS = 15_000;
/** What was acknowledged last is told to the others within this time. */
const TOLD_WITHIN_MS = 5_000;
const LOOK_MS = 25;

let painters: Painter[] = [];
let board = new CanvasBoard(1, 1);
let turn = 0;

async function join({ way, url, path, sockets, width, height }: Join): Promise<void> {
  board = new CanvasBoard(width, height);
  const made = Array.from({ length: sockets }, () =>
    way === 'relay' ? new RelayPainter() : new CanvasPainter(board),
  );
  const seqs = new Set<number>();
  const open = async (painter: Painter, n: number): Promise<void> => {
    const observes = n % OBSERVER_EVERY === 0;
    if (painter instanceof RelayPainter) {
      const see = (x: number, y: number): void => board.seen(y * width + x, performance.now());
      await painter.join(url, path, observes ? see : undefined);
      return;
    }
    const token = await painterToken(`Painter ${n}`);
    seqs.add(await painter.join({ url, path, token, address: `10.0.${n >> 8}.${n & 255}` }));
    if (observes) board.observers.add(painter);
  };
  for (let n = 0; n < sockets; n += AT_ONCE) {
    await Promise.all(made.slice(n, n + AT_ONCE).map((painter, at) => open(painter, n + at)));
  }
  painters = made;
  if (way === 'relay') return;
  // Nobody paints yet: all are shown the same canvas, and it need not be loaded a thousand times.
  const { seq, bytes } = await new CanvasesApi(url).bitmap(path.slice(path.lastIndexOf('/') + 1));
  if (seqs.size !== 1 || !seqs.has(seq)) throw new Error(`shown as of ${[...seqs]}, the bitmap is of ${seq}`);
  const picture = CrowdPicture.of(seq, bytes);
  for (const painter of made) if (painter instanceof CanvasPainter) painter.show(picture);
}

async function paint({ perSecond, warmUpMs, measuredMs, pid }: Paint): Promise<Painted> {
  const { delivered: come } = totals();
  const warm = await paintFor(perSecond, warmUpMs);
  await arrived(come + warm * painters.length);
  board.beginMeasuring();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = totals();
  const cpu = cpuSecondsOf(pid);
  const startedAt = performance.now();
  const sent = await paintFor(perSecond, measuredMs);
  // What was paid for and did not come yet would seem to cost more.
  await arrived(before.delivered + sent * painters.length);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = cpuSecondsOf(pid) - cpu;
  const after = totals();
  delay.disable();
  const { toAck, toOthers } = board;
  const percentiles = (of: LatencyHistogram) => ({ p50: of.percentile(0.5), p95: of.percentile(0.95) });
  return {
    toAck: percentiles(toAck),
    toOthers: percentiles(toOthers),
    sent,
    delivered: after.delivered - before.delivered,
    bytes: after.bytes - before.bytes,
    seconds,
    cpuSeconds,
    // The monitor counts its own wait of 5 ms in.
    ownDelayMs: Math.max(0, delay.percentile(99) / 1e6 - 5),
  };
}

/** @returns pixels that were painted */
async function paintFor(perSecond: number, ms: number): Promise<number> {
  const begun = performance.now();
  let sent = 0;
  for (;;) {
    const elapsed = performance.now() - begun;
    if (elapsed >= ms) return sent;
    // A turn that comes late paints what it missed.
    for (const due = (elapsed / 1_000) * perSecond; sent < due; sent += 1) {
      turn += 1;
      const painter = painters[turn % painters.length];
      if (painter !== undefined) board.paint(painter);
    }
    await pause(PAINT_EVERY_MS);
  }
}

/** Fewer come where one was painted twice within a batch. */
const arrived = (delivered: number): Promise<void> =>
  waitFor(() => totals().delivered >= delivered, TOLD_WITHIN_MS);

function totals(): { delivered: number; bytes: number } {
  let [delivered, bytes] = [0, 0];
  for (const painter of painters) {
    delivered += painter.delivered;
    bytes += painter.bytesRead;
  }
  return { delivered, bytes };
}

async function compare(): Promise<Compared> {
  await waitFor(() => board.open.size === 0, ANSWERED_WITHIN_MS);
  const last = (): number[] =>
    painters.map((painter) => (painter instanceof CanvasPainter ? (painter.picture?.seq ?? 0) : 0));
  await waitFor(() => new Set(last()).size === 1, TOLD_WITHIN_MS);
  const pictures: Record<string, number> = {};
  for (const painter of painters) {
    if (!(painter instanceof CanvasPainter)) continue;
    const hash = painter.picture?.hash() ?? 'none';
    pictures[hash] = (pictures[hash] ?? 0) + 1;
  }
  return {
    pictures,
    painted: [...board.painted],
    unanswered: board.open.size,
    complaints: Object.fromEntries(board.complaints),
  };
}

async function waitFor(holds: () => boolean, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (!holds() && performance.now() < until) await pause(LOOK_MS);
}

async function obey(order: ToPainters): Promise<unknown> {
  switch (order.do) {
    case 'join':
      await join(order);
      return 'joined';
    case 'paint':
      return paint(order);
    case 'compare':
      return compare();
    case 'leave':
      for (const painter of painters) painter.leave();
      painters = [];
      return 'left';
  }
}

setInterval(() => {
  for (const painter of painters) painter.heartbeat();
}, HEARTBEAT_MS);
process.on('message', (order: ToPainters) => {
  obey(order).then(
    (answer) => process.send?.(answer as object),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
