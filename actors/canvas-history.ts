import { setImmediate as breath } from 'node:timers/promises';
import type { CanvasEvent } from '../documents/canvas/canvas-events.ts';
import { pixelColor, pixelCount, pixelIndex } from '../protocol/canvas-pixels.ts';
import type { CanvasHistory, CanvasHistoryItem } from '../protocol/entities.ts';
import type { Seq } from '../protocol/ids.ts';
import type { CanvasDocument, LoggedCanvasEvent } from './canvas-document.ts';

export interface HistoryQuery {
  /** First and last event. */
  readonly from: Seq;
  readonly to?: Seq;
  readonly limit: number;
  readonly encoding: 'json' | 'packed';
}

/** An answer ends after the event that makes it more than this; bounds what is made into text in one go. */
const MAX_PIXELS = 100_000;

/** The events of a canvas, as far as one answer goes. @throws Problem `not_found` */
export async function readHistory(canvas: CanvasDocument, query: HistoryQuery): Promise<CanvasHistory> {
  const { from, limit, encoding } = query;
  const { width } = await canvas.query({ type: 'canvas.get' });
  const head = await canvas.head();
  const to = Math.min(query.to ?? head, head);
  const items: CanvasHistoryItem[] = [];
  let pixels = 0;
  const isFull = (): boolean => items.length >= limit || pixels > MAX_PIXELS;
  if (from <= to) {
    for await (const chunk of canvas.log(from - 1, to)) {
      for (const logged of chunk) {
        if (isFull()) break;
        items.push(itemOf(logged, width, encoding));
        pixels += countOf(logged.event);
      }
      if (isFull()) break;
      await breath();
    }
  }
  const last = items.at(-1)?.seq ?? to;
  return { items, next: last < to ? last + 1 : null, seq: head };
}

function itemOf(
  { seq, at, by, event }: LoggedCanvasEvent,
  width: number,
  encoding: HistoryQuery['encoding'],
): CanvasHistoryItem {
  const item = { seq, at: new Date(at).toISOString(), userId: by, kind: event.type };
  if (!('pixels' in event)) return item;
  const { pixels } = event;
  if (encoding === 'packed' || pixelCount(pixels) > MAX_PIXELS) {
    const { buffer, byteOffset, byteLength } = pixels;
    return { ...item, packed: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
  }
  return { ...item, pixels: triplesOf(pixels, width) };
}

const countOf = (event: CanvasEvent): number => ('pixels' in event ? pixelCount(event.pixels) : 0);

function triplesOf(packed: Uint8Array, width: number): [number, number, number][] {
  return Array.from({ length: pixelCount(packed) }, (_, n) => {
    const index = pixelIndex(packed, n);
    return [index % width, Math.floor(index / width), pixelColor(packed, n)];
  });
}
