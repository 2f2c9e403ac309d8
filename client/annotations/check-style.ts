import { isColor } from '../../protocol/color.ts';
import type { AnnotationStyleInput } from './annotation.ts';
import { invalid } from './annotation-error.ts';
import { isFamily, isWellFormed } from './check-text.ts';

const MAX_KEYS = 100;
/** Bytes of the whole style as JSON. */
const MAX_BYTES = 16_384;
const MAX_DEPTH = 16;
/** `z_index` either way. */
export const MAX_Z_INDEX = 1_000_000;

type Check = (value: unknown) => boolean;

const number =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;

const integer =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && number(min, max)(value);

const oneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);

const color: Check = (value) =>
  typeof value === 'string' && value.length <= 64 && isWellFormed(value) && isColor(value);

/** The keys that mean something to the server, and what it takes. */
const KNOWN: ReadonlyMap<string, { readonly check: Check; readonly must: string }> = new Map(
  Object.entries({
    stroke: { check: color, must: 'be a CSS colour or none' },
    fill: { check: color, must: 'be a CSS colour or none' },
    color: { check: color, must: 'be a CSS colour or none' },
    stroke_width: { check: number(0, 100), must: 'be a number from 0 to 100' },
    opacity: { check: number(0, 1), must: 'be a number from 0 to 1' },
    dash: {
      check: (value) => Array.isArray(value) && value.length <= 32 && value.every(number(0, 10_000)),
      must: 'be an array of at most 32 numbers from 0 to 10000',
    },
    line_cap: { check: oneOf('butt', 'round', 'square'), must: 'be butt, round or square' },
    line_join: { check: oneOf('miter', 'round', 'bevel'), must: 'be miter, round or bevel' },
    font_family: { check: isFamily, must: 'be well-formed text of 1 to 128 characters' },
    font_size: { check: number(1, 512), must: 'be a number from 1 to 512' },
    font_weight: {
      check: (value) => integer(100, 900)(value) || value === 'normal' || value === 'bold',
      must: 'be a whole number from 100 to 900, normal or bold',
    },
    font_style: { check: oneOf('normal', 'italic', 'oblique'), must: 'be normal, italic or oblique' },
    text_align: { check: oneOf('left', 'center', 'right'), must: 'be left, center or right' },
    line_height: { check: number(0.5, 5), must: 'be a number from 0.5 to 5' },
    z_index: {
      check: integer(-MAX_Z_INDEX, MAX_Z_INDEX),
      must: `be a whole number from ${-MAX_Z_INDEX} to ${MAX_Z_INDEX}`,
    },
  } satisfies Record<string, { check: Check; must: string }>),
);

/** Checks a whole style as the server does. @throws AnnotationError `invalid` */
export function checkStyle(style: Readonly<Record<string, unknown>>): AnnotationStyleInput {
  const names = Object.keys(style);
  if (names.length > MAX_KEYS) throw invalid('/style', `must have at most ${MAX_KEYS} keys`);
  let isOpen = false;
  for (const name of names) {
    const known = KNOWN.get(name);
    if (known !== undefined ? !known.check(style[name]) : !isUsable(name) || !isPlain(style[name])) {
      throw invalid(`/style/${name}`, `must ${known?.must ?? 'be plain JSON'}`);
    }
    isOpen ||= known === undefined;
  }
  // Known keys are short; only free ones can make a style large.
  if (isOpen && new TextEncoder().encode(JSON.stringify(style)).length > MAX_BYTES) {
    throw invalid('/style', `must have at most ${MAX_BYTES} bytes as JSON`);
  }
  return style;
}

const isUsable = (name: string): boolean => name !== '__proto__' && isWellFormed(name);

function isPlain(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'boolean':
      return true;
    case 'string':
      return isWellFormed(value);
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (depth === MAX_DEPTH) return false;
      if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
      // Yjs throws on any other, in the middle of a transaction.
      if (Object.getPrototypeOf(value) !== Object.prototype) return false;
      return Object.entries(value).every(([name, item]) => isUsable(name) && isPlain(item, depth + 1));
    default:
      return false;
  }
}
