import type { DocumentId } from '../../protocol/ids.ts';

/** The use of a door until it is given back. */
export interface DoorLease<Door> {
  readonly door: Door;
  release(): void;
}

/** One door per document, shared by all its sockets: a document encodes a fact once for each door that it knows. */
export class DoorLeases<Door> {
  readonly #entries = new Map<DocumentId, { readonly door: Door; users: number }>();

  get size(): number {
    return this.#entries.size;
  }

  /** @param create makes the door where there is none yet */
  lease(documentId: DocumentId, create: () => Door): DoorLease<Door> {
    const entry = this.#entries.get(documentId) ?? { door: create(), users: 0 };
    this.#entries.set(documentId, entry);
    entry.users += 1;
    return {
      door: entry.door,
      release: () => {
        entry.users -= 1;
        if (entry.users === 0) this.#entries.delete(documentId);
      },
    };
  }
}
