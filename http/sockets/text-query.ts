import type { Seq } from '../../protocol/ids.ts';
import type { Query } from './query.ts';
import { parseSeq, parseVisitor, refuseUnknown, type Visitor } from './visitor-query.ts';

const KNOWN: readonly string[] = ['userId', 'displayName', 'lastSeq'];

/** What the handshake says. */
export interface TextQuery {
  /** Absent: the first message says it. */
  readonly visitor?: Visitor;
  /** The last event that it saw. */
  readonly lastSeq?: Seq;
}

/** @throws Problem `invalid` */
export function parseTextQuery(query: Query): TextQuery {
  refuseUnknown(query, KNOWN);
  const isNamed = Boolean(query.get('userId') || query.get('displayName'));
  // An empty one is absent, as names are.
  const lastSeq = query.get('lastSeq');
  return {
    ...(isNamed ? { visitor: parseVisitor(query, 'userId', 'displayName') } : {}),
    ...(lastSeq ? { lastSeq: parseSeq('lastSeq', lastSeq) } : {}),
  };
}
