import type { FieldErrors } from './field-errors.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text that has a UTF-8 form: no half of a surrogate pair stands alone. */
export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);

/** Length as people and JSON Schema count it. */
export function codePointCount(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(i + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      count -= 1;
      i += 1;
    }
  }
  return count;
}

export interface TextBounds {
  /** Code points. */
  readonly min: number;
  readonly max: number;
}

/** What is wrong with a text, or `undefined`. */
export function textFault(value: unknown, { min, max }: TextBounds): string | undefined {
  if (typeof value !== 'string') return 'must be a text';
  // A code point has one or two units: most texts need no counting.
  if (value.length > max * 2 || (value.length > max && codePointCount(value) > max)) {
    return `must have at most ${max} characters`;
  }
  if (value.length < min) return min === 1 ? 'must not be empty' : `must have at least ${min} characters`;
  if (!isWellFormed(value)) return 'must not contain half of a surrogate pair';
  return undefined;
}

/** Adds what is wrong with a text; whether it is right. */
export function checkText(
  value: unknown,
  bounds: TextBounds,
  path: string,
  errors: FieldErrors,
): value is string {
  const fault = textFault(value, bounds);
  if (fault !== undefined) errors.add(path, fault);
  return fault === undefined;
}
