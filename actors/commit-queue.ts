import type { Applied, Effect } from '../documents/kind.ts';
import type { DocumentId, EntityId, Seq } from '../protocol/ids.ts';
import type { DocumentRow, EntityRow, EventBatch, Snapshot, StoredEvent } from '../storage/port.ts';
import type { Reply } from './ask.ts';
import type { Origin } from './door.ts';

/** An event on its way to the store, with what is told of it once it is there. */
export interface WaitingEvent {
  readonly event: StoredEvent;
  readonly applied: Applied<unknown, unknown>;
  readonly origin: Origin | undefined;
  readonly reply: Reply<unknown>;
  readonly outcome: unknown;
}

/** Something else that took not yet durable events into account: an answer, a refusal, a newcomer's welcome. */
export interface WaitingTurn {
  readonly event?: undefined;
  /** Its turn: everything before it is durable, and nothing after it has been told. */
  readonly then: () => void;
}

export type Waiting = WaitingEvent | WaitingTurn;

/** Events of one append: bounds the store's transaction, and what is lost with it when it fails. */
const EVENTS_PER_APPEND = 1_000;

const NOTHING: readonly Waiting[] = Object.freeze([]);

/**
 * The events of one document between `execute` and the store, in order. One append is in flight at a time; what
 * arrives meanwhile goes with the next one (group commit).
 */
export class CommitQueue {
  #pending: Waiting[] = [];
  #inFlight: Waiting[] | undefined;

  /** Nothing waits. */
  get isEmpty(): boolean {
    return this.#inFlight === undefined && this.#pending.length === 0;
  }

  get isAppending(): boolean {
    return this.#inFlight !== undefined;
  }

  get length(): number {
    return this.#pending.length + (this.#inFlight?.length ?? 0);
  }

  push(waiting: Waiting): void {
    // What has no event goes with what is before it, not with the append after.
    if (waiting.event === undefined && this.#pending.length === 0 && this.#inFlight !== undefined) {
      this.#inFlight.push(waiting);
    } else this.#pending.push(waiting);
  }

  /** What to append next. Nothing may be in flight, something must be pending. */
  begin(): readonly Waiting[] {
    this.#inFlight =
      this.#pending.length > EVENTS_PER_APPEND ? this.#pending.splice(0, EVENTS_PER_APPEND) : this.#pending;
    if (this.#inFlight === this.#pending) this.#pending = [];
    return this.#inFlight;
  }

  /** The append is durable. */
  finish(): readonly Waiting[] {
    const done = this.#inFlight ?? NOTHING;
    this.#inFlight = undefined;
    return done;
  }

  hasPending(): boolean {
    return this.#pending.length > 0;
  }
}

/** The store's batch for a run of waiting events. */
export function batchOf(id: DocumentId, kind: string, waiting: readonly Waiting[]): EventBatch {
  const events: StoredEvent[] = [];
  let row: DocumentRow | undefined;
  let entities: Map<EntityId, EntityRow> | undefined;
  let pins: Snapshot[] | undefined;
  for (const one of waiting) {
    if (one.event === undefined) continue;
    const { event, applied } = one;
    events.push(event);
    if (applied.summary !== undefined) row = { id, kind, ...applied.summary };
    if (applied.entities !== undefined) {
      entities ??= new Map();
      for (const entity of applied.entities) entities.set(entity.id, { ...entity, documentId: id });
    }
    if (applied.pin !== undefined) {
      pins ??= [];
      pins.push(pinOf(applied.pin, event.at));
    }
  }
  return {
    events,
    ...(row === undefined ? {} : { row }),
    ...(entities === undefined ? {} : { entities: [...entities.values()] }),
    ...(pins === undefined ? {} : { pins }),
  };
}

const pinOf = (pin: { readonly seq: Seq; readonly bytes: Uint8Array }, at: number): Snapshot => ({
  seq: pin.seq,
  at,
  bytes: pin.bytes,
  pinned: true,
});

/** The effects of committed events, in order. */
export function* effectsOf(waiting: readonly Waiting[]): Iterable<Effect> {
  for (const one of waiting) {
    if (one.event !== undefined && one.applied.effects !== undefined) yield* one.applied.effects;
  }
}
