import type { DocumentId } from '../../protocol/ids.ts';
import { RealtimeDoor } from './realtime-door.ts';

interface Entry {
  readonly door: RealtimeDoor;
  users: number;
}

/** The use of a door until it is given back. */
export interface Lease {
  readonly door: RealtimeDoor;
  release(): void;
}

/** One door per document, shared by all its sockets: a document encodes a fact once for each door that it knows. */
export class RealtimeDoors {
  readonly #entries = new Map<DocumentId, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  lease(documentId: DocumentId): Lease {
    const entry = this.#entries.get(documentId) ?? { door: new RealtimeDoor(documentId), users: 0 };
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
