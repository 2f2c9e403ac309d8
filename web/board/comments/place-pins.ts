import type { Point } from '../../../client/index.ts';

interface Placed {
  readonly id: string;
  readonly position: Point;
}

/** Pins at the same place stand so far from each other, CSS pixels: each can be hit. */
export const HEAP_STEP = 24;
/** Pins whose places differ by less are one heap, in picture pixels. */
const SAME_PLACE = 0.5;

/**
 * Threads on the same shape stand at the same point: the second and each further one is moved aside, so that all can be
 * seen and hit.
 *
 * @param pins - the order decides who is moved
 * @returns for each pin how many others stand there before it
 */
export function heapedPins(pins: readonly Placed[]): ReadonlyMap<string, number> {
  const heaps = new Map<string, number>();
  const ranks = new Map<string, number>();
  for (const { id, position } of pins) {
    const place = `${Math.round(position.x / SAME_PLACE)} ${Math.round(position.y / SAME_PLACE)}`;
    const rank = heaps.get(place) ?? 0;
    heaps.set(place, rank + 1);
    ranks.set(id, rank);
  }
  return ranks;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Where a card beside a pin goes so that it is inside: on the right if there is room, else on the left, else wherever it
 * covers least; never above or below the edge.
 *
 * @param pin - the tip of the pin on the screen
 * @returns the card's upper left corner
 */
export function placeCard(
  pin: Point,
  card: Size,
  screen: Size,
  { gap = 20, margin = 8, pinSize = 32 } = {},
): Point {
  const right = pin.x + pinSize + gap / 2;
  const left = pin.x - gap / 2 - card.width;
  const mostX = Math.max(margin, screen.width - margin - card.width);
  const mostY = Math.max(margin, screen.height - margin - card.height);
  const x = right <= mostX ? right : left >= margin ? left : mostX;
  return { x: clamp(x, margin, mostX), y: clamp(pin.y - pinSize, margin, mostY) };
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
