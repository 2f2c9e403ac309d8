import * as Y from 'yjs';
import { AnnotationCrdt } from '../../../documents/annotation/annotation-crdt.ts';
import { Projection } from '../../../documents/annotation/projection.ts';
import type { DocumentId, UserId } from '../../../protocol/ids.ts';

/** A small annotation to begin with. */
export const BOX = { type: 'box', geometry: { x: 0, y: 0, width: 10, height: 10 } } as const;

/** One user's copy of a room's document, with what it has not told anybody yet. */
export class Replica {
  readonly doc = new Y.Doc();
  readonly updates: Uint8Array[] = [];

  constructor(clientId: number) {
    this.doc.clientID = clientId;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') this.updates.push(update);
    });
  }

  /** Brings two copies together. */
  static sync(...replicas: readonly Replica[]): void {
    for (const from of replicas) {
      for (const update of from.updates.splice(0)) {
        for (const to of replicas) if (to !== from) Y.applyUpdate(to.doc, update, 'remote');
      }
    }
  }
}

/** What the server makes of a document: what it shows, and what it refuses to show. */
export class ServerSide {
  readonly #crdt = new AnnotationCrdt();
  readonly #projection = new Projection('00000000-0000-4000-8000-000000000000' as DocumentId, this.#crdt);
  #clock = 0;

  /** @throws Problem where the update is not admitted */
  take(update: Uint8Array): ReturnType<Projection['fold']>['quarantined'] {
    const change = this.#crdt.merge(update);
    if (change === undefined) return [];
    this.#clock += 1;
    return this.#projection.fold(change.touched, { at: this.#clock, by: 'ann' as UserId, seq: this.#clock })
      .quarantined;
  }

  get ids(): string[] {
    return this.#projection.active().map(({ id }) => id);
  }

  get active(): ReturnType<Projection['active']> {
    return this.#projection.active();
  }
}
