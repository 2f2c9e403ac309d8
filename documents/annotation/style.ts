import { isColor } from '../../protocol/color.ts';
import type { AnnotationStyle } from '../../protocol/entities.ts';
import { type FieldErrors, pointerStep } from '../field-errors.ts';
import { textFault } from '../well-formed-text.ts';
import { copyPlain, isRecord, isUsableName } from './plain.ts';

/** Keys that mean nothing to the server are kept, within bounds. */
const MAX_KEYS = 100;
/** Bytes of the whole style as JSON. */
const MAX_BYTES = 16_384;

/** What is wrong with a value, or `undefined`. */
type Check = (value: unknown) => string | undefined;

const number =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max
      ? undefined
      : `must be a number from ${min} to ${max}`;

const integer =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;

const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? undefined : `must be one of ${words.join(', ')}`;

const color: Check = (value) =>
  typeof value === 'string' && textFault(value, { min: 0, max: 64 }) === undefined && isColor(value)
    ? undefined
    : 'must be a CSS colour or none';

const dash: Check = (value) =>
  Array.isArray(value) &&
  value.length <= 32 &&
  value.every((length) => number(0, 10_000)(length) === undefined)
    ? undefined
    : 'must be an array of at most 32 numbers from 0 to 10000';

const fontWeight: Check = (value) =>
  integer(100, 900)(value) === undefined || value === 'normal' || value === 'bold'
    ? undefined
    : 'must be a whole number from 100 to 900, normal or bold';

/** The keys that mean something to the server. */
const KNOWN: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['stroke', color],
  ['fill', color],
  ['color', color],
  ['stroke_width', number(0, 100)],
  ['opacity', number(0, 1)],
  ['dash', dash],
  ['line_cap', oneOf('butt', 'round', 'square')],
  ['line_join', oneOf('miter', 'round', 'bevel')],
  ['font_family', (value) => textFault(value, { min: 1, max: 128 })],
  ['font_size', number(1, 512)],
  ['font_weight', fontWeight],
  ['font_style', oneOf('normal', 'italic', 'oblique')],
  ['text_align', oneOf('left', 'center', 'right')],
  ['line_height', number(0.5, 5)],
  ['z_index', integer(-1e6, 1e6)],
]);

/**
 * Checks a style and gives a fresh one, its keys in alphabetical order (the order in a Y.Map depends on history).
 *
 * @returns `undefined` where something was added to `errors`.
 */
export function parseStyle(value: unknown, path: string, errors: FieldErrors): AnnotationStyle | undefined {
  if (value === undefined) return {};
  if (!isRecord(value)) {
    errors.add(path, 'must be an object');
    return undefined;
  }
  const names = Object.keys(value);
  if (names.length > MAX_KEYS) {
    errors.add(path, `must have at most ${MAX_KEYS} keys`);
    return undefined;
  }
  const before = errors.count;
  const style: Record<string, unknown> = {};
  let isOpen = false;
  for (const name of names.sort()) {
    const step = `${path}/${pointerStep(name)}`;
    const check = KNOWN.get(name);
    const fault = check?.(value[name]);
    if (fault !== undefined) errors.add(step, fault);
    else if (check || isUsableName(name, step, errors)) style[name] = copyPlain(value[name], step, errors);
    isOpen ||= check === undefined;
  }
  if (errors.count > before) return undefined;
  // Known keys are short; only free ones can make a style large.
  if (isOpen && byteLength(JSON.stringify(style)) > MAX_BYTES) {
    errors.add(path, `must have at most ${MAX_BYTES} bytes as JSON`);
    return undefined;
  }
  return style;
}

/**
 * Merges a change into a style key by key; `null` removes a key.
 *
 * @returns the checked result, `undefined` where something was added to `errors`.
 */
export function mergeStyle(
  style: AnnotationStyle,
  change: unknown,
  path: string,
  errors: FieldErrors,
): AnnotationStyle | undefined {
  if (!isRecord(change)) {
    errors.add(path, 'must be an object');
    return undefined;
  }
  const names = Object.keys(change);
  if (names.length > MAX_KEYS) {
    errors.add(path, `must have at most ${MAX_KEYS} keys`);
    return undefined;
  }
  const merged = new Map<string, unknown>(Object.entries(style));
  for (const name of names) {
    if (change[name] === null) merged.delete(name);
    else merged.set(name, change[name]);
  }
  // fromEntries defines members, so that even `__proto__` is only a name here.
  return parseStyle(Object.fromEntries(merged), path, errors);
}

function byteLength(text: string): number {
  return text.length * 3 <= MAX_BYTES ? text.length : new TextEncoder().encode(text).length;
}
