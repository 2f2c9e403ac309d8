import { ANONYMOUS, type DocumentId, parseDocumentId, type Seq, type UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { Query } from './query.ts';

/** Code points; as the schema UserId of openapi.yaml. */
const MAX_NAME = 128;
/** Control characters would break logs and lists of people. */
const UNPRINTABLE = /\p{Cc}/u;
const KNOWN: readonly string[] = ['document_id', 'user_id', 'display_name', 'last_seq'];

/** What somebody who comes to `/v1/realtime` says about himself. */
export interface RealtimeQuery {
  readonly documentId: DocumentId;
  readonly userId: UserId;
  readonly displayName: string;
  /** The last event that it saw. */
  readonly lastSeq?: Seq;
}

/**
 * A parameter that is not known is refused: `lastSeq` for `last_seq` would otherwise be a silent gap.
 * @throws Problem `invalid`
 */
export function parseRealtimeQuery(query: Query): RealtimeQuery {
  for (const name of query.keys()) {
    if (!KNOWN.includes(name)) {
      throw Problem.invalid(`/query/${name}`, `is not known; there are ${KNOWN.join(', ')}`);
    }
  }
  const documentId = parseDocumentId(query.get('document_id') ?? '');
  if (documentId === undefined)
    throw Problem.invalid('/query/document_id', 'must be the UUIDv4 of a document');
  const userId = (parseName(query, 'user_id') ?? ANONYMOUS) as UserId;
  const displayName = parseName(query, 'display_name') ?? userId;
  const lastSeq = parseSeq(query.get('last_seq'));
  return { documentId, userId, displayName, ...(lastSeq === undefined ? {} : { lastSeq }) };
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
  if (text === undefined) return undefined;
  const seq = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seq))
    throw Problem.invalid('/query/last_seq', 'must be a whole number, 0 or more');
  return seq;
}
