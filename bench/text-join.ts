import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { median } from './report.ts';
import { TextSocket } from './text-socket.ts';
import type { TextTarget } from './text-target.ts';

const STATE_BYTES = 200 * 1024;
const ROUNDS = 15;
const CROWD = 50;
const CROWD_ROUNDS = 5;

/** Milliseconds from the first byte to the last of those who wait. */
export interface JoinTimes {
  readonly one: number;
  readonly crowd: number;
}

/** Connecting and receiving the state of a document, against reading as many bytes by HTTP from the same process. */
export async function measureJoins(target: TextTarget): Promise<{ socket: JoinTimes; http: JoinTimes }> {
  const path = await target.newDocument('opaque');
  const frameBytes = await prepare(target, path);
  const file = `${randomUUID()}.png`;
  await writeFile(join(target.folder, file), randomBytes(frameBytes));
  return {
    socket: await times(() => joinOnce(target.url, path)),
    http: await times(() => readOnce(target.url, `/exports/${file}`, frameBytes)),
  };
}

/** Gives the document a snapshot. @returns bytes of the frame that a joiner gets */
async function prepare({ url }: TextTarget, path: string): Promise<number> {
  const stored = new Promise<void>((resolve, reject) => {
    const opening = TextSocket.open(url, path, (payload) => {
      const message = JSON.parse(payload.toString()) as { readonly type: string; readonly seq?: number };
      if (message.type === 'ack') {
        const snapshotB64 = randomBytes(STATE_BYTES).toString('base64');
        const snapshot = JSON.stringify({ type: 'snapshot', version: message.seq, snapshotB64 });
        void opening.then((socket) => socket.send(snapshot));
      }
      if (message.type === 'snapshot_ack') resolve();
      if (message.type === 'error') reject(new Error(payload.toString()));
    });
    const update = { type: 'update', opId: 'one', baseVersion: 0, actorId: 'bench', deltaB64: 'AAAA' };
    opening.then((socket) => socket.send(JSON.stringify(update)), reject);
  });
  await stored;
  return joinOnce(url, path);
}

async function joinOnce(url: string, path: string): Promise<number> {
  let received: (bytes: number) => void = () => undefined;
  const state = new Promise<number>((resolve) => {
    received = resolve;
  });
  const socket = await TextSocket.open(url, path, (payload) => received(payload.length));
  const bytes = await state;
  socket.close();
  return bytes;
}

async function readOnce(url: string, path: string, expected: number): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
  let bytes = 0;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
  });
  await once(socket, 'end');
  if (bytes < expected) throw new Error(`HTTP gave only ${bytes} bytes`);
  return bytes;
}

async function times(read: () => Promise<number>): Promise<JoinTimes> {
  return { one: await timed(1, ROUNDS, read), crowd: await timed(CROWD, CROWD_ROUNDS, read) };
}

async function timed(atOnce: number, rounds: number, read: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  // One more, which warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: atOnce }, read));
    if (round > 0) taken.push(performance.now() - startedAt);
  }
  return median(taken);
}
