import type { ConnectionId, DocumentId, Seq } from '../protocol/ids.ts';
import type { MetricsSink } from '../protocol/metrics.ts';
import type { Door, Notice, Origin, RepeatNotice, Subscriber } from './door.ts';
import type { Fact } from './fact-log.ts';
import { FrameBatch } from './frame-batch.ts';
import { PresenceTable } from './presence-table.ts';
import type { TurnEnd } from './turn-end.ts';

/**
 * The subscribers of one document, and what they are about to be told.
 *
 * What is published within a turn of the event loop is encoded once per door, joined, and written once to each socket.
 * Survives a crash of its document's actor: the next one takes it over.
 */
export class Publisher {
  readonly #documentId: DocumentId;
  readonly #turnEnd: TurnEnd;
  readonly #metrics: MetricsSink;
  readonly #subscribers = new Map<ConnectionId, Subscriber>();
  readonly #groups = new Map<Door, Set<Subscriber>>();
  readonly #presence = new PresenceTable();
  /** Connections whose presence changed in this turn: one notice each, however often it changed. */
  readonly #moved = new Set<ConnectionId>();
  #outbox: (Notice | RepeatNotice)[] = [];
  /** Those who joined in this turn, and how many notices of the outbox are older than their stay. */
  readonly #newcomers = new Map<ConnectionId, number>();
  #scheduled = false;

  constructor(documentId: DocumentId, turnEnd: TurnEnd, metrics: MetricsSink) {
    this.#documentId = documentId;
    this.#turnEnd = turnEnd;
    this.#metrics = metrics;
  }

  get size(): number {
    return this.#subscribers.size;
  }

  /** Welcomes a subscriber and tells it what it missed. What is in the outbox by now it does not get. */
  join(
    subscriber: Subscriber,
    head: Seq,
    missed: readonly Fact[] | 'resync' | undefined,
    opening?: unknown,
  ): void {
    const own = this.#presence.add(subscriber);
    const { connectionId, door } = subscriber;
    const first: Notice[] = [
      {
        type: 'welcome',
        documentId: this.#documentId,
        connectionId,
        seq: head,
        ...(missed === undefined || missed === 'resync' ? {} : { after: head - missed.length }),
        presence: this.#presence.all().filter((presence) => presence !== own),
        opening,
      },
    ];
    if (missed === 'resync') first.push({ type: 'resync', seq: head });
    else for (const { seq, fact } of missed ?? []) first.push({ type: 'fact', seq, fact });
    const batch = new FrameBatch();
    for (const notice of first) batch.add(door.encode(notice));
    subscriber.deliver(batch.bytesFor(connectionId), false);
    this.#publish({ type: 'presence', change: 'joined', presence: own });
    if (this.#outbox.length > 0) this.#newcomers.set(connectionId, this.#outbox.length);
    this.#subscribers.set(connectionId, subscriber);
    const group = this.#groups.get(door);
    if (group === undefined) this.#groups.set(door, new Set([subscriber]));
    else group.add(subscriber);
  }

  leave(connectionId: ConnectionId): void {
    const subscriber = this.#subscribers.get(connectionId);
    if (subscriber === undefined) return;
    this.#subscribers.delete(connectionId);
    const group = this.#groups.get(subscriber.door);
    group?.delete(subscriber);
    if (group?.size === 0) this.#groups.delete(subscriber.door);
    this.#moved.delete(connectionId);
    this.#newcomers.delete(connectionId);
    const presence = this.#presence.remove(connectionId);
    if (presence !== undefined) this.#publish({ type: 'presence', change: 'left', presence });
  }

  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>, now: number): void {
    if (!this.#presence.set(connectionId, data, now)) return;
    this.#moved.add(connectionId);
    this.#schedule();
  }

  touchPresence(connectionId: ConnectionId, now: number): void {
    this.#presence.touch(connectionId, now);
  }

  expirePresence(now: number): void {
    for (const connectionId of this.#presence.expire(now)) this.#moved.add(connectionId);
    if (this.#moved.size > 0) this.#schedule();
  }

  fact(seq: Seq, fact: unknown, origin?: Origin): void {
    this.#publish({ type: 'fact', seq, fact, ...(origin === undefined ? {} : { origin }) });
  }

  /** Its connection is told in its place among the facts. */
  repeat(notice: RepeatNotice): void {
    this.#publish(notice);
  }

  transient(fact: unknown): void {
    this.#publish({ type: 'transient', fact });
  }

  /**
   * After a crash: what was told and what is in the log may differ, so everybody reads anew.
   * @param openingOf answers a door's `opening` query
   */
  resync(head: Seq, openingOf: (door: Door) => unknown): void {
    this.flush();
    this.#send(false, (door, batch) => {
      batch.add(door.encode({ type: 'resync', seq: head, opening: openingOf(door) }));
    });
  }

  /** Writes what this turn has gathered. */
  flush(): void {
    this.#scheduled = false;
    const outbox = this.#outbox;
    const moved = [...this.#moved];
    if (outbox.length === 0 && moved.length === 0) return;
    this.#outbox = [];
    this.#moved.clear();
    if (outbox.length > 0) this.#sendToAll(outbox);
    this.#newcomers.clear();
    if (moved.length > 0) this.#sendMoves(moved);
  }

  /** Tells all what is left to tell and ends their stay. */
  closeAll(code: number, reason: string): void {
    this.flush();
    for (const subscriber of [...this.#subscribers.values()]) {
      subscriber.close(code, reason);
      this.leave(subscriber.connectionId);
    }
    this.#outbox = [];
  }

  #publish(notice: Notice | RepeatNotice): void {
    if (this.#subscribers.size === 0) return;
    this.#outbox.push(notice);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#turnEnd.schedule(this);
  }

  #sendToAll(notices: readonly (Notice | RepeatNotice)[]): void {
    this.#send(false, (door, batch) => {
      for (const notice of notices) {
        if (notice.type === 'repeat') {
          batch.addExcept(undefined, notice.origin.connectionId, door.encodeRepeat?.(notice));
          continue;
        }
        const frame = door.encode(notice);
        if (notice.type === 'fact' && notice.origin !== undefined && door.encodeOwn !== undefined) {
          batch.addExcept(frame, notice.origin.connectionId, door.encodeOwn(notice));
        } else batch.add(frame);
      }
    });
  }

  /** Everybody gets the moves of all others. */
  #sendMoves(connectionIds: readonly ConnectionId[]): void {
    this.#send(true, (door, batch) => {
      for (const connectionId of connectionIds) {
        const presence = this.#presence.get(connectionId);
        if (presence === undefined) continue;
        batch.addExcept(
          door.encode({ type: 'presence', change: 'updated', presence }),
          connectionId,
          undefined,
        );
      }
    });
  }

  #send(droppable: boolean, fill: (door: Door, batch: FrameBatch) => void): void {
    for (const [door, group] of this.#groups) {
      const batch = new FrameBatch();
      fill(door, batch);
      if (batch.isEmpty) continue;
      for (const subscriber of group) {
        const { connectionId } = subscriber;
        const bytes = batch.bytesFor(connectionId, droppable ? 0 : this.#newcomers.get(connectionId));
        if (bytes.length > 0) subscriber.deliver(bytes, droppable);
      }
      this.#metrics.broadcast(batch.count * group.size);
    }
  }
}
