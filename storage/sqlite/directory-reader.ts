import type { SqliteConnection, SqlValue } from './driver.ts';
import type { Answers, EntityTuple, ReadOperation, RowTuple } from './messages.ts';
import { fromStored, toStored } from './stored-text.ts';

type Of<Type extends ReadOperation['type']> = Extract<ReadOperation, { type: Type }>;
type Row = readonly SqlValue[];

const ROW = 'id, kind, title, created_at, updated_at, deleted_at IS NOT NULL, wire';
const ENTITY = 'id, type, document_id, created_at, deleted, open';
const ORDER = 'ORDER BY created_at, id';

const FIND = `SELECT ${ROW} FROM documents WHERE id = ? AND kind IS NOT NULL`;
const LOCATE = `SELECT ${ENTITY} FROM entities WHERE id = ?`;
const WITH_OPEN_WORK = 'SELECT DISTINCT document_id FROM entities WHERE open = 1';

const DOCUMENTS = 'FROM documents INDEXED BY documents_by_creation WHERE kind = ?';
const PRESENT = 'AND deleted_at IS NULL';
// A literal part, so no LIKE; both sides are in lower case already.
const TITLED = 'AND instr(title_lower, ?) > 0';
const ENTITIES = 'FROM entities INDEXED BY entities_by_creation WHERE type = ? AND document_deleted = 0';
const ENTITIES_PRESENT =
  'FROM entities INDEXED BY entities_present WHERE type = ? AND document_deleted = 0 AND deleted = 0';

/** Lists and lookups. Counts and the rows that a page skips are read from indexes alone. */
export class DirectoryReader {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  find(id: string): RowTuple | null {
    const [row] = this.#connection.all(FIND, [id]);
    return row === undefined ? null : documentRow(row);
  }

  list({ kind, page, size, includeDeleted, titlePart }: Of<'list'>): Answers['list'] {
    const from = [DOCUMENTS, includeDeleted ? '' : PRESENT, titlePart === undefined ? '' : TITLED].join(' ');
    const values = [toStored(kind), ...(titlePart === undefined ? [] : [toStored(titlePart)])];
    const { rows, total } = this.#page('documents', from, values, page, size);
    return { rows: rows.map(documentRow), total };
  }

  locate(id: string): EntityTuple | null {
    const [row] = this.#connection.all(LOCATE, [id]);
    return row === undefined ? null : entityRow(row);
  }

  entities({ entityType, page, size, includeDeleted }: Of<'entities'>): Answers['entities'] {
    const from = includeDeleted ? ENTITIES : ENTITIES_PRESENT;
    const { rows, total } = this.#page('entities', from, [toStored(entityType)], page, size);
    return { rows: rows.map(entityRow), total };
  }

  withOpenWork(): readonly string[] {
    return this.#connection.all(WITH_OPEN_WORK, []).map(([id]) => String(id));
  }

  /** The ids of a page come from the index; only the rows of the page itself are looked up. */
  #page(
    table: 'documents' | 'entities',
    from: string,
    values: readonly string[],
    page: number,
    size: number,
  ): { readonly rows: readonly Row[]; readonly total: number } {
    const columns = table === 'documents' ? ROW : ENTITY;
    const ids = `SELECT id ${from} ${ORDER} LIMIT ? OFFSET ?`;
    const rows = this.#connection.all(`SELECT ${columns} FROM ${table} WHERE id IN (${ids}) ${ORDER}`, [
      ...values,
      size,
      (page - 1) * size,
    ]);
    const total = Number(this.#connection.all(`SELECT count(*) ${from}`, values)[0]?.[0]);
    return { rows, total };
  }
}

function documentRow([id, kind, title, createdAt, updatedAt, deleted, wire]: Row): RowTuple {
  return [
    String(id),
    fromStored(String(kind)),
    fromStored(String(title)),
    Number(createdAt),
    Number(updatedAt),
    deleted === 1,
    String(wire),
  ];
}

function entityRow([id, type, documentId, createdAt, deleted, open]: Row): EntityTuple {
  return [
    String(id),
    fromStored(String(type)),
    String(documentId),
    Number(createdAt),
    deleted === 1,
    open === 1,
  ];
}
