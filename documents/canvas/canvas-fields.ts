import type { CanvasRateLimits, CanvasRegion, PaintRate } from '../../protocol/canvas-messages.ts';
import { MAX_CANVAS_SIDE } from '../../protocol/canvas-pixels.ts';
import { isUuid } from '../../protocol/ids.ts';
import type { FieldErrors } from '../field-errors.ts';
import { checkText } from '../well-formed-text.ts';

/** Checks of what callers say about a canvas; paths are those of the request body. */

const TITLE_BOUNDS = { min: 1, max: 256 };
const REASON_BOUNDS = { min: 0, max: 500 };
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const COLOR = /^#[0-9a-f]{6}$/;
const MIN_COLORS = 2;
const MAX_COLORS = 256;
/** Of pixels, and of sockets. */
export const MAX_RATE = 1_000_000;

export const checkTitle = (title: string, errors: FieldErrors): boolean =>
  checkText(title, TITLE_BOUNDS, '/body/name', errors);

export function checkReason(reason: string | undefined, errors: FieldErrors): void {
  if (reason !== undefined) checkText(reason, REASON_BOUNDS, '/body/reason', errors);
}

/** A slug stands where an id may stand, so it must not look like one. */
export function checkSlug(slug: string | null, errors: FieldErrors): void {
  if (slug !== null && (!SLUG.test(slug) || isUuid(slug))) {
    errors.add('/body/slug', 'must be 1 to 64 small letters, digits and inner hyphens, and no UUID');
  }
}

export function checkSides(width: number, height: number, errors: FieldErrors): void {
  for (const [name, side] of Object.entries({ width, height })) {
    if (!Number.isInteger(side) || side < 1 || side > MAX_CANVAS_SIDE) {
      errors.add(`/body/${name}`, `must be a whole number from 1 to ${MAX_CANVAS_SIDE}`);
    }
  }
}

/** `#rrggbb` in small letters, no colour twice. */
export function checkPalette(palette: readonly string[], errors: FieldErrors): void {
  if (palette.length < MIN_COLORS || palette.length > MAX_COLORS) {
    errors.add('/body/palette', `must have ${MIN_COLORS} to ${MAX_COLORS} colours`);
    return;
  }
  const seen = new Set<string>();
  palette.forEach((color, index) => {
    if (!COLOR.test(color))
      errors.add(`/body/palette/${index}`, 'must be a colour as #rrggbb in small letters');
    else if (seen.has(color)) errors.add(`/body/palette/${index}`, 'is there already');
    seen.add(color);
  });
}

export function checkRateLimits(limits: CanvasRateLimits, errors: FieldErrors): void {
  checkRate(limits.perUser, '/body/rateLimits/perUser', errors);
  checkRate(limits.perAddress, '/body/rateLimits/perAddress', errors);
  checkCount(limits.connectionsPerAddress, '/body/rateLimits/connectionsPerAddress', errors);
}

/** A region that lies in the canvas, whole. */
export function checkRegion(
  { x, y, width, height }: CanvasRegion,
  canvas: { readonly width: number; readonly height: number },
  path: string,
  errors: FieldErrors,
): void {
  if (![x, y, width, height].every(Number.isInteger) || x < 0 || y < 0 || width < 1 || height < 1) {
    errors.add(path, 'must have whole numbers, x and y from 0, width and height from 1');
    return;
  }
  for (const [place, side, from, length, whole] of [
    ['x', 'width', x, width, canvas.width],
    ['y', 'height', y, height, canvas.height],
  ] as const) {
    if (from >= whole)
      errors.add(`${path}/${place}`, `must be less than ${whole}, the ${side} of the canvas`);
    else if (from + length > whole) {
      errors.add(`${path}/${side}`, `must be at most ${whole - from}: the canvas has a ${side} of ${whole}`);
    }
  }
}

function checkRate({ pixelsPerSecond, burst }: PaintRate, path: string, errors: FieldErrors): void {
  checkCount(pixelsPerSecond, `${path}/pixelsPerSecond`, errors);
  checkCount(burst, `${path}/burst`, errors);
}

function checkCount(value: number, path: string, errors: FieldErrors): void {
  if (!Number.isInteger(value) || value < 1 || value > MAX_RATE) {
    errors.add(path, `must be a whole number from 1 to ${MAX_RATE}`);
  }
}
