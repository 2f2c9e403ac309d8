import type { ConnectionId, DocumentId, Seq } from '../protocol/ids.ts';
import type { ProblemCode } from '../protocol/problem-table.ts';
import type { MailboxObserver } from './hot-path.ts';
import { aboutOf, isFrequent, isKept, isShown, originOf } from './inspected-message.ts';
import type { InspectionOutcome, InspectionRecord } from './inspection-record.ts';
import type { DocumentMessage } from './messages.ts';
import { type DraftRecord, RecordRing } from './record-ring.ts';
import type { Told } from './told.ts';

/** Records that are kept. */
const KEPT = 1_000;
/** Messages between two readings that get a record; more are only counted, so that watching costs a bounded time. */
const RECORDED_PER_READING = 150;

/** What a tap asks of the document that it is at. */
export interface InspectedDocument {
  /** The door through which a subscriber came. */
  doorOf(connectionId: ConnectionId): string | undefined;
}

export interface InspectionReading {
  /** What is new or has changed, in order. */
  readonly records: readonly InspectionRecord[];
  /** Messages without a record since the tap began. */
  readonly skipped: number;
  /** To be given to the next reading. */
  readonly change: number;
}

/**
 * What happens at one document while somebody watches it. The document calls it within its turns, so it calls nobody:
 * watchers come and read. Whatever goes wrong in here ends the watching, and nothing else.
 */
