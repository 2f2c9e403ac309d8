import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isAck, isError, isUpdate, TextSocket } from './text-socket.ts';
import type { TextTarget } from './text-target.ts';

const CLIENTS = 50;
const SENDERS = 10;
/** Updates of one sender that are not acknowledged yet. */
const WINDOW = 10;
const UPDATE_BYTES = 32;
const WARM_UP_MS = 500;
const MEASURED_MS = 3_000;

/** Updates that reach others, per second, while senders send as fast as they are acknowledged. */
export async function measureDeliveries(target: TextTarget): Promise<number> {
  const path = await target.newDocument('opaque');
  const deltaB64 = randomBytes(UPDATE_BYTES).toString('base64');
  let delivered = 0;
  let refusals = 0;
  let isOver = false;
  const sockets = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      let count = 0;
      const send = (): void => {
        count += 1;
        socket.send(
          `{"type":"update","opId":"${client} ${count}","baseVersion":0,"actorId":"bench","deltaB64":"${deltaB64}"}`,
        );
      };
      const socket: TextSocket = await TextSocket.open(target.url, path, () => undefined);
      socket.onFrame = (payload) => {
        if (isUpdate(payload)) delivered += 1;
        else if (isAck(payload) && !isOver) send();
        else if (isError(payload)) refusals += 1;
      };
      return { socket, begin: () => Array.from({ length: WINDOW }, send) };
    }),
  );
  for (const { begin } of sockets.slice(0, SENDERS)) begin();
  await pause(WARM_UP_MS);
  const before = delivered;
  const startedAt = performance.now();
  await pause(MEASURED_MS);
  const rate = ((delivered - before) / (performance.now() - startedAt)) * 1_000;
  isOver = true;
  for (const { socket } of sockets) socket.close();
  if (refusals > 0) throw new Error(`${refusals} updates were refused: the rate means nothing`);
  return rate;
}
