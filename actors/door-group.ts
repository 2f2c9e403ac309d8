import type { ConnectionId } from '../protocol/ids.ts';
import { INTERNAL_ERROR } from './close-codes.ts';
import type { Door, Presence, Subscriber } from './door.ts';
import { FrameBatch } from './frame-batch.ts';
import type { Gathering, GatherTimer } from './gather-timer.ts';
import { MergedFrames, type MergingDoor } from './merged-frames.ts';
import { SharedFrames } from './shared-frames.ts';
import { type Told, tellsOwn } from './told.ts';

/** More notices than this do not wait for the end of a gathering. */
const GATHERED_LIMIT = 1_000;

export interface DoorGroupParts {
  readonly timer: GatherTimer;
  readonly presenceOf: (connectionId: ConnectionId) => Presence | undefined;
  /** Frames were written to sockets. */
  readonly onBroadcast: (frames: number) => void;
  /** These were written to all subscribers of a door. */
  readonly onTold: (door: Door, readers: number, notices: readonly Told[]) => void;
}

type Frames = Pick<FrameBatch, 'count' | 'isEmpty' | 'bytesFor'>;

/**
 * The subscribers of one document through one door, and what they are about to be told: at the end of the turn, or,
 * where the door gathers and something was told a moment ago, when its time is over.
 */
export class DoorGroup implements Gathering {
  readonly door: Door;
  readonly #parts: DoorGroupParts;
  readonly #subscribers = new Map<ConnectionId, Subscriber>();
  #outbox: Told[] = [];
  /** Connections whose presence changed: one notice each, however often it changed. */
  readonly #moved = new Set<ConnectionId>();
  /** Those who came while something waited, and how many notices of the outbox are older than their stay. */
  readonly #newcomers = new Map<ConnectionId, number>();
  #isGathering = false;

  constructor(door: Door, parts: DoorGroupParts) {
    this.door = door;
    this.#parts = parts;
  }

  get size(): number {
    return this.#subscribers.size;
  }

  subscribers(): Iterable<Subscriber> {
    return this.#subscribers.values();
  }

  /** What waits by now it does not get. */
  add(subscriber: Subscriber): void {
    this.#subscribers.set(subscriber.connectionId, subscriber);
    if (this.#outbox.length > 0) this.#newcomers.set(subscriber.connectionId, this.#outbox.length);
  }

  remove(connectionId: ConnectionId): void {
    this.#subscribers.delete(connectionId);
    this.#newcomers.delete(connectionId);
  }

  /** @returns whether the group is to be flushed at the end of the turn */
  tell(notice: Told): boolean {
    this.#outbox.push(notice);
    return !this.#isGathering || this.#outbox.length >= GATHERED_LIMIT;
  }

  /** As `tell`, of something that only the one who asked for it is told. */
  tellOne(notice: Told): boolean {
    return tellsOwn(this.door, notice) && this.tell(notice);
  }

  /** As `tell`. */
  move(connectionId: ConnectionId): boolean {
    this.#moved.add(connectionId);
    return !this.#isGathering;
  }

  /** One that has gone does not move any more. */
  forgetMove(connectionId: ConnectionId): void {
    this.#moved.delete(connectionId);
  }

  /** The turn has ended. */
  endTurn(): void {
    if (!this.#isGathering || this.#outbox.length >= GATHERED_LIMIT) this.#tellAndGather();
  }

  tick(): void {
    this.#isGathering = false;
    this.#tellAndGather();
  }

  /** Writes all that waits. @throws what the door does: nobody stays then */
  flush(): void {
    const outbox = this.#outbox;
    const moved = [...this.#moved];
    this.#outbox = [];
    this.#moved.clear();
    try {
      if (outbox.length > 0) {
        this.#write(this.#framesOf(outbox), false);
        this.#parts.onTold(this.door, this.#subscribers.size, outbox);
      }
      this.#newcomers.clear();
      if (moved.length > 0) this.#write(this.#movesOf(moved), true);
    } catch (error) {
      // What they were to be told is lost: whoever stayed would have a gap and not know of it.
      for (const subscriber of [...this.#subscribers.values()]) {
        subscriber.close(INTERNAL_ERROR, 'internal error');
      }
      throw error;
    }
  }

  /** Writes a frame to all, before what waits. */
  write(frame: Uint8Array | undefined): void {
    const batch = new FrameBatch();
    batch.add(frame);
    this.#write(batch, false);
  }

  #tellAndGather(): void {
    if (this.#outbox.length === 0 && this.#moved.size === 0) return;
    this.flush();
    const { gatherMs = 0 } = this.door;
    if (gatherMs === 0 || this.#isGathering || this.#subscribers.size === 0) return;
    this.#isGathering = true;
    this.#parts.timer.start(this, gatherMs);
  }

  #framesOf(notices: readonly Told[]): Frames {
    if (this.door.sharesOwn === true) return new SharedFrames(this.door, notices);
    const isMerging = notices.length > 1 && this.door.encodeMerged !== undefined;
    return isMerging
      ? new MergedFrames(this.door as MergingDoor, notices)
      : FrameBatch.of(this.door, notices);
  }

  /** Everybody gets the moves of all others. */
  #movesOf(connectionIds: readonly ConnectionId[]): Frames {
    const batch = new FrameBatch();
    for (const connectionId of connectionIds) {
      const presence = this.#parts.presenceOf(connectionId);
      if (presence === undefined) continue;
      const frame = this.door.encode({ type: 'presence', change: 'updated', presence });
      batch.addExcept(frame, connectionId, undefined);
    }
    return batch;
  }

  #write(frames: Frames, droppable: boolean): void {
    if (frames.isEmpty) return;
    for (const subscriber of this.#subscribers.values()) {
      const { connectionId } = subscriber;
      const bytes = frames.bytesFor(connectionId, droppable ? 0 : this.#newcomers.get(connectionId));
      if (bytes.length > 0) subscriber.deliver(bytes, droppable);
    }
    this.#parts.onBroadcast(frames.count * this.#subscribers.size);
  }
}
