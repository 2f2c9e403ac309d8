/**
 * Rooms end to end, with acknowledgements that mean "on disk", against a plain `ws` relay and the server of
 * y-websocket, which store nothing, in the same run.
 *
 * Each server is a process of its own, and so are those who only look on; editors and those who are measured are this
 * process. A delivery is an update that one client has to get.
 */

import type { Memory } from './measured-process.ts';
import { type Figure, report } from './report.ts';
import { type CrowdFigures, measureCrowd, middleOf } from './rooms-crowd.ts';
import { measureRoomJoins } from './rooms-join.ts';
import { measureMany } from './rooms-many.ts';
import { measureMemory, startImpatientServer } from './rooms-memory.ts';
import { measurePair } from './rooms-pair.ts';
import { type RoomTarget, startRoomRelay, startRoomServer, startYWebsocket } from './rooms-target.ts';
import type { Latency } from './text-latency.ts';

const KB = 1024;
/** Measured on a machine such as this one has two cores of; there, none of them stored anything. */
const PEERS = {
  crowd: 'Hocuspocus 4: p50 11, p95 19',
  crowdCpu: 'Hocuspocus 4: 4.7',
  crowdMemory: 'Hocuspocus 4: 46',
  manyCpu: 'y-websocket: 83 to 90',
  manyMemory: 'y-websocket: 46 to 51',
} as const;

interface Targets {
  readonly relay: RoomTarget;
  readonly yWebsocket: RoomTarget;
  readonly troupe: RoomTarget;
}

const figures: Figure[] = [];

function add(name: string, value: number, unit: string, target?: string): void {
  figures.push({ name, value, unit, ...(target === undefined ? {} : { target }) });
}

function addLatency(name: string, { p50, p95 }: Latency, relay: Latency, target?: string): void {
  add(`${name}: p50`, p50, 'ms', target);
  add(`${name}: p95`, p95, 'ms');
  add(`${name}: p50 of the relay`, relay.p50, 'ms');
  add(`${name}: p95 of the relay`, relay.p95, 'ms');
  add(`${name}: p50, times relay`, p50 / relay.p50, '×');
}

async function addPair({ relay, troupe }: Targets): Promise<void> {
  const base = await measurePair(relay);
  addLatency('two clients, edit to remote apply', await measurePair(troupe), base, '< 100');
}

/** What is printed beside the figures of peers, and how often all are measured. */
interface CrowdReport {
  readonly rounds?: number;
  readonly latency?: string;
  readonly cpu?: string;
  readonly memory?: string;
}

async function addCrowd(
  { relay, troupe, ...others }: Targets,
  name: string,
  crowd: Parameters<typeof measureCrowd>[1],
  { rounds: count = 1, ...peers }: CrowdReport = {},
): Promise<void> {
  const isCompared = peers.latency !== undefined;
  const targets = [relay, troupe, ...(isCompared ? [others.yWebsocket] : [])];
  const rounds = targets.map((): CrowdFigures[] => []);
  // Turn by turn: the machine may have other things to do, and not always equally many.
  for (let round = 0; round < count; round += 1) {
    for (const [index, target] of targets.entries()) rounds[index]?.push(await measureCrowd(target, crowd));
  }
  const [base, ours, yWebsocket] = rounds.map(middleOf);
  if (base === undefined || ours === undefined) return;
  addLatency(name, ours.latency, base.latency, peers.latency);
  add(`${name}: updates that arrived`, ours.perSecond, '1/s', String(crowd.perSecond));
  add(`${name}: updates that arrived by the relay`, base.perSecond, '1/s');
  add(`${name}: CPU per delivery`, ours.cpuPerDelivery, 'µs', peers.cpu);
  add(`${name}: CPU per delivery of the relay`, base.cpuPerDelivery, 'µs');
  if (yWebsocket !== undefined) {
    add(`${name}: p50 of y-websocket`, yWebsocket.latency.p50, 'ms');
    add(`${name}: CPU per delivery of y-websocket`, yWebsocket.cpuPerDelivery, 'µs');
  }
  if (peers.memory === undefined) return;
  // Of the first round: later ones find memory that was not given back yet.
  addMemoryOf(`${name}: memory per client`, rounds[1]?.[0]?.memory, rounds[0]?.[0]?.memory, peers.memory);
}

