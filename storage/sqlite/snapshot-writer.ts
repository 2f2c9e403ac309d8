import { surplusSnapshots } from '../surplus-snapshots.ts';
import { unpack } from './byte-pack.ts';
import type { SqliteConnection } from './driver.ts';
import type { SnapshotTuple, WriteOperation } from './messages.ts';

type Of<Type extends WriteOperation['type']> = Extract<WriteOperation, { type: Type }>;

const PUT_SNAPSHOT = `
INSERT INTO document_snapshots (document_id, version, created_at, pinned, snapshot_blob, parts) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (document_id, version) DO UPDATE SET pinned = max(pinned, excluded.pinned)`;
const PUT_PART =
  'INSERT OR REPLACE INTO snapshot_parts (document_id, version, part, bytes) VALUES (?, ?, ?, ?)';
const PARTS = 'SELECT count(*) FROM snapshot_parts WHERE document_id = ? AND version = ? AND part < ?';
const HAS_SNAPSHOT = 'SELECT 1 FROM document_snapshots WHERE document_id = ? AND version = ?';
const UNPINNED =
  'SELECT version FROM document_snapshots WHERE document_id = ? AND pinned = 0 ORDER BY version';
const DROP_SNAPSHOT = 'DELETE FROM document_snapshots WHERE document_id = ? AND version = ?';
const DROP_LOOSE_PARTS = `
DELETE FROM snapshot_parts WHERE document_id = ?1
AND version NOT IN (SELECT version FROM document_snapshots WHERE document_id = ?1 AND parts > 0)`;

/**
 * A snapshot, whose first parts were put before. The state at a `seq` is always the same: where there is a snapshot of
 * it already, that stays, and is pinned where this one is.
 * @throws Error where parts are missing
 */
export function putSnapshot(
  connection: SqliteConnection,
  id: string,
  { snapshot, parts }: { readonly snapshot: SnapshotTuple; readonly parts: number },
  bytes: Uint8Array,
): void {
  const [seq, at, pinned, range] = snapshot;
  if (parts > 0 && !hasSnapshot(connection, id, seq)) {
    const found = Number(connection.all(PARTS, [id, seq, parts])[0]?.[0]);
    if (found !== parts) throw new Error(`the snapshot of ${id} at ${seq} has ${found} of ${parts} parts`);
  }
  connection.run(PUT_SNAPSHOT, [id, seq, at, pinned ? 1 : 0, unpack(bytes, range), parts]);
}

/** One part of a snapshot that is not there yet. */
export function putSnapshotPart(
  connection: SqliteConnection,
  { id, seq, part, bytes: range }: Of<'putSnapshotPart'>,
  bytes: Uint8Array,
): void {
  if (!hasSnapshot(connection, id, seq)) connection.run(PUT_PART, [id, seq, part, unpack(bytes, range)]);
}

export function thinSnapshots(connection: SqliteConnection, { id, keepSnapshots }: Of<'thin'>): void {
  const seqs = connection.all(UNPINNED, [id]).map(([seq]) => Number(seq));
  for (const seq of surplusSnapshots(seqs, keepSnapshots)) connection.run(DROP_SNAPSHOT, [id, seq]);
  dropLooseParts(connection, id);
}

/** Parts of snapshots that were dropped, or given up before their last part. */
export function dropLooseParts(connection: SqliteConnection, id: string): void {
  connection.run(DROP_LOOSE_PARTS, [id]);
}

const hasSnapshot = (connection: SqliteConnection, id: string, seq: number): boolean =>
  connection.all(HAS_SNAPSHOT, [id, seq]).length > 0;
