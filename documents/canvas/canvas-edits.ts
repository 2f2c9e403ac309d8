import type { CanvasCommand, CanvasInfo, PaintReport } from '../../protocol/canvas-messages.ts';
import {
  compactPixels,
  PIXEL_BYTES,
  pixelColor,
  pixelCount,
  pixelIndex,
  pixelView,
  setPixel,
} from '../../protocol/canvas-pixels.ts';
import { type EntityId, parseEntityId, type Seq } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import type { Instant, Unchanged } from '../kind.ts';
import type { CanvasEvent, Moderation } from './canvas-events.ts';
import {
  checkPalette,
  checkRateLimits,
  checkReason,
  checkRegion,
  checkSides,
  checkSlug,
  checkTitle,
} from './canvas-fields.ts';
import { type CanvasState, isInside } from './canvas-state.ts';

type Carried<Type> = Extract<CanvasCommand, { type: Type }>;
/** What a command leads to; whatever can refuse it has had its say. */
export type Decision = CanvasEvent | Unchanged<CanvasInfo | PaintReport>;

/** Each pixel of a batch is looked for in each lock: bounds the product. */
const MAX_LOCKS = 1_000;

export function createCanvas(
  state: CanvasState,
  command: Carried<'canvas.create'>,
  newId: () => string,
): Decision {
  if (state.canvas !== undefined) {
    throw new Problem('slug_taken', `There is a canvas ${state.canvas.slug ?? state.id} already.`);
  }
  const { title, slug, width, height, palette, background, rateLimits } = command;
  const errors = new FieldErrors();
  checkTitle(title, errors);
  checkSlug(slug, errors);
  checkSides(width, height, errors);
  checkPalette(palette, errors);
  if (!Number.isInteger(background) || background < 0 || background >= palette.length) {
    errors.add('/body/background', 'must be the index of a colour of the palette');
  }
  checkRateLimits(rateLimits, errors);
  checkReason(command.reason, errors);
  errors.throwIfAny();
  return {
    type: 'canvas.created',
    ...moderation(command, newId),
    title,
    slug,
    width,
    height,
    palette,
    background,
    rateLimits,
  };
}

export function updateCanvas(
  state: CanvasState,
  command: Carried<'canvas.update'>,
  newId: () => string,
): Decision {
  const canvas = requireCanvas(state);
  const { title, palette, rateLimits, archived } = command;
  const errors = new FieldErrors();
  if (title !== undefined) checkTitle(title, errors);
  if (palette !== undefined) checkPaletteChange(state, canvas, palette, errors);
  if (rateLimits !== undefined) checkRateLimits(rateLimits, errors);
  checkReason(command.reason, errors);
  errors.throwIfAny();
  const change = {
    ...(title === undefined || title === canvas.name ? {} : { title }),
    ...(palette === undefined || isSame(palette, canvas.palette) ? {} : { palette }),
    ...(rateLimits === undefined || isSame(rateLimits, canvas.rateLimits) ? {} : { rateLimits }),
    ...(archived === undefined || archived === (canvas.status === 'archived') ? {} : { archived }),
  };
  if (Object.keys(change).length === 0) return { answer: canvas };
  return { type: 'canvas.updated', ...moderation(command, newId), ...change };
}

export function paint(state: CanvasState, command: Carried<'canvas.paint'>, { by }: Instant): Decision {
  const canvas = requireCanvas(state);
  if (canvas.status === 'archived') throw new Problem('read_only', 'The canvas is archived.');
  const { name, strokeId } = command;
  checkPixels(state, canvas, command.pixels);
  const pixels = compactPixels(command.pixels);
  return {
    type: 'painted',
    pixels,
    ...(state.painters.find(by)?.name === name ? {} : { name }),
    ...(strokeId === undefined ? {} : { strokeId }),
  };
}

export function lock(state: CanvasState, command: Carried<'canvas.lock'>, newId: () => string): Decision {
  const canvas = requireCanvas(state);
  const { x, y, width, height } = command.region;
  const errors = new FieldErrors();
  checkRegion(command.region, canvas, '/body', errors);
  checkReason(command.reason, errors);
  errors.throwIfAny();
  if (state.locks.size >= MAX_LOCKS)
    throw Problem.invalid('/body', `would be one lock more than ${MAX_LOCKS}`);
  return {
    type: 'locked',
    ...moderation(command, newId),
    id: newId() as EntityId,
    region: { x, y, width, height },
  };
}

