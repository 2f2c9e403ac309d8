import type { Seq } from '../../protocol/ids.ts';
import type { Query } from './query.ts';
import { parseSeq, parseVisitor, refuseUnknown, type Visitor } from './visitor-query.ts';

const KNOWN: readonly string[] = ['userId', 'displayName', 'lastSeq'];

/** What somebody who comes to a room says about himself. */
export interface RoomQuery extends Visitor {
  /** The last event that it has. */
  readonly lastSeq?: Seq;
}

/** @throws Problem `invalid` */
export function parseRoomQuery(query: Query): RoomQuery {
  refuseUnknown(query, KNOWN);
  const visitor = parseVisitor(query, 'userId', 'displayName');
  const lastSeq = query.get('lastSeq');
  // An empty one is absent, as names are.
  return lastSeq ? { ...visitor, lastSeq: parseSeq('lastSeq', lastSeq) } : visitor;
}
