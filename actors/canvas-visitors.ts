import type { DocumentId } from '../protocol/ids.ts';

/** Who is at canvases: every open socket, also one whose reader is behind and is told nothing meanwhile. */
export class CanvasVisitors {
  /** Canvases at which nobody is are not in it. */
  readonly #counts = new Map<DocumentId, number>();

  arrive(id: DocumentId): void {
    this.#counts.set(id, this.at(id) + 1);
  }

  depart(id: DocumentId): void {
    const left = this.at(id) - 1;
    if (left > 0) this.#counts.set(id, left);
    else this.#counts.delete(id);
  }

  /** How many there are at one. */
  at(id: DocumentId): number {
    return this.#counts.get(id) ?? 0;
  }
}
