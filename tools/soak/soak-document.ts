import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { TextCrdt } from '../../client/text-documents-api.ts';
import { History } from './history.ts';

/** A document under test: what was seen of it, and what of it must never be lost. */
export class SoakDocument {
  readonly id: string;
  readonly crdt: TextCrdt;
  readonly history: History;
  /** Everything that was ever acknowledged, and nothing else. */
  readonly #acked = new Y.Doc();

  constructor(id: string, crdt: TextCrdt) {
    this.id = id;
    this.crdt = crdt;
    this.history = new History((delta) => Y.applyUpdate(this.#acked, fromBase64(delta)));
  }

  /** Updates that were acknowledged. */
  get ackCount(): number {
    return this.history.acked.size;
  }

  /** All that is acknowledged at this moment, as one update. */
  acknowledged(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#acked);
  }
}

/** Does a document already have everything that an update says? */
export function hasAll(doc: Y.Doc, update: Uint8Array): boolean {
  const before = Y.snapshot(doc);
  const both = new Y.Doc();
  Y.applyUpdate(both, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(both, update);
  const isSame = Y.equalSnapshots(before, Y.snapshot(both));
  both.destroy();
  return isSame;
}
