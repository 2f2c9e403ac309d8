import type { FieldError } from '../protocol/problem.ts';

/**
 * Deeper than anything the contract describes. Free-form values (unknown style keys) would otherwise be as deep as a
 * body is long, and every recursion over them (JSON.stringify, a Yjs encoder) could overflow the stack.
 */
export const MAX_DEPTH = 32;
/** A path is for people; a hostile one must not fill the answer. */
const MAX_PATH = 300;

/** A container of the body, and the way to it. */
interface Place {
  readonly value: object;
  readonly key: string;
  readonly parent: Place | undefined;
  readonly depth: number;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** A JSON Pointer (RFC 6901), as the validator writes them too. */
function pointer(place: Place, key: string): string {
  const keys = [key];
  for (let at: Place | undefined = place; at?.parent; at = at.parent) keys.push(at.key);
  const path = keys
    .reverse()
    .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/');
  // A key may itself be the offence.
  return `/body/${path}`.slice(0, MAX_PATH).replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * One pass over a parsed JSON body, without recursion. Gives the first of: text or a name with a lone surrogate (it has no
 * UTF-8 form, so a store or a CRDT would change it silently), a number that is not finite (`1e400`), the name
 * `__proto__` (copied carelessly it changes an object's prototype), nesting beyond MAX_DEPTH. `escapes: false` says that
 * the text had no `\u`, so that no string can hold a lone surrogate.
 */
export function findOffence(body: unknown, escapes: boolean): FieldError | undefined {
  const isBroken = (text: string): boolean => escapes && LONE_SURROGATE.test(text);
  if (typeof body === 'string' && isBroken(body)) return { path: '/body', message: 'has a lone surrogate' };
  if (typeof body !== 'object' || body === null) return undefined;
  const places: Place[] = [{ value: body, key: '', parent: undefined, depth: 1 }];
  for (let place = places.pop(); place; place = places.pop()) {
    for (const [key, value] of Object.entries(place.value) as [string, unknown][]) {
      const found = (message: string): FieldError => ({ path: pointer(place, key), message });
      if (isBroken(key)) return found('has a lone surrogate in its name');
      if (key === '__proto__') return found('is not allowed as a name');
      if (typeof value === 'number') {
        if (!Number.isFinite(value)) return found('must be a finite number');
      } else if (typeof value === 'string') {
        if (isBroken(value)) return found('has a lone surrogate');
      } else if (typeof value === 'object' && value !== null) {
        if (place.depth >= MAX_DEPTH) return found(`must not be nested deeper than ${MAX_DEPTH} levels`);
        places.push({ value, key, parent: place, depth: place.depth + 1 });
      }
    }
  }
  return undefined;
}
