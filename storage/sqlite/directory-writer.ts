import type { SqliteConnection } from './driver.ts';
import type { EntityTuple, RowTuple } from './messages.ts';
import { toStored } from './stored-text.ts';

/** The part of a document's row that indexes hold, as stored. */
export interface Listing {
  readonly kind: string;
  readonly title: string;
  readonly createdAt: number;
  readonly deleted: boolean;
}

// Two statements: one that names the columns of an index rewrites the index, changed or not.
const TOUCH_ROW = 'UPDATE documents SET updated_at = ?, wire = ? WHERE id = ?';
const PUT_ROW = `
UPDATE documents SET kind = ?, title = ?, title_lower = ?, created_at = ?, updated_at = ?, wire = ?,
  deleted_at = CASE WHEN ? THEN coalesce(deleted_at, ?) END
WHERE id = ?`;
const HIDE_ENTITIES = 'UPDATE entities SET document_deleted = ? WHERE document_id = ?';
const PUT_ENTITY = `
INSERT INTO entities (id, type, document_id, created_at, deleted, open, document_deleted)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET type = excluded.type, created_at = excluded.created_at, deleted = excluded.deleted,
  open = excluded.open, document_deleted = excluded.document_deleted
  WHERE document_id = excluded.document_id`;

/**
 * @param known what the row says until now; undefined where the document was only claimed
 * @returns what it says from now on
 */
export function putRow(connection: SqliteConnection, row: RowTuple, known: Listing | undefined): Listing {
  const [id, kind, title, createdAt, updatedAt, deleted, wire] = row;
  const next = { kind: toStored(kind), title: toStored(title), createdAt, deleted };
  if (
    known !== undefined &&
    known.kind === next.kind &&
    known.title === next.title &&
    known.createdAt === createdAt &&
    known.deleted === deleted
  ) {
    connection.run(TOUCH_ROW, [updatedAt, wire, id]);
    return known;
  }
  const flag = deleted ? 1 : 0;
  const lower = toStored(title.toLowerCase());
  connection.run(PUT_ROW, [next.kind, next.title, lower, createdAt, updatedAt, wire, flag, updatedAt, id]);
  if (known?.deleted !== deleted) connection.run(HIDE_ENTITIES, [flag, id]);
  return next;
}

/** @param present whether its document is known to lists and not deleted */
export function putEntity(connection: SqliteConnection, entity: EntityTuple, present: boolean): void {
  const [id, type, documentId, createdAt, deleted, open] = entity;
  connection.run(PUT_ENTITY, [
    id,
    toStored(type),
    documentId,
    createdAt,
    deleted ? 1 : 0,
    open ? 1 : 0,
    present ? 0 : 1,
  ]);
}
