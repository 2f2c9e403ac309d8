import * as Y from 'yjs';
import { listAnnotations, Reader } from '../../../client/annotations/read.ts';
import { RoomProvider } from '../../../client/room-provider.ts';
import type { Annotation } from '../../../protocol/entities.ts';
import type { RoomLedger } from './room-ledger.ts';
import type { Place } from './room-member.ts';
import { RoomNetwork } from './room-network.ts';
import { RoomWiretap } from './room-wiretap.ts';

/** Nobody waits so long at a server that works. */
const STUCK_MS = 30_000;

/**
 * Comes to a room for the first time and takes what there is.
 * @returns its document, to be destroyed
 * @throws Error where it is not shown in time
 */
export async function readRoom({ url, roomId, name }: Place, ledger: RoomLedger): Promise<Y.Doc> {
  const doc = new Y.Doc();
  const network = new RoomNetwork(new RoomWiretap(name, ledger));
  const provider = new RoomProvider(doc, {
    url,
    roomId,
    userId: name,
    WebSocket: network.WebSocket,
    backoff: { baseMs: 50, maxMs: 300 },
    isGone: () => Promise.resolve(false),
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} is not shown the room`)), STUCK_MS);
  });
  try {
    await Promise.race([provider.whenSynced(), tooLong]);
  } finally {
    clearTimeout(timer);
    provider.destroy();
  }
  return doc;
}

/** Do two documents have the same, of what is there and of what is deleted? */
export function areEqual(one: Y.Doc, other: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other));
}

/** What one annotation says by every door. What only the server knows is left out. */
type Comparable = Pick<
  Annotation,
  'id' | 'type' | 'geometry' | 'style' | 'content' | 'parent_id' | 'group_id' | 'resolved' | 'orphaned'
>;

/** What a document says to its clients, by id. */
export const projectionOf = (doc: Y.Doc): Map<string, Comparable> =>
  comparableOf(listAnnotations(doc) as unknown as readonly Annotation[], doc);

/** The same of a list by REST. */
export function comparableOf(annotations: readonly Annotation[], doc: Y.Doc): Map<string, Comparable> {
  const reader = new Reader(doc);
  return new Map(
    annotations.map((annotation) => {
      const { id, type, style, content, parent_id, group_id, resolved, orphaned } = annotation;
      // Where an anchor stood that the document has lost, or cannot read, only the server remembers.
      const isLost = orphaned === true && reader.any(parent_id ?? '') === undefined;
      const geometry = isLost ? LOST : annotation.geometry;
      const fields = { id, type, geometry, style, content, parent_id, group_id };
      return [id, withoutAbsent({ ...fields, resolved, orphaned })];
    }),
  );
}

const LOST: Annotation['geometry'] = { x: 0, y: 0 };

const withoutAbsent = (fields: object): Comparable =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Comparable;
