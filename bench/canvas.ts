/**
 * Canvases end to end over sqlite, with acknowledgements that mean "on disk", against a plain `ws` relay that sends one
 * JSON message per pixel to everybody and stores nothing, in the same run.
 *
 * Each server is a process of its own, and so are those who paint. A delivery is a pixel that one socket has to get. CPU
 * is that of the server's process with all its threads: reading, judging, storing, acknowledging and telling. Bytes are
 * those that came out of the sockets, heads of frames and acknowledgements included.
 */
import { measureCrowd } from './canvas-crowd.ts';
import { FLOODS, type FloodFigures, measureFloods } from './canvas-floods.ts';
import { busyArt, type LoadFigures, measureLoad, noise } from './canvas-load.ts';
import { measureCanvasMemory, measureSocketMemory } from './canvas-memory.ts';
import { measureReplay } from './canvas-replay.ts';
import { type CanvasTarget, startCanvasRelay, startCanvasServer } from './canvas-target.ts';
import { type Figure, report } from './report.ts';

/** What the relay can send a second to a thousand sockets while it keeps up. */
const RELAY_PER_SECOND = 30;
const KB = 1024;
const MB = KB * KB;

/** One part only, and of the floods one only. */
const [only, one] = process.argv.slice(2);
const figures: Figure[] = [];

function add(name: string, value: number, unit: string, target?: string): void {
  figures.push({ name, value, unit, ...(target === undefined ? {} : { target }) });
}

async function addCrowd(): Promise<void> {
  const relay = await on(startCanvasRelay, (target) => measureCrowd(target, RELAY_PER_SECOND));
  const base = `relay at ${RELAY_PER_SECOND}/s`;
  add(`${base}: pixels that came`, relay.perSecond, '1/s', String(RELAY_PER_SECOND));
  add(`${base}: CPU per delivery`, relay.cpuPerPixel, 'µs');
  add(`${base}: bytes per delivery`, relay.bytesPerPixel, 'B');
  add(`${base}: paint to others, p95`, relay.toOthers.p95, 'ms');
  for (const perSecond of [200, 2_000]) {
    const ours = await on(startCanvasServer, (target) => measureCrowd(target, perSecond));
    const name = `1,000 sockets, ${perSecond}/s`;
    add(`${name}: pixels that came`, ours.perSecond, '1/s', String(perSecond));
    add(`${name}: paint to ack, p50`, ours.toAck.p50, 'ms');
    add(`${name}: paint to ack, p95`, ours.toAck.p95, 'ms', '< 250, aim 120');
    add(`${name}: paint to others, p50`, ours.toOthers.p50, 'ms');
    add(`${name}: paint to others, p95`, ours.toOthers.p95, 'ms', '< 250, aim 120');
    add(`${name}: CPU of the server`, (100 * ours.cpuSeconds) / ours.seconds, '%');
    add(`${name}: CPU per delivery`, ours.cpuPerPixel, 'µs');
    add(`${name}: bytes per delivery`, ours.bytesPerPixel, 'B');
    add(`${name}: CPU of the ${base}, times ours`, relay.cpuPerPixel / ours.cpuPerPixel, '×', '≥ 20');
    add(`${name}: bytes of the ${base}, times ours`, relay.bytesPerPixel / ours.bytesPerPixel, '×', '≥ 10');
    add(`${name}: own event loop of the painters, p99`, ours.ownDelayMs, 'ms');
  }
}

async function addFloods(): Promise<void> {
  const floods = FLOODS.filter((flood) => one === undefined || flood === one);
  const addFlood = ({ name, without, within, done }: FloodFigures): void => {
    add(`${name}: others’ paint to others, p95`, within, 'ms');
    add(`${name}: the same without`, without, 'ms');
    add(`${name}: times without`, within / without, '×', '< 1.5');
    for (const [what, times] of Object.entries(done)) add(`${name}: ${what}`, times, '');
  };
  await on(startCanvasServer, (target) => measureFloods(target, addFlood, floods));
}

async function addLoads(): Promise<void> {
  const addLoad = (name: string, { changed, unchanged, bytes }: LoadFigures, target?: string): void => {
    add(`bitmap of ${name}: load after a change`, changed, 'ms', '< 2,000, aim 50');
    add(`bitmap of ${name}: load again`, unchanged, 'ms');
    add(`bitmap of ${name}: size`, bytes / 1_000, 'kB', target);
  };
  addLoad('noise', await on(startCanvasServer, (target) => measureLoad(target, noise())));
  addLoad('busy art', await on(startCanvasServer, (target) => measureLoad(target, busyArt())), '≤ 200');
}

async function addReplay(): Promise<void> {
  const strokes = await measureReplay(1_000_000, 10);
  add('log of 10 million pixels in strokes of 10: replay', strokes.seconds, 's', 'seconds');
  add('log of 10 million pixels in strokes of 10: size', strokes.logBytes / MB, 'MB');
  const single = await measureReplay(1_000_000, 1);
  add('log of a million single pixels: replay', single.seconds, 's');
  add('log of a million single pixels: size', single.logBytes / MB, 'MB');
}

async function addMemory(): Promise<void> {
  const base = await on(startCanvasRelay, measureSocketMemory);
  const ours = await on(startCanvasServer, measureSocketMemory);
  add('memory per socket, resident', ours.resident / KB, 'KB');
  add('memory per socket, in use', ours.used / KB, 'KB');
  add('memory per socket of the relay, resident', base.resident / KB, 'KB');
  add('memory per socket of the relay, in use', base.used / KB, 'KB');
  const canvas = await on(startCanvasServer, measureCanvasMemory);
  add('memory per canvas of 900 × 900, in use', canvas.used / MB, 'MB');
}

async function on<Result>(
  start: () => Promise<CanvasTarget>,
  measure: (target: CanvasTarget) => Promise<Result>,
): Promise<Result> {
  const target = await start();
  try {
    return await measure(target);
  } finally {
    await target.stop();
  }
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  crowd: addCrowd,
  floods: addFloods,
  load: addLoads,
  replay: addReplay,
  memory: addMemory,
};
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (only === undefined || only === name) await measure();
  }
} finally {
  // What was measured before something failed, too.
  report('canvas', figures);
}
