import { ANONYMOUS, type Seq, type UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { Query } from './query.ts';

/** Code points; as the schema UserId of openapi.yaml. */
const MAX_NAME = 128;
/** Control characters would break logs and lists of people. */
const UNPRINTABLE = /\p{Cc}/u;

/** Who comes to a document. */
export interface Visitor {
  readonly userId: UserId;
  readonly displayName: string;
}

/**
 * A parameter that is not known is refused: `last_seq` for `lastSeq` would otherwise be a silent gap, or a whole
 * document each time.
 * @throws Problem `invalid`
 */
export function refuseUnknown(query: Query, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) {
      throw Problem.invalid(`/query/${name}`, `is not known; there are ${known.join(', ')}`);
    }
  }
}

/** @throws Problem `invalid` */
export function parseVisitor(query: Query, userIdName: string, displayNameName: string): Visitor {
  const userId = (parseName(query, userIdName) ?? ANONYMOUS) as UserId;
  return { userId, displayName: parseName(query, displayNameName) ?? userId };
}

/**
 * An empty one is absent: a form without a name sends it so.
 * @throws Problem `invalid`
 */
export function parseName(query: Query, name: string): string | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  if ([...text].length > MAX_NAME) {
    throw Problem.invalid(`/query/${name}`, `must not be longer than ${MAX_NAME} characters`);
  }
  if (UNPRINTABLE.test(text)) throw Problem.invalid(`/query/${name}`, 'must not have control characters');
  return text;
}

/** @throws Problem `invalid` where the text is not the number of an event, or 0 */
export function parseSeq(name: string, text: string): Seq {
  const seq = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seq))
    throw Problem.invalid(`/query/${name}`, 'must be a whole number, 0 or more');
  return seq;
}
