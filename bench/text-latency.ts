import { setTimeout as pause } from 'node:timers/promises';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { TextSocket } from './text-socket.ts';
import type { TextTarget } from './text-target.ts';

const EDITORS = 10;
const UPDATES_PER_SECOND = 20;
const WARM_UP_MS = 1_000;
const MEASURED_MS = 5_000;

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** From the key of one editor to the screens of the others, in milliseconds: Yjs updates of one keystroke each. */
export async function measureLatency(target: TextTarget): Promise<Latency> {
  const path = await target.newDocument('yjs');
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  let isWarm = false;
  const hear = (payload: Buffer): void => {
    const now = performance.now();
    const { deltaB64 } = JSON.parse(payload.toString()) as { readonly deltaB64?: string };
    const sent = deltaB64 === undefined ? undefined : sentAt.get(deltaB64);
    if (sent !== undefined && isWarm) latencies.push(now - sent);
  };
  const stops = await Promise.all(
    Array.from({ length: EDITORS }, async (_, editor) => {
      const socket = await TextSocket.open(target.url, path, hear);
      const doc = new Y.Doc();
      const text = doc.getText('text');
      let count = 0;
      doc.on('update', (update: Uint8Array) => {
        count += 1;
        const deltaB64 = toBase64(update);
        sentAt.set(deltaB64, performance.now());
        socket.send(
          JSON.stringify({
            type: 'update',
            opId: `${editor} ${count}`,
            baseVersion: 0,
            actorId: 'bench',
            deltaB64,
          }),
        );
      });
      // Editors do not press their keys at the same moment.
      await pause((1_000 / UPDATES_PER_SECOND / EDITORS) * editor);
      const typing = setInterval(() => text.insert(text.length, 'x'), 1_000 / UPDATES_PER_SECOND);
      return () => {
        clearInterval(typing);
        socket.close();
      };
    }),
  );
  await pause(WARM_UP_MS);
  isWarm = true;
  await pause(MEASURED_MS);
  for (const stop of stops) stop();
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
