import { type DocumentId, parseDocumentId, type Seq } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { Query } from './query.ts';
import { parseSeq, parseVisitor, refuseUnknown, type Visitor } from './visitor-query.ts';

const KNOWN: readonly string[] = ['document_id', 'user_id', 'display_name', 'last_seq'];

/** What somebody who comes to `/v1/realtime` says about himself. */
export interface RealtimeQuery extends Visitor {
  readonly documentId: DocumentId;
  /** The last event that it saw. */
  readonly lastSeq?: Seq;
}

/** @throws Problem `invalid` */
export function parseRealtimeQuery(query: Query): RealtimeQuery {
  refuseUnknown(query, KNOWN);
  const documentId = parseDocumentId(query.get('document_id') ?? '');
  if (documentId === undefined)
    throw Problem.invalid('/query/document_id', 'must be the UUIDv4 of a document');
  const visitor = parseVisitor(query, 'user_id', 'display_name');
  const lastSeq = query.get('last_seq');
  return {
    documentId,
    ...visitor,
    ...(lastSeq === undefined ? {} : { lastSeq: parseSeq('last_seq', lastSeq) }),
  };
}