export class Tap implements MailboxObserver<DocumentMessage> {
  readonly id: DocumentId;
  readonly #now: () => number;
  #document: InspectedDocument | undefined;
  #isBroken = false;
  readonly #ring = new RecordRing(KEPT, ({ seq }) => {
    if (seq !== undefined) this.#told.delete(seq);
  });
  #left = RECORDED_PER_READING;
  #messages = 0;
  #skipped = 0;
  #state = 'absent';
  #current: DraftRecord | undefined;
  /** Asked for and not yet handled. */
  readonly #waiting = new Map<DocumentMessage, DraftRecord>();
  /** By `seq`, ascending: not yet durable. */
  #pending: DraftRecord[] = [];
  /** Durable, and of the records that are kept. */
  readonly #told = new Map<Seq, DraftRecord>();

  /** @param now ms since 1970, as fine as the machine has it */
  constructor(id: DocumentId, now: () => number) {
    this.id = id;
    this.#now = now;
  }

  /** Something in here failed: nothing is recorded any more. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Messages so far. */
  get messages(): number {
    return this.#messages;
  }

  /** All records that are kept, in order. */
  get records(): readonly InspectionRecord[] {
    return this.#ring.records;
  }

  /** What changed since a reading, at most `limit` records, the newest; makes room for new ones. */
  read(since: number, limit: number): InspectionReading {
    this.#left = RECORDED_PER_READING;
    const changed = this.#ring.since(since);
    const omitted = Math.max(0, changed.length - limit);
    this.#skipped += omitted;
    return {
      records: omitted === 0 ? changed : changed.slice(omitted),
      skipped: this.#skipped,
      change: this.#ring.change,
    };
  }

  /** An incarnation of the document begins, or is there already. */
  started(document: InspectedDocument, state: string, session: string): void {
    this.#guard(() => {
      this.#document = document;
      this.#state = state;
      this.#note('actor.started', { session });
    });
  }

  /** The actor has ended. @param reason where it failed */
  ended(reason?: string): void {
    this.#guard(() => {
      const before = this.#state;
      this.#current = undefined;
      this.#document = undefined;
      for (const record of [...this.#waiting.values(), ...this.#pending]) this.#settle(record, 'failed');
      this.#waiting.clear();
      this.#pending = [];
      this.#told.clear();
      this.#state = reason === undefined ? 'stopped' : 'crashed';
      const type = reason === undefined ? 'actor.stopped' : 'actor.crashed';
      this.#note(type, {
        ...(before === this.#state ? {} : { stateBefore: before }),
        ...(reason === undefined ? {} : { reason }),
      });
    });
  }

  /** A message is on its way into the mailbox. */
  sent(message: DocumentMessage): void {
    if (this.#isBroken || this.#left === 0 || this.#waiting.size >= KEPT) return;
    this.#guard(() => this.#waiting.set(message, this.#begin(message)));
  }

  /** Counts what is not recorded: that has to be quick, for it is most of what a busy document does. */
  looksAt(message: DocumentMessage): boolean {
    if (this.#isBroken) return false;
    this.#messages += 1;
    if (this.#left > 0 || (this.#waiting.size > 0 && this.#waiting.has(message))) return isShown(message);
    if (!isFrequent(message)) return isShown(message);
    this.#skipped += 1;
    return false;
  }

  /** @param isHot the message is handled now; else the chart may keep it for later */
  taken(message: DocumentMessage, state: string, isHot: boolean): void {
    this.#guard(() => {
      this.#state = state;
      const record = this.#waiting.get(message) ?? this.#begin(message);
      this.#current = record;
      if (!isHot && isKept(message)) {
        // The same message comes again when the document is ready for it.
        this.#waiting.set(message, record);
        this.#ring.touch(record);
        return;
      }
      this.#waiting.delete(message);
      record.outcome = 'ok';
      record.taken = this.#now();
    });
  }

  handled(state: string): void {
    this.#guard(() => {
      const record = this.#current;
      this.#current = undefined;
      if (record === undefined) return;
      if (state !== this.#state) record.stateBefore = this.#state;
      this.#state = record.state = state;
      if (record.outcome !== 'waiting') record.executed = this.#now();
      if (record.type === 'execute' && record.outcome === 'ok') record.outcome = 'unchanged';
      this.#ring.touch(record);
    });
  }

  /** The command that is being handled made an event. */
  logged(seq: Seq, size: number): void {
    const record = this.#current;
    if (record === undefined) return;
    this.#guard(() => {
      record.seq = seq;
      record.size = size;
      record.outcome = 'pending';
      this.#pending.push(record);
    });
  }

  /** What is being handled was refused. */
  refused(code: ProblemCode): void {
    if (this.#current !== undefined) this.#current.outcome = code;
  }

  /** All events up to this one are durable, by an append of so many. */
  committed(seq: Seq, events: number): void {
    if (this.#isBroken) return;
    if (this.#current?.type === 'committed') {
      this.#current.seq = seq;
      this.#current.events = events;
    }
    if (this.#pending.length === 0) return;
    this.#guard(() => {
      const now = this.#now();
      let count = 0;
      for (const record of this.#pending) {
        if ((record.seq ?? 0) > seq) break;
        count += 1;
        record.committed = now;
        this.#settle(record, 'ok');
        if (record.seq !== undefined) this.#told.set(record.seq, record);
      }
      this.#pending = this.#pending.slice(count);
    });
  }

  /** A door has written this to its sockets. */
  told(door: string, readers: number, notices: readonly Told[]): void {
    if (this.#isBroken || this.#told.size === 0) return;
    this.#guard(() => {
      let now: number | undefined;
      for (const notice of notices) {
        const record = notice.type === 'fact' ? this.#told.get(notice.seq) : undefined;
        if (record === undefined) continue;
        now ??= this.#now();
        record.published = now;
        record.doors = [...(record.doors ?? []), door];
        record.readers = (record.readers ?? 0) + readers;
        this.#ring.touch(record);
      }
    });
  }

  #begin(message: DocumentMessage): DraftRecord {
    const about = aboutOf(message);
    const { command, by, connectionId } = about;
    return this.#add({
      type: message.type,
      ...(command === undefined ? {} : { command }),
      from: originOf(message, about, (id) => this.#document?.doorOf(id)),
      ...(by === undefined ? {} : { by }),
      ...(connectionId === undefined ? {} : { connectionId }),
      at: this.#now(),
      outcome: 'waiting',
      state: this.#state,
    });
  }

  #note(type: string, more: Partial<InspectionRecord>): void {
    this.#add({ type, from: 'runtime', at: this.#now(), outcome: 'ok', state: this.#state, ...more });
  }

  #add(record: Omit<DraftRecord, 'no' | 'change'>): DraftRecord {
    if (this.#left > 0) this.#left -= 1;
    return this.#ring.add(record);
  }

  #settle(record: DraftRecord, outcome: InspectionOutcome): void {
    record.outcome = outcome;
    this.#ring.touch(record);
  }

  /** A throw would end the document's actor, for the sake of somebody who only looks on. */
  #guard(act: () => void): void {
    if (this.#isBroken) return;
    try {
      act();
    } catch {
      this.#isBroken = true;
      this.#current = undefined;
      this.#waiting.clear();
      this.#pending = [];
      this.#told.clear();
    }
  }
}
