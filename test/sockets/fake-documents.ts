import type { Subscriber } from '../../actors/door.ts';
import type { DocumentFinder } from '../../http/sockets/realtime-route.ts';
import type { JoinableDocument } from '../../http/sockets/realtime-session.ts';
import type { AnnotationFact } from '../../protocol/annotation-messages.ts';
import type { ConnectionId, DocumentId, Seq } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';

/** A document without actor and store: a list of facts and those who hear them. */
export class FakeDocument implements JoinableDocument {
  readonly id: DocumentId;
  readonly facts: AnnotationFact[] = [];
  readonly subscribers = new Map<ConnectionId, Subscriber>();
  readonly presence = new Map<ConnectionId, Readonly<Record<string, unknown>>>();
  readonly touched: ConnectionId[] = [];
  /** Facts up to here are no longer kept. */
  pruned: Seq = 0;

  constructor(id: DocumentId) {
    this.id = id;
  }

  join(subscriber: Subscriber, afterSeq?: Seq): void {
    const { connectionId, door } = subscriber;
    const seq = this.facts.length;
    const presence = [...this.subscribers.values()].map((other) => this.#presenceOf(other));
    const frames = [
      door.encode({ type: 'welcome', documentId: this.id, connectionId, seq, snapshotSeq: 0, presence }),
    ];
    if (afterSeq !== undefined && (afterSeq > seq || afterSeq < this.pruned)) {
      frames.push(door.encode({ type: 'resync', seq }));
    } else if (afterSeq !== undefined) {
      for (const [index, fact] of this.facts.entries()) {
        if (index >= afterSeq) frames.push(door.encode({ type: 'fact', seq: index + 1, fact }));
      }
    }
    this.subscribers.set(connectionId, subscriber);
    subscriber.deliver(Buffer.concat(frames.filter((frame) => frame !== undefined)), false);
  }

  leave(connectionId: ConnectionId): void {
    this.subscribers.delete(connectionId);
  }

  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void {
    this.presence.set(connectionId, data);
    const mover = this.subscribers.get(connectionId);
    if (mover === undefined) return;
    const presence = this.#presenceOf(mover);
    for (const other of this.subscribers.values()) {
      if (other === mover) continue;
      const frame = other.door.encode({ type: 'presence', change: 'updated', presence });
      if (frame !== undefined) other.deliver(frame, true);
    }
  }

  touchPresence(connectionId: ConnectionId): void {
    this.touched.push(connectionId);
  }

  /** Several facts in one turn are one delivery. */
  commit(...facts: AnnotationFact[]): void {
    const first = this.facts.length + 1;
    this.facts.push(...facts);
    for (const subscriber of [...this.subscribers.values()]) {
      const frames = facts.map((fact, index) =>
        subscriber.door.encode({ type: 'fact', seq: first + index, fact }),
      );
      subscriber.deliver(Buffer.concat(frames.filter((frame) => frame !== undefined)), false);
    }
  }

  #presenceOf({ connectionId, userId, displayName }: Subscriber) {
    return { connectionId, userId, displayName, data: this.presence.get(connectionId) ?? {} };
  }
}

export class FakeDocuments implements DocumentFinder {
  readonly #documents = new Map<string, FakeDocument>();
  /** Held back until it is called: a lookup that takes its time. */
  beforeFind: () => Promise<void> = () => Promise.resolve();

  add(id: string): FakeDocument {
    const document = new FakeDocument(id as DocumentId);
    this.#documents.set(id, document);
    return document;
  }

  async find(_kind: 'annotation', id: string): Promise<JoinableDocument> {
    await this.beforeFind();
    const document = this.#documents.get(id);
    if (document === undefined) throw Problem.notFound('document', id);
    return document;
  }
}
