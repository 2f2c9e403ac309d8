import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { createAnnotation } from '../client/annotations/create.ts';
import { moveAnnotations } from '../client/annotations/transform.ts';
import { RoomProvider } from '../client/room-provider.ts';
import type { RoomTarget } from './rooms-target.ts';
import type { Latency } from './text-latency.ts';

const EDITS_PER_SECOND = 25;
const WARM_UP_EDITS = 25;
const EDITS = 125;

/** One of two who draw together. */
interface Client {
  readonly doc: Y.Doc;
  leave(): void;
}

/** Two headless clients of the product; or of the relay, two documents and the class of `ws`. */
export async function measurePair(target: RoomTarget): Promise<Latency> {
  const path = await target.newRoom();
  const open = (name: string): Promise<Client> =>
    target.name === 'relay' ? openPlain(`${target.url}${path}`) : openProvider(target.url, path, name);
  const [ann, bob] = [await open('ann'), await open('bob')];
  const id = createAnnotation(ann.doc, { type: 'box', geometry: { x: 0, y: 0, width: 10, height: 10 } });
  const latencies: number[] = [];
  let startedAt = 0;
  let heard = (): void => undefined;
  bob.doc.on('update', () => {
    latencies.push(performance.now() - startedAt);
    heard();
  });
  for (let edit = 0; edit < WARM_UP_EDITS + EDITS; edit += 1) {
    await pause(1_000 / EDITS_PER_SECOND);
    const arrived = new Promise<void>((resolve) => {
      heard = resolve;
    });
    startedAt = performance.now();
    moveAnnotations(ann.doc, id, { x: 1, y: 1 });
    await arrived;
  }
  for (const { leave } of [ann, bob]) leave();
  const sorted = latencies.slice(-EDITS).sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

async function openProvider(url: string, path: string, userId: string): Promise<Client> {
  const doc = new Y.Doc();
  const roomId = path.slice(path.lastIndexOf('/') + 1);
  const provider = new RoomProvider(doc, { url, roomId, userId, WebSocket });
  await provider.whenSynced();
  return { doc, leave: () => doc.destroy() };
}

async function openPlain(url: string): Promise<Client> {
  const doc = new Y.Doc();
  const socket = new WebSocket(url.replace(/^http/, 'ws'));
  socket.binaryType = 'arraybuffer';
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) socket.send(update);
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) Y.applyUpdate(doc, new Uint8Array(data as ArrayBuffer), socket);
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return {
    doc,
    leave: () => {
      socket.terminate();
      doc.destroy();
    },
  };
}
