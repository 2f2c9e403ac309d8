import { median } from './report.ts';
import { RoomPeer } from './rooms-peer.ts';
import type { RoomTarget } from './rooms-target.ts';
import { TextSocket } from './text-socket.ts';

const STATE_BYTES = 200 * 1024;
const ROUNDS = 15;
const CROWD = 50;
const CROWD_ROUNDS = 5;

/** Milliseconds from the first byte to the last of those who wait. */
export interface JoinTimes {
  readonly one: number;
  readonly crowd: number;
}

/** Coming to a room of 200 KB and having it. The relay sends as many bytes, which it has ready. */
export async function measureRoomJoins(target: RoomTarget): Promise<JoinTimes> {
  const path = await target.newRoom();
  const address = target.name === 'relay' ? `${path}?bytes=${STATE_BYTES}` : `${path}?userId=bench`;
  if (target.name !== 'relay') await fill(target, path);
  const join = async (): Promise<void> => {
    let heard: (bytes: number) => void = () => undefined;
    const state = new Promise<number>((resolve) => {
      heard = resolve;
    });
    const socket = await TextSocket.open(
      target.url,
      address,
      () => undefined,
      ({ length }) => heard(length),
    );
    const bytes = await state;
    socket.close();
    if (bytes < STATE_BYTES) throw new Error(`the state has only ${bytes} bytes`);
  };
  return { one: await timed(1, ROUNDS, join), crowd: await timed(CROWD, CROWD_ROUNDS, join) };
}

/** Draws until the room has so much. */
async function fill(target: RoomTarget, path: string): Promise<void> {
  let acknowledged = (): void => undefined;
  const saved = new Promise<void>((resolve) => {
    acknowledged = resolve;
  });
  const peer = await RoomPeer.open(target, path, (payload) => {
    if (payload.includes('"ack"')) acknowledged();
  });
  peer.drawUntil(STATE_BYTES);
  await saved;
  peer.close();
}

async function timed(atOnce: number, rounds: number, join: () => Promise<void>): Promise<number> {
  const taken: number[] = [];
  // One more, which warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: atOnce }, join));
    if (round > 0) taken.push(performance.now() - startedAt);
  }
  return median(taken);
}
