import type { DocumentId, EntityId } from '../protocol/ids.ts';
import type { Directory, DocumentRow, EntityRow, Listed, ListQuery } from './port.ts';
import { SortedRows } from './sorted-rows.ts';

/** The directory in memory. Rows are replaced whole, never changed. */
export class MemoryDirectory implements Directory {
  readonly #documents = new SortedRows<DocumentRow>();
  readonly #entities = new Map<string, SortedRows<EntityRow>>();
  readonly #types = new Map<EntityId, string>();
  readonly #open = new Map<EntityId, DocumentId>();

  putDocument(row: DocumentRow): void {
    this.#documents.put(row);
  }

  /** The first document that has an id keeps it: a client of another one cannot take it over. */
  putEntity(row: EntityRow): void {
    const type = this.#types.get(row.id);
    const known = type === undefined ? undefined : this.#entities.get(type)?.get(row.id);
    if (known !== undefined && known.documentId !== row.documentId) return;
    let rows = this.#entities.get(row.type);
    if (rows === undefined) {
      rows = new SortedRows<EntityRow>();
      this.#entities.set(row.type, rows);
    }
    rows.put(row);
    this.#types.set(row.id, row.type);
    if (row.open) this.#open.set(row.id, row.documentId);
    else this.#open.delete(row.id);
  }

  async find(id: DocumentId): Promise<DocumentRow | undefined> {
    return this.#documents.get(id);
  }

  async list(kind: string, query: ListQuery & { readonly query?: string }): Promise<Listed<DocumentRow>> {
    const part = query.query?.toLowerCase();
    return this.#documents.page(
      query,
      (row) =>
        row.kind === kind &&
        (query.includeDeleted || !row.deleted) &&
        (part === undefined || row.title.toLowerCase().includes(part)),
    );
  }

  async locate(id: EntityId): Promise<EntityRow | undefined> {
    const type = this.#types.get(id);
    return type === undefined ? undefined : this.#entities.get(type)?.get(id);
  }

  async entities(type: string, query: ListQuery): Promise<Listed<EntityRow>> {
    const rows = this.#entities.get(type);
    if (rows === undefined) return { rows: [], total: 0 };
    return rows.page(
      query,
      (row) =>
        (query.includeDeleted || !row.deleted) && this.#documents.get(row.documentId)?.deleted === false,
    );
  }

  async withOpenWork(): Promise<readonly DocumentId[]> {
    return [...new Set(this.#open.values())];
  }
}
