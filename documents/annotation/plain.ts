import { AbstractType } from 'yjs';
import { type FieldErrors, pointerStep } from '../field-errors.ts';
import { isWellFormed } from '../well-formed-text.ts';

/** Deeper values make every recursive reader of them (JSON, Yjs) a risk; nothing that is drawn is that deep. */
const MAX_DEPTH = 16;

/**
 * An object with named members. Only its OWN members count: a Yjs update can give an object any prototype through a
 * member named `__proto__`, and a copy of it would lose what it inherits.
 */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !(value instanceof AbstractType);

/** An object's own member. */
export const own = (record: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Equality of JSON-plain values; of anything else, identity. */
export function isEqualPlain(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqualPlain(item, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqualPlain(a[name], b[name]))
  );
}

/**
 * A copy of a value that JSON can carry, with `-0` as `0`, so that it is the same after any number of round trips.
 * Adds to `errors` what JSON cannot carry, and the member `__proto__`, which copies of objects lose.
 */
export function copyPlain(value: unknown, path: string, errors: FieldErrors, depth = 0): unknown {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      if (!isWellFormed(value)) errors.add(path, 'must not contain half of a surrogate pair');
      return value;
    case 'number':
      if (!Number.isFinite(value)) errors.add(path, 'must be a finite number');
      return value === 0 ? 0 : value;
    case 'object': {
      if (value === null) return null;
      if (depth === MAX_DEPTH) break;
      if (Array.isArray(value)) {
        return value.map((item, i) => copyPlain(item, `${path}/${i}`, errors, depth + 1));
      }
      if (!isRecord(value)) break;
      const copy: Record<string, unknown> = {};
      for (const name of Object.keys(value)) {
        const step = `${path}/${pointerStep(name)}`;
        if (isUsableName(name, step, errors)) copy[name] = copyPlain(value[name], step, errors, depth + 1);
      }
      return copy;
    }
  }
  errors.add(
    path,
    depth === MAX_DEPTH ? `must not be nested deeper than ${MAX_DEPTH}` : 'must be plain JSON',
  );
  return null;
}

/** Adds what is wrong with a member's name; whether it is right. */
export function isUsableName(name: string, path: string, errors: FieldErrors): boolean {
  if (name === '__proto__') errors.add(path, 'must not be named __proto__');
  else if (!isWellFormed(name)) errors.add(path, 'must not contain half of a surrogate pair');
  else return true;
  return false;
}
