import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rebuild } from '../actors/history.ts';
import type { CanvasEvent } from '../documents/canvas/canvas-events.ts';
import { canvasKind } from '../documents/canvas/canvas-kind.ts';
import type { CanvasState } from '../documents/canvas/canvas-state.ts';
import { DEFAULT_PALETTE } from '../documents/canvas/palette.ts';
import { DEFAULT_RATE_LIMITS } from '../documents/canvas/rate-limits.ts';
import { setPixel } from '../protocol/canvas-pixels.ts';
import type { DocumentId, EntityId, OperationId, UserId } from '../protocol/ids.ts';
import type { StoredEvent } from '../storage/port.ts';
import { openSqliteStore } from '../storage/sqlite/open-sqlite-store.ts';
import { Random } from '../tools/soak/random.ts';
import { SIDE } from './canvas-target.ts';

const EVENTS_PER_APPEND = 5_000;
const PAINTERS = 1_000;
const COLORS = 32;
const BEGUN_AT = Date.UTC(2026, 10, 21);

export interface ReplayFigures {
  /** From sqlite to the state, without any snapshot. */
  readonly seconds: number;
  /** Of the log on disk, in bytes. */
  readonly logBytes: number;
}

/**
 * Writes a log of so many events, and reads it from its first one on, as after the loss of every snapshot.
 *
 * @param pixelsPerEvent 1: single pixels; more: strokes
 * @throws Error where the state is not what was written
 */
export async function measureReplay(events: number, pixelsPerEvent: number): Promise<ReplayFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
  const store = await openSqliteStore(join(folder, 'replay.db'));
  try {
    const id = randomUUID() as DocumentId;
    const claim = await store.claim(id, 'bench');
    const random = new Random(3);
    const picture = new Uint8Array(SIDE * SIDE);
    const users = Array.from({ length: PAINTERS }, () => randomUUID() as UserId);
    let [seq, logBytes] = [1, 0];
    const stored = (event: CanvasEvent): StoredEvent => {
      const bytes = canvasKind.encode(event);
      logBytes += bytes.length;
      const by = users[seq % PAINTERS] ?? ('nobody' as UserId);
      const operationId = `${by}\np${seq}` as OperationId;
      const operation = { operationId, operationType: 'canvas.paint' };
      return { seq, at: BEGUN_AT + seq, by, version: canvasKind.eventVersion, bytes, ...operation };
    };
    await store.append(claim, { events: [stored(CREATED)] });
    for (let at = 0; at < events; at += EVENTS_PER_APPEND) {
      const count = Math.min(EVENTS_PER_APPEND, events - at);
      const batch = Array.from({ length: count }, () => {
        seq += 1;
        const isNew = seq <= PAINTERS + 1;
        return stored({ ...painted(random, pixelsPerEvent, picture), ...(isNew ? { name: 'Ann' } : {}) });
      });
      await store.append(claim, { events: batch });
    }
    const startedAt = performance.now();
    const rebuilt = await rebuild(store, canvasKind, id, undefined);
    const seconds = (performance.now() - startedAt) / 1_000;
    const state = rebuilt?.state as CanvasState | undefined;
    if (rebuilt?.seq !== seq || Buffer.compare(state?.planes.colors ?? EMPTY, picture) !== 0)
      throw new Error('the state is not what was written');
    return { seconds, logBytes };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const EMPTY = new Uint8Array(0);

const CREATED: CanvasEvent = {
  type: 'canvas.created',
  auditId: '00000000-0000-4000-8000-000000000000' as EntityId,
  name: 'Mo',
  title: 'bench',
  slug: null,
  width: SIDE,
  height: SIDE,
  palette: DEFAULT_PALETTE,
  background: 0,
  rateLimits: DEFAULT_RATE_LIMITS,
};

/** A stroke from left to right. */
function painted(
  random: Random,
  count: number,
  picture: Uint8Array,
): Extract<CanvasEvent, { type: 'painted' }> {
  const from = random.below(picture.length - count);
  const color = random.below(COLORS);
  const pixels = new Uint8Array(4 * count);
  for (let n = 0; n < count; n += 1) {
    setPixel(pixels, n, from + n, color);
    picture[from + n] = color;
  }
  return { type: 'painted', pixels };
}
