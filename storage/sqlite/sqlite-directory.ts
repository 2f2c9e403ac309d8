import type { DocumentId, EntityId } from '../../protocol/ids.ts';
import type { Directory, DocumentRow, EntityRow, Listed, ListQuery } from '../port.ts';
import type { EntityTuple, ReadOperation, RowTuple } from './messages.ts';
import type { ThreadClient } from './thread-client.ts';

/** The directory of a SQLite store. */
export class SqliteDirectory implements Directory {
  readonly #reader: ThreadClient<ReadOperation>;

  constructor(reader: ThreadClient<ReadOperation>) {
    this.#reader = reader;
  }

  async find(id: DocumentId): Promise<DocumentRow | undefined> {
    const { answer } = await this.#reader.call(() => ({ type: 'find', id }));
    return answer === null ? undefined : documentRow(answer);
  }

  async list(kind: string, query: ListQuery & { readonly query?: string }): Promise<Listed<DocumentRow>> {
    const { page, size, includeDeleted } = query;
    const titlePart = query.query?.toLowerCase();
    const { answer } = await this.#reader.call(() => ({
      type: 'list',
      kind,
      page,
      size,
      includeDeleted,
      titlePart,
    }));
    return { rows: answer.rows.map(documentRow), total: answer.total };
  }

  async locate(id: EntityId): Promise<EntityRow | undefined> {
    const { answer } = await this.#reader.call(() => ({ type: 'locate', id }));
    return answer === null ? undefined : entityRow(answer);
  }

  async entities(entityType: string, query: ListQuery): Promise<Listed<EntityRow>> {
    const { page, size, includeDeleted } = query;
    const { answer } = await this.#reader.call(() => ({
      type: 'entities',
      entityType,
      page,
      size,
      includeDeleted,
    }));
    return { rows: answer.rows.map(entityRow), total: answer.total };
  }

  async withOpenWork(): Promise<readonly DocumentId[]> {
    const { answer } = await this.#reader.call(() => ({ type: 'withOpenWork' }));
    return answer.map((id) => id as DocumentId);
  }
}

const documentRow = ([id, kind, title, createdAt, updatedAt, deleted, wire]: RowTuple): DocumentRow => ({
  id: id as DocumentId,
  kind,
  title,
  createdAt,
  updatedAt,
  deleted,
  wire: JSON.parse(wire),
});

const entityRow = ([id, type, documentId, createdAt, deleted, open]: EntityTuple): EntityRow => ({
  id: id as EntityId,
  type,
  documentId: documentId as DocumentId,
  createdAt,
  deleted,
  open,
});
