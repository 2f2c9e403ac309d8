import { lookAt, MAX_SCALE, nearestCell, type Point, type Size, type Viewport } from './viewport.ts';

/** What a link shows: the cell in the middle, and how large. */
export interface Place extends Point {
  readonly zoom: number;
}

/** @returns `undefined` where an address names no place, or none that there is */
export function readPlace(search: string): Place | undefined {
  const parameters = new URLSearchParams(search);
  const [x, y, zoom = 8] = ['x', 'y', 'zoom'].map((name) => {
    const text = parameters.get(name);
    return text === null || text.trim() === '' ? undefined : Number(text);
  });
  if (x === undefined || y === undefined) return undefined;
  if (!Number.isFinite(x) || !Number.isFinite(y) || !(zoom > 0 && zoom <= MAX_SCALE)) return undefined;
  return { x: Math.floor(x), y: Math.floor(y), zoom };
}

/** `?x=&y=&zoom=`; what else an address has stays. */
export function writePlace(search: string, { x, y, zoom }: Place): string {
  const parameters = new URLSearchParams(search);
  parameters.set('x', String(x));
  parameters.set('y', String(y));
  parameters.set('zoom', String(Math.round(zoom * 100) / 100));
  return `?${parameters}`;
}

/** An address that names no place: it shows all of the canvas. */
export function withoutPlace(search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of ['x', 'y', 'zoom']) parameters.delete(name);
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** What a link to this view says. */
export function placeOf(view: Viewport, picture: Size, screen: Size): Place {
  const middle = {
    x: (screen.width / 2 - view.x) / view.scale,
    y: (screen.height / 2 - view.y) / view.scale,
  };
  return { ...nearestCell(middle, picture), zoom: view.scale };
}

export const viewOfPlace = (place: Place, picture: Size, screen: Size): Viewport =>
  lookAt(nearestCell(place, picture), place.zoom, screen);
