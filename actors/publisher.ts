import type { ConnectionId, DocumentId, Seq, UserId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import { closeCodeOf } from './close-codes.ts';
import type {
  Door,
  Notice,
  Origin,
  Presence,
  RefusalNotice,
  RepeatNotice,
  Subscriber,
  WelcomeNotice,
} from './door.ts';
import { DoorGroup, type DoorGroupParts } from './door-group.ts';
import type { Environment } from './environment.ts';
import type { Fact } from './fact-log.ts';
import { FrameBatch } from './frame-batch.ts';
import type { Tap } from './inspection-tap.ts';
import { PresenceTable } from './presence-table.ts';
import type { Told } from './told.ts';

/** What a newcomer is told first: the document as it is after event `seq`. */
export interface Welcome {
  readonly seq: Seq;
  readonly snapshotSeq: Seq;
  /** It goes on where it was: after this event. Absent where it begins at `seq`. */
  readonly after?: Seq;
  /** The facts after `after` and up to `seq` that it is told; `resync`: they are not kept. */
  readonly missed: readonly Fact[] | 'resync';
  readonly opening: unknown;
}

/** A subscriber, and the names of what it lets others see. */
export interface Visitor {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly door: string;
  readonly shows: readonly string[];
}

/**
 * The subscribers of one document, and what they are about to be told.
 *
 * What is published within a turn of the event loop is encoded once per door, joined, and written once to each socket.
 * Survives a crash of its document's actor: the next one takes it over.
 */
export class Publisher {
  readonly #documentId: DocumentId;
  readonly #env: Pick<Environment, 'turnEnd' | 'gatherTimer' | 'metrics'>;
  readonly #parts: DoorGroupParts;
  readonly #subscribers = new Map<ConnectionId, Subscriber>();
  readonly #groups = new Map<Door, DoorGroup>();
  readonly #presence = new PresenceTable();
  #scheduled = false;
  /** Absent: nobody watches the document. */
  tap: Tap | undefined;

  constructor(documentId: DocumentId, env: Pick<Environment, 'turnEnd' | 'gatherTimer' | 'metrics'>) {
    this.#documentId = documentId;
    this.#env = env;
    this.#parts = {
      timer: env.gatherTimer,
      presenceOf: (connectionId) => this.#presence.get(connectionId),
      onBroadcast: (frames) => env.metrics.broadcast(frames),
      onTold: (door, readers, notices) => this.tap?.told(door.name, readers, notices),
    };
  }

  get size(): number {
    return this.#subscribers.size;
  }

  doorOf(connectionId: ConnectionId): Door | undefined {
    return this.#subscribers.get(connectionId)?.door;
  }

  /** Who is here, at most so many, in the order in which they came. */
  visitors(limit: number): Visitor[] {
    const visitors: Visitor[] = [];
    for (const { connectionId, userId, door } of this.#subscribers.values()) {
      if (visitors.length >= limit) break;
      const data = this.#presence.get(connectionId)?.data ?? {};
      visitors.push({ connectionId, userId, door: door.name, shows: Object.keys(data) });
    }
    return visitors;
  }

  /** Welcomes a subscriber and tells it what it missed. What waits to be told by now it does not get. */
  join(subscriber: Subscriber, { seq, after, snapshotSeq, missed, opening }: Welcome): void {
    const { connectionId, door } = subscriber;
    const welcome: WelcomeNotice = {
      type: 'welcome',
      documentId: this.#documentId,
      connectionId,
      seq,
      ...(after === undefined ? {} : { after }),
      snapshotSeq,
      // Not copied for nothing: thousands may join.
      presence: door.ignoresPresence === true ? NOBODY : this.#presence.all(),
      opening,
    };
    const first: Notice[] = [welcome];
    if (missed === 'resync') first.push({ type: 'resync', seq });
    else for (const { seq, fact } of missed) first.push({ type: 'fact', seq, fact });
    subscriber.deliver(FrameBatch.of(door, first).bytesFor(connectionId), false);
    const shared = door.encodeOpening?.(welcome);
    if (shared !== undefined) subscriber.deliver(shared, false);
    this.#tell({ type: 'presence', change: 'joined', presence: this.#presence.add(subscriber) });
    this.#subscribers.set(connectionId, subscriber);
    let group = this.#groups.get(door);
    if (group === undefined) {
      group = new DoorGroup(door, this.#parts);
      this.#groups.set(door, group);
    }
    group.add(subscriber);
  }

  leave(connectionId: ConnectionId): void {
    const subscriber = this.#subscribers.get(connectionId);
    if (subscriber === undefined) return;
    this.#subscribers.delete(connectionId);
    const own = this.#groups.get(subscriber.door);
    own?.remove(connectionId);
    if (own?.size === 0) this.#groups.delete(subscriber.door);
    for (const group of this.#groups.values()) group.forgetMove(connectionId);
    const presence = this.#presence.remove(connectionId);
    if (presence !== undefined) this.#tell({ type: 'presence', change: 'left', presence });
  }

  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>, now: number): void {
    if (this.#presence.set(connectionId, data, now)) this.#move(connectionId);
  }

  touchPresence(connectionId: ConnectionId, now: number): void {
    this.#presence.touch(connectionId, now);
  }

  expirePresence(now: number): void {
    for (const connectionId of this.#presence.expire(now)) this.#move(connectionId);
  }

  fact(seq: Seq, fact: unknown, origin?: Origin): void {
    if (this.#subscribers.size === 0) return;
    this.#tell({ type: 'fact', seq, fact, ...(origin === undefined ? {} : { origin }) });
  }

  /** Its connection is told in its place among the facts, where its door has a word for it. */
  tellOne(notice: RepeatNotice | RefusalNotice): void {
    const subscriber = this.#subscribers.get(notice.origin.connectionId);
    const group = subscriber && this.#groups.get(subscriber.door);
    if (group?.tellOne(notice) === true) this.#schedule();
  }

  transient(fact: unknown): void {
    this.#tell({ type: 'transient', fact });
  }

  /**
   * After a crash: what was told and what is in the log may differ, so everybody reads anew.
   * @param openingOf answers a door's `opening` query; a Problem that it throws ends the stay of that door's subscribers
   */
  resync(seq: Seq, openingOf: (door: Door) => unknown): void {
    this.flushAll();
    for (const group of [...this.#groups.values()]) {
      try {
        group.write(group.door.encode({ type: 'resync', seq, opening: openingOf(group.door) }));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        for (const subscriber of [...group.subscribers()])
          this.#end(subscriber, closeCodeOf(error), error.code);
      }
    }
  }

  /** The turn has ended: writes what it has brought, but for what the doors gather. */
  flush(): void {
    this.#scheduled = false;
    this.#forEachGroup((group) => group.endTurn());
  }

  /** Writes all that waits, also what is being gathered. */
  flushAll(): void {
    this.#forEachGroup((group) => group.flush());
  }

  /** Tells all what is left to tell and ends their stay. */
  closeAll(code: number, reason: string): void {
    this.flushAll();
    for (const subscriber of [...this.#subscribers.values()]) this.#end(subscriber, code, reason);
  }

  /** A door that fails does not keep the others from being told. @throws the first failure */
  #forEachGroup(act: (group: DoorGroup) => void): void {
    const failures: unknown[] = [];
    for (const group of [...this.#groups.values()]) {
      try {
        act(group);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  #end(subscriber: Subscriber, code: number, reason: string): void {
    subscriber.close(code, reason);
    this.leave(subscriber.connectionId);
  }

  #tell(notice: Told): void {
    let isDue = false;
    for (const group of this.#groups.values()) {
      if (notice.type === 'presence' && group.door.ignoresPresence === true) continue;
      isDue = group.tell(notice) || isDue;
    }
    if (isDue) this.#schedule();
  }

  #move(connectionId: ConnectionId): void {
    let isDue = false;
    for (const group of this.#groups.values()) {
      if (group.door.ignoresPresence !== true) isDue = group.move(connectionId) || isDue;
    }
    if (isDue) this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#env.turnEnd.schedule(this);
  }
}

const NOBODY: readonly Presence[] = Object.freeze([]);
