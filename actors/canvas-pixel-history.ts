import { setImmediate as breath } from 'node:timers/promises';
import type { CanvasEvent } from '../documents/canvas/canvas-events.ts';
import { findPixel, pixelColor } from '../protocol/canvas-pixels.ts';
import type { CanvasPixelChange } from '../protocol/entities.ts';
import type { Seq } from '../protocol/ids.ts';
import type { CanvasDocument, LoggedCanvasEvent } from './canvas-document.ts';

export interface PixelHistory {
  /** Newest first. */
  readonly history: CanvasPixelChange[];
  /** Nothing older is in the log. */
  readonly complete: boolean;
  /** The oldest event that was looked at. */
  readonly scannedTo: Seq;
}

export interface PixelScanLimits {
  /** Events that one answer looks at. */
  readonly events: number;
  /** Events that are in memory at once. */
  readonly window: number;
}

export const PIXEL_SCAN_LIMITS: PixelScanLimits = { events: 20_000, window: 2_000 };

/**
 * Who painted a pixel, from event `newest` back: the log is read forward, a window at a time, the newest window first.
 * Ends with the `limit`th find, at the beginning of the log, or where it has looked at enough.
 *
 * @param index of the pixel, `y * width + x`
 */
export async function readPixelHistory(
  canvas: CanvasDocument,
  index: number,
  newest: Seq,
  limit: number,
  limits: PixelScanLimits = PIXEL_SCAN_LIMITS,
): Promise<PixelHistory> {
  const history: CanvasPixelChange[] = [];
  const last = Math.max(1, newest - limits.events + 1);
  let scannedTo = newest + 1;
  while (scannedTo > last && history.length < limit) {
    const from = Math.max(last, scannedTo - limits.window);
    const found = await changesOf(canvas, index, from, scannedTo - 1);
    const wanted = found.slice(0, limit - history.length);
    history.push(...wanted);
    // Those of the window that were left out have to be found again.
    scannedTo = found.length > wanted.length ? (wanted.at(-1)?.seq ?? scannedTo) : from;
  }
  return { history, complete: scannedTo <= 1, scannedTo };
}

async function changesOf(
  canvas: CanvasDocument,
  index: number,
  from: Seq,
  to: Seq,
): Promise<CanvasPixelChange[]> {
  const changes: CanvasPixelChange[] = [];
  for await (const chunk of canvas.log(from - 1, to)) {
    for (const logged of chunk) {
      const change = changeOf(logged, index);
      if (change !== undefined) changes.push(change);
    }
    await breath();
  }
  return changes.reverse();
}

function changeOf({ seq, at, by, event }: LoggedCanvasEvent, index: number): CanvasPixelChange | undefined {
  if (!isPainting(event)) return undefined;
  const n = findPixel(event.pixels, index);
  if (n < 0) return undefined;
  const color = pixelColor(event.pixels, n);
  return { seq, at: new Date(at).toISOString(), userId: by, kind: event.type, color };
}

const isPainting = (event: CanvasEvent): event is Extract<CanvasEvent, { type: 'painted' | 'rewound' }> =>
  event.type === 'painted' || event.type === 'rewound';
