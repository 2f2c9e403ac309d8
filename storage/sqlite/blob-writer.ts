import { unpack } from './byte-pack.ts';
import type { SqliteConnection } from './driver.ts';
import type { WriteOperation } from './messages.ts';

const BEGIN_BLOB =
  'INSERT INTO blobs (hash, size, created_at, complete) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING';
const PUT_PART = 'INSERT INTO blob_parts (hash, part, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const STORED_SIZE = 'SELECT coalesce(sum(length(bytes)), 0) FROM blob_parts WHERE hash = ?';
const END_BLOB = 'UPDATE blobs SET complete = 1 WHERE hash = ?';

/**
 * One part of a blob. The blob can be read from its last part on. Two writers of the same bytes write the same parts,
 * so neither needs to know of the other.
 * @throws Error where the last part comes and others are missing
 */
export function writeBlobPart(
  connection: SqliteConnection,
  { hash, size, at, part, last, bytes }: Extract<WriteOperation, { type: 'putBlobPart' }>,
  packed: Uint8Array,
): void {
  connection.run(BEGIN_BLOB, [hash, size, at]);
  connection.run(PUT_PART, [hash, part, unpack(packed, bytes)]);
  if (!last) return;
  const stored = connection.all(STORED_SIZE, [hash])[0]?.[0];
  if (stored !== size) throw new Error(`blob ${hash} has ${stored} of ${size} bytes`);
  connection.run(END_BLOB, [hash]);
}
