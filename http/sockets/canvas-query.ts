import type { CanvasEncoding } from '../../protocol/canvas-socket.ts';
import type { Seq } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { Query } from './query.ts';
import { parseSeq, refuseUnknown } from './visitor-query.ts';

const KNOWN: readonly string[] = ['token', 'lastSeq', 'encoding'];
const ENCODINGS: readonly CanvasEncoding[] = ['binary', 'json'];

/** What somebody who comes to a canvas says about himself. */
export interface CanvasQuery {
  /** Of a session. */
  readonly token?: string;
  /** The last event whose pixels it has. */
  readonly lastSeq?: Seq;
  readonly encoding: CanvasEncoding;
}

/** Empty ones are absent. @throws Problem `invalid` */
export function parseCanvasQuery(query: Query): CanvasQuery {
  refuseUnknown(query, KNOWN);
  const token = query.get('token');
  const lastSeq = query.get('lastSeq');
  return {
    ...(token ? { token } : {}),
    ...(lastSeq ? { lastSeq: parseSeq('lastSeq', lastSeq) } : {}),
    encoding: parseEncoding(query.get('encoding')),
  };
}

function parseEncoding(text: string | undefined): CanvasEncoding {
  if (!text) return 'binary';
  const encoding = ENCODINGS.find((known) => known === text);
  if (encoding === undefined) {
    throw Problem.invalid('/query/encoding', `must be one of ${ENCODINGS.join(', ')}`);
  }
  return encoding;
}