function addMemoryOf(name: string, ours?: Memory, base?: Memory, target?: string): void {
  add(`${name}, resident`, (ours?.resident ?? Number.NaN) / KB, 'KB', target);
  add(`${name}, in use`, (ours?.used ?? Number.NaN) / KB, 'KB');
  add(`${name} of the relay, resident`, (base?.resident ?? Number.NaN) / KB, 'KB');
  add(`${name} of the relay, in use`, (base?.used ?? Number.NaN) / KB, 'KB');
}

async function addMany({ relay, troupe, yWebsocket }: Targets): Promise<void> {
  const name = '500 rooms × 2 clients × 2/s';
  const base = await measureMany(relay);
  const peer = await measureMany(yWebsocket);
  const ours = await measureMany(troupe);
  addLatency(name, ours.latency, base.latency);
  add(`${name}: CPU per delivery`, ours.cpuPerDelivery, 'µs', PEERS.manyCpu);
  add(`${name}: CPU per delivery of the relay`, base.cpuPerDelivery, 'µs');
  add(`${name}: CPU per delivery of y-websocket`, peer.cpuPerDelivery, 'µs');
  addMemoryOf(`${name}: memory per room`, ours.memory, base.memory, PEERS.manyMemory);
  add(`${name}: memory per room of y-websocket, resident`, peer.memory.resident / KB, 'KB');
}

async function addJoins({ relay, troupe }: Targets): Promise<void> {
  const base = await measureRoomJoins(relay);
  const ours = await measureRoomJoins(troupe);
  add('200 KB room: one joins', ours.one, 'ms');
  add('200 KB room: one joins the relay', base.one, 'ms');
  add('200 KB room: 50 join at once', ours.crowd, 'ms', '< 300');
  add('200 KB room: 50 join the relay at once', base.crowd, 'ms');
}

async function addMemory(): Promise<void> {
  const base = await measureMemory(startRoomRelay);
  const ours = await measureMemory(startImpatientServer);
  add('2,000 rooms with one client: used memory per room', ours.open / KB, 'KB');
  add('2,000 rooms with one client: of the relay', base.open / KB, 'KB');
  add('2,000 rooms that were left: used memory per room', ours.left / KB, 'KB', '< 1');
  add('2,000 rooms that were left: of the relay', base.left / KB, 'KB');
}

/** Each with servers of its own: what one left in memory is not another's. */
async function between(measure: (targets: Targets) => Promise<void>): Promise<void> {
  const relay = await startRoomRelay();
  const yWebsocket = await startYWebsocket();
  const troupe = await startRoomServer();
  try {
    await measure({ relay, yWebsocket, troupe });
  } finally {
    await troupe.stop();
    await yWebsocket.stop();
    await relay.stop();
  }
}

const only = process.argv[2];
const parts: Readonly<Record<string, () => Promise<void>>> = {
  pair: () => between(addPair),
  editors: () =>
    between((targets) =>
      addCrowd(targets, '10 editors × 20/s', { clients: 10, editors: 10, perSecond: 200 }),
    ),
  crowd50: () =>
    between((targets) =>
      addCrowd(targets, '1,000 clients, 50/s in all', { clients: 1_000, editors: 10, perSecond: 50 }),
    ),
  crowd200: () =>
    between((targets) =>
      addCrowd(
        targets,
        '1,000 clients, 200/s in all',
        { clients: 1_000, editors: 20, perSecond: 200 },
        { rounds: 3, latency: PEERS.crowd, cpu: PEERS.crowdCpu, memory: PEERS.crowdMemory },
      ),
    ),
  many: () => between(addMany),
  join: () => between(addJoins),
  memory: addMemory,
};
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (only === undefined || only === name) await measure();
  }
} finally {
  // What was measured before something failed, too.
  report('rooms', figures);
}
