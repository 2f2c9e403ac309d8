import type { Point } from '../../../client/index.ts';

interface Placed {
  readonly id: string;
  readonly position: Point;
}

/** Pins at the same place stand so far from each other, CSS pixels: each can be hit. */
export const HEAP_STEP = 24;
/** Pins whose places differ by less are one heap, in picture pixels. */
const SAME_PLACE = 0.5;

const placeKey = ({ x, y }: Point): string => `${Math.round(x / SAME_PLACE)} ${Math.round(y / SAME_PLACE)}`;

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
    const place = placeKey(position);
    const rank = heaps.get(place) ?? 0;
    heaps.set(place, rank + 1);
    ranks.set(id, rank);
  }
  return ranks;
}

/** Nearer than this on the screen, pins cover each other so far that they are shown as one, CSS pixels. */
const CLUSTER_REACH = 22;
/** Steps of the scale in a doubling at which pins gather anew. */
const LEVELS = 4;

export interface PinCluster<Pin> {
  /** Of the first one, so that it is the same pin as long as that is in it. */
  readonly position: Point;
  readonly pins: readonly Pin[];
}

/** The scale that pins gather by: the same over a stretch of zooming; never above 1, where each stands for itself. */
export const clusterScale = (scale: number): number =>
  scale >= 1 ? 1 : 2 ** (Math.floor(Math.log2(scale) * LEVELS) / LEVELS);

/**
 * Gathers pins that would cover each other because the picture is small. Those at the very same place are a heap, which no
 * zooming takes apart: it stays one ({@link heapedPins}).
 *
 * @param scale - see {@link clusterScale}
 * @param alone - the id of one that is shown whatever is near, such as that of the open thread
 */
export function clusteredPins<Pin extends Placed>(
  pins: readonly Pin[],
  scale: number,
  alone?: string,
): { readonly singles: readonly Pin[]; readonly clusters: readonly PinCluster<Pin>[] } {
  if (scale >= 1) return { singles: pins, clusters: [] };
  const reach = CLUSTER_REACH / scale;
  const cells = new Map<string, { readonly position: Point; readonly pins: Pin[] }>();
  const gathered: { readonly position: Point; readonly pins: Pin[] }[] = [];
  const near = ({ x, y }: Point) => {
    const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)];
    for (let at = 0; at < 9; at += 1) {
      const found = cells.get(`${column - 1 + (at % 3)} ${row - 1 + Math.floor(at / 3)}`);
      if (found && Math.hypot(found.position.x - x, found.position.y - y) < reach) return found;
    }
    const made = { position: { x, y }, pins: [] };
    cells.set(`${column} ${row}`, made);
    gathered.push(made);
    return made;
  };
  for (const pin of pins) if (pin.id !== alone) near(pin.position).pins.push(pin);
  const isHeap = ({ pins: [first, ...others] }: { readonly pins: readonly Pin[] }): boolean =>
    others.every(({ position }) => first !== undefined && placeKey(position) === placeKey(first.position));
  const single = new Set(gathered.filter(isHeap).flatMap((each) => each.pins));
  return {
    singles: pins.filter((pin) => pin.id === alone || single.has(pin)),
    clusters: gathered.filter((each) => !isHeap(each)),
  };
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