export function unlock(state: CanvasState, command: Carried<'canvas.unlock'>, newId: () => string): Decision {
  requireCanvas(state);
  const id = parseEntityId(command.id);
  if (id === undefined || !state.locks.has(id)) throw Problem.notFound('lock', command.id);
  const errors = new FieldErrors();
  checkReason(command.reason, errors);
  errors.throwIfAny();
  return { type: 'unlocked', ...moderation(command, newId), id };
}

/** Where everything is as it should be there is no event: nothing was put back. */
export function rewind(state: CanvasState, command: Carried<'canvas.rewind'>, newId: () => string): Decision {
  const canvas = requireCanvas(state);
  const { to, seenUpTo, region, userId } = command;
  const errors = new FieldErrors();
  if (region !== undefined) checkRegion(region, canvas, '/body/region', errors);
  checkReason(command.reason, errors);
  errors.throwIfAny();
  const pixels = stillToPutBack(state, compactPixels(command.pixels), seenUpTo);
  if (pixels.length === 0) return { answer: { pixels: 0 } };
  return {
    type: 'rewound',
    ...moderation(command, newId),
    to,
    pixels,
    ...(region === undefined ? {} : { region }),
    ...(userId === undefined ? {} : { userId }),
  };
}

/** @returns the same bytes where that is all of them, as it mostly is */
function stillToPutBack(state: CanvasState, packed: Uint8Array, seenUpTo: Seq): Uint8Array {
  const { colors, seqs } = state.planes;
  const colorCount = requireCanvas(state).palette.length;
  const view = pixelView(packed);
  let left = packed;
  let size = 0;
  for (let at = 0; at < packed.length; at += PIXEL_BYTES) {
    const pixel = view.getUint32(at);
    const index = pixel >>> 8;
    const color = pixel & 0xff;
    const isKnown = index < colors.length && color < colorCount;
    if (!isKnown || (seqs[index] ?? 0) > seenUpTo || colors[index] === color) {
      if (left === packed) left = new Uint8Array(packed);
      continue;
    }
    if (left !== packed) setPixel(left, size, index, color);
    size += 1;
  }
  return left === packed ? packed : left.subarray(0, size * PIXEL_BYTES);
}

/** @throws Problem that names the first pixel that offends */
function checkPixels(state: CanvasState, { width, palette }: CanvasInfo, packed: Uint8Array): void {
  if (packed.length === 0 || packed.length % PIXEL_BYTES !== 0) {
    throw Problem.invalid('/pixels', 'must be one pixel or more');
  }
  const locks = [...state.locks.values()];
  for (let n = 0; n < pixelCount(packed); n += 1) {
    const index = pixelIndex(packed, n);
    const [x, y] = [index % width, Math.floor(index / width)];
    const place = { extra: { x, y } };
    if (index >= state.planes.colors.length) {
      throw new Problem('out_of_bounds', `(${x}, ${y}) is not on the canvas.`, place);
    }
    if (pixelColor(packed, n) >= palette.length) {
      throw new Problem('bad_color', `There is no colour ${pixelColor(packed, n)} in the palette.`, place);
    }
    if (locks.some((region) => isInside(region, x, y))) {
      throw new Problem('locked', `(${x}, ${y}) is locked.`, place);
    }
  }
}

/** Pixels are indices: a colour that is in use cannot go. */
function checkPaletteChange(
  state: CanvasState,
  canvas: CanvasInfo,
  palette: readonly string[],
  errors: FieldErrors,
): void {
  checkPalette(palette, errors);
  if (palette.length >= canvas.palette.length) return;
  let highest = canvas.background;
  for (const color of state.planes.colors) if (color > highest) highest = color;
  if (highest >= palette.length) {
    errors.add('/body/palette', `must have at least ${highest + 1} colours: so many are in use`);
  }
}

export function requireCanvas({ canvas, id }: CanvasState): CanvasInfo {
  if (canvas === undefined) throw Problem.notFound('canvas', id);
  return canvas;
}

const moderation = (
  { name, reason }: { readonly name: string; readonly reason?: string },
  newId: () => string,
): Moderation => ({
  auditId: newId() as EntityId,
  name,
  ...(reason === undefined || reason === '' ? {} : { reason }),
});

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
