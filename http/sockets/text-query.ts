import { ANONYMOUS, type Seq, type UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { Query } from './query.ts';

/** Code points. */
const MAX_NAME = 128;
/** Control characters would break logs and lists of people. */
const UNPRINTABLE = /\p{Cc}/u;
const KNOWN: readonly string[] = ['userId', 'displayName', 'lastSeq'];

/** Who comes to a text document. */
export interface TextVisitor {
  readonly userId: UserId;
  readonly displayName: string;
}

/** What the handshake says. */
export interface TextQuery {
  /** Absent: the first message says it. */
  readonly visitor?: TextVisitor;
  /** The last event that it saw. */
  readonly lastSeq?: Seq;
}

/**
 * A parameter that is not known is refused: `last_seq` for `lastSeq` would otherwise be a whole document each time.
 * @throws Problem `invalid`
 */
export function parseTextQuery(query: Query): TextQuery {
  for (const name of query.keys()) {
    if (!KNOWN.includes(name)) {
      throw Problem.invalid(`/query/${name}`, `is not known; there are ${KNOWN.join(', ')}`);
    }
  }
  const userId = parseName(query, 'userId');
  const displayName = parseName(query, 'displayName');
  const lastSeq = parseSeq(query.get('lastSeq'));
  return {
    ...(userId === undefined && displayName === undefined
      ? {}
      : {
          visitor: {
            userId: (userId ?? ANONYMOUS) as UserId,
            displayName: displayName ?? userId ?? ANONYMOUS,
          },
        }),
    ...(lastSeq === undefined ? {} : { lastSeq }),
  };
}

/** An empty one is absent: a form without a name sends it so. */
function parseName(query: Query, name: string): string | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  if ([...text].length > MAX_NAME) {
    throw Problem.invalid(`/query/${name}`, `must not be longer than ${MAX_NAME} characters`);
  }
  if (UNPRINTABLE.test(text)) throw Problem.invalid(`/query/${name}`, 'must not have control characters');
  return text;
}

function parseSeq(text: string | undefined): Seq | undefined {
  if (text === undefined || text === '') return undefined;
  const seq = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seq))
    throw Problem.invalid('/query/lastSeq', 'must be a whole number, 0 or more');
  return seq;
}
