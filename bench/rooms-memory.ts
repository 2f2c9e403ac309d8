import { setTimeout as pause } from 'node:timers/promises';
import { spread } from './rooms-many.ts';
import { RoomPeer } from './rooms-peer.ts';
import { type RoomTarget, startRoomServer } from './rooms-target.ts';

const ROOMS = 2_000;
const IDLE_SECONDS = 1;
/** Rooms leave memory in a sweep, which is every second. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 200;

export interface MemoryFigures {
  /** Used for each room with one client, in bytes. */
  readonly open: number;
  /** Left of each room after all have left and it is out of memory, in bytes. */
  readonly left: number;
}

/** Many rooms are opened and closed, twice: the first time warms up. */
export async function measureMemory(start: () => Promise<RoomTarget>): Promise<MemoryFigures> {
  const target = await start();
  try {
    await openAndClose(target);
    return await openAndClose(target);
  } finally {
    await target.stop();
  }
}

export const startImpatientServer = (): Promise<RoomTarget> =>
  startRoomServer({ IDLE_SECONDS: String(IDLE_SECONDS) });

async function openAndClose(target: RoomTarget): Promise<MemoryFigures> {
  const before = await target.memory();
  const peers: RoomPeer[] = [];
  await spread(ROOMS, async () => {
    let drawn = (): void => undefined;
    const saved = new Promise<void>((resolve) => {
      drawn = resolve;
    });
    const peer = await RoomPeer.open(target, await target.newRoom(), (payload) => {
      if (payload.includes('"ack"')) drawn();
    });
    peer.draw();
    await saved;
    peers.push(peer);
  });
  const open = await target.memory();
  for (const peer of peers) peer.close();
  await left(target);
  const after = await target.memory();
  return { open: (open.used - before.used) / ROOMS, left: (after.used - before.used) / ROOMS };
}

/** Nobody is there any more, and no room is in memory. */
async function left({ url }: RoomTarget): Promise<void> {
  const began = performance.now();
  for (;;) {
    const figures = (await (await fetch(`${url}/metrics`)).json()) as Readonly<Record<string, number>>;
    if (figures['connected_clients'] === 0 && (figures['rooms_active'] ?? 0) === 0) return;
    if (performance.now() - began > PATIENCE_MS) throw new Error('rooms do not leave memory');
    await pause(LOOK_MS);
  }
}
