import type { AnyDocumentKind, Applied, Executed as Lived, Unchanged } from '../documents/kind.ts';
import type { ConnectionId, DocumentId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Claim, StoredEvent } from '../storage/port.ts';
import type { Reply } from './ask.ts';
import { batchOf, CommitQueue, effectsOf } from './commit-queue.ts';
import type { Door, RepeatNotice, Subscriber } from './door.ts';
import type { Environment } from './environment.ts';
import { type Fact, FactLog } from './fact-log.ts';
import { factsBetween, rebuild } from './history.ts';
import type { DocumentMessage, Executed } from './messages.ts';
import { OperationLog } from './operation-log.ts';
import { Publisher } from './publisher.ts';
import { sealSnapshot } from './snapshot-envelope.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';

/** How a document reaches its own mailbox. */
type Send = (message: DocumentMessage) => void;
type MessageOf<Type extends DocumentMessage['type']> = Extract<DocumentMessage, { type: Type }>;

const COMMITTED: DocumentMessage = { type: 'committed' };
const DOCUMENT_DELETED_CLOSE_CODE = 4404;

/**
 * A document in memory: its state, its place in the log, what waits to become durable, and who listens. Only its actor
 * calls it, one message at a time.
 *
 * Invariant: `committed <= seq`; what was answered or published is at or below `committed`.
 */
export class LiveDocument {
  readonly id: DocumentId;
  readonly kind: AnyDocumentKind;
  readonly #env: Environment;
  readonly #queue = new CommitQueue();
  readonly #snapshots: SnapshotKeeper;
  #send: Send = () => undefined;
  #claim: Claim | undefined;
  #state: unknown;
  #deleted = false;
  #seq: Seq = 0;
  #committed: Seq = 0;
  #lastAt = 0;
  #appendStarted = 0;
  #appended: Promise<void> | undefined;
  #publisher: Publisher | undefined;
  #facts: FactLog | undefined;
  #operations: OperationLog | undefined;
  /** Subscribers whose missed facts are being read from the store. */
  #catchingUp: Map<ConnectionId, Subscriber> | undefined;
  /** The facts with `from < seq <= upTo` that are being read for them. */
  #reading:
    | { readonly from: Seq; readonly upTo: Seq; readonly facts: Promise<readonly Fact[] | undefined> }
    | undefined;

  /** @param publisher of the predecessor that crashed; its subscribers are told to resync */
  constructor(env: Environment, kind: AnyDocumentKind, id: DocumentId, publisher?: Publisher) {
    this.#env = env;
    this.kind = kind;
    this.id = id;
    this.#publisher = publisher;
    this.#snapshots = new SnapshotKeeper(env, id, () => this.#sealed());
  }

  get seq(): Seq {
    return this.#seq;
  }

  /** Deleted, as far as is durable. */
  get isDeleted(): boolean {
    return this.#deleted;
  }

  get exists(): boolean {
    return this.#committed > 0;
  }

  get pending(): number {
    return this.#queue.length;
  }

  get subscribers(): number {
    return (this.#publisher?.size ?? 0) + (this.#catchingUp?.size ?? 0);
  }

  /** Nobody listens and nothing waits. */
  get isQuiet(): boolean {
    return this.subscribers === 0 && this.#queue.isEmpty;
  }

  /** Time matters to it: something may expire or fall due. */
  get needsSweep(): boolean {
    return !this.#queue.isEmpty || this.#snapshots.isDirty || (this.#publisher?.size ?? 0) > 0;
  }

  /** Settles when no append of this document is on its way any more; never rejects. */
  get appended(): Promise<void> | undefined {
    return this.#appended;
  }

  /** The subscribers, for the next incarnation. */
  get publisher(): Publisher | undefined {
    return this.#publisher;
  }

  /**
   * Takes the document over and reads it: claim first, so that no older owner can append behind what is read.
   * @param after the predecessor's append in flight; it is awaited, but not longer than an append may take
   */
  async load(after: Promise<void> | undefined, send: Send): Promise<void> {
    const { limits } = this.#env;
    if (after !== undefined) await timeLimit(after, limits.appendMs).catch(() => undefined);
    await timeLimit(this.#read(), limits.loadMs);
    this.#send = send;
  }

  async #read(): Promise<void> {
    const { store } = this.#env;
    this.#claim = await store.claim(this.id, this.#env.owner);
    const events: [StoredEvent, Applied<unknown, unknown>][] = [];
    const rebuilt = await rebuild(store, this.kind, this.id, undefined, (event, applied) => {
      events.push([event, applied]);
    });
    if (rebuilt === undefined || rebuilt.seq !== this.#claim.head) {
      throw new Error(`the log of ${this.id} is not whole up to ${this.#claim.head}`);
    }
    const row = await store.directory.find(this.id);
    this.#deleted = row?.deleted ?? false;
    this.#state = rebuilt.state;
    this.#operations = rebuilt.operations;
    this.#facts = new FactLog(rebuilt.seq - rebuilt.replayed);
    for (const [event, applied] of events) this.#remember(event, applied);
    this.#seq = this.#committed = rebuilt.seq;
    this.#lastAt = rebuilt.at;
    this.#snapshots.begin(rebuilt.replayed);
  }

  /** Called once, when the chart has become active. */
  begin(): void {
    this.#publisher?.resync(this.#committed, (door) => this.#openingOf(door));
    if (this.#deleted) {
      // Its end was durable, but the predecessor did not live to hear that.
      this.#publisher?.closeAll(DOCUMENT_DELETED_CLOSE_CODE, 'document deleted');
      return;
    }
    for (const effect of this.kind.unfinished(this.#state)) this.#env.onEffect(this.id, effect);
  }

  execute({ command, caller, reply }: MessageOf<'execute'>): void {
    const { operationId, connectionId } = caller;
    const known = operationId === undefined ? undefined : this.#operations?.get(operationId);
    if (known !== undefined) {
      if (known.type !== command.type) {
        this.#settle(reply, reusedKey(), true);
        return;
      }
      const { seq, answer } = known;
      const repeat: RepeatNotice | undefined =
        connectionId === undefined
          ? undefined
          : { type: 'repeat', seq, origin: { connectionId, operationId } };
      this.#settle(reply, { seq, answer } satisfies Executed, false, repeat);
      return;
    }
    const seq = this.#seq + 1;
    const at = Math.max(this.#env.clock.now(), this.#lastAt);
    let executed: Lived<unknown, unknown, unknown> | Unchanged<unknown>;
    try {
      executed = this.kind.execute(this.#state, command, { at, by: caller.by, seq }, this.#env.newId);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#settle(reply, error, true);
      return;
    }
    const { answer } = executed;
    if (executed.event === undefined) {
      this.#settle(reply, { seq: this.#seq, answer } satisfies Executed, false);
      return;
    }
    const stored: StoredEvent = {
      seq,
      at,
      by: caller.by,
      ...(operationId === undefined ? {} : { operationId, operationType: command.type }),
      version: this.kind.eventVersion,
      bytes: this.kind.encode(executed.event),
    };
    // Before this operation is remembered: the pinned state does not have it.
    const pin = executed.pin && {
      seq: executed.pin.seq,
      bytes: sealSnapshot(executed.pin.bytes, this.#operations),
    };
    this.#seq = seq;
    this.#lastAt = at;
    if (operationId !== undefined) {
      this.#operations ??= new OperationLog();
      this.#operations.add(operationId, { type: command.type, seq, at, answer });
    }
    this.#queue.push({
      event: stored,
      applied: pin === undefined ? executed : { ...executed, pin },
      origin: connectionId === undefined ? undefined : { connectionId, operationId },
      reply: reply as Reply<unknown>,
      outcome: { seq, answer } satisfies Executed,
      refused: false,
    });
    this.#snapshots.count(seq, at);
    if (!this.#queue.isAppending) this.#append();
  }

  query({ query, reply }: MessageOf<'query'>): void {
    let answer: unknown;
    try {
      answer = this.kind.query(this.#state, query);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#settle(reply, error, true);
      return;
    }
    this.#settle(reply, answer, false);
  }

  head({ reply }: MessageOf<'head'>): void {
    this.#settle(reply, this.#seq, false);
  }

  committed(): void {
    const done = this.#queue.finish();
    let events = 0;
    for (const { event, applied, origin, reply, outcome, refused, repeat } of done) {
      if (event !== undefined && applied !== undefined) {
        events++;
        this.#committed = event.seq;
        if (applied.summary !== undefined) this.#deleted = applied.summary.deleted;
        this.#facts?.add(event.seq, applied.fact, event.bytes.length);
        this.#publisher?.fact(event.seq, applied.fact, origin);
      }
      if (repeat !== undefined) this.#publisher?.repeat(repeat);
      if (refused) reply?.reject(outcome);
      else reply?.resolve(outcome);
    }
    if (events > 0) {
      this.#env.metrics.appended(events, this.#env.clock.now() - this.#appendStarted);
    }
    for (const effect of effectsOf(done)) this.#env.onEffect(this.id, effect);
    if (this.#deleted) this.#publisher?.closeAll(DOCUMENT_DELETED_CLOSE_CODE, 'document deleted');
    if (this.#queue.hasPending()) this.#append();
    this.#snapshots.save(this.#claim, this.#committed);
  }

  join({ subscriber, afterSeq }: MessageOf<'join'>): void {
    if (this.#deleted) {
      subscriber.close(DOCUMENT_DELETED_CLOSE_CODE, 'document deleted');
      return;
    }
    if (afterSeq === undefined || afterSeq > this.#committed) {
      this.#subscribe(subscriber, afterSeq === undefined ? undefined : 'resync');
      return;
    }
    const missed = this.#remembered(afterSeq);
    if (missed !== undefined) {
      this.#subscribe(subscriber, missed);
      return;
    }
    this.#catchingUp ??= new Map();
    this.#catchingUp.set(subscriber.connectionId, subscriber);
    this.#readMissed(afterSeq).then(
      (facts) => this.#send({ type: 'caughtUp', subscriber, facts }),
      () => this.#send({ type: 'caughtUp', subscriber, facts: undefined }),
    );
  }

  caughtUp({ subscriber, facts }: MessageOf<'caughtUp'>): void {
    if (this.#catchingUp?.get(subscriber.connectionId) !== subscriber) return; // it left meanwhile
    this.#catchingUp.delete(subscriber.connectionId);
    if (this.#deleted) {
      subscriber.close(DOCUMENT_DELETED_CLOSE_CODE, 'document deleted');
      return;
    }
    const last = facts?.at(-1)?.seq;
    const since = last === undefined ? undefined : this.#facts?.after(last);
    this.#subscribe(subscriber, facts === undefined || since === undefined ? 'resync' : [...facts, ...since]);
  }

  leave({ connectionId }: MessageOf<'leave'>): void {
    this.#catchingUp?.delete(connectionId);
    this.#publisher?.leave(connectionId);
  }

  presence({ connectionId, data }: MessageOf<'presence'>): void {
    const now = this.#env.clock.now();
    if (data === undefined) this.#publisher?.touchPresence(connectionId, now);
    else this.#publisher?.setPresence(connectionId, data, now);
  }

  transient({ fact }: MessageOf<'transient'>): void {
    this.#publisher?.transient(fact);
  }

  /** @returns a message for the chart where the append in flight is overdue */
  sweep({ now }: MessageOf<'sweep'>): DocumentMessage | undefined {
    if (this.#queue.isAppending && now - this.#appendStarted >= this.#env.limits.appendMs) {
      return { type: 'appendFailed', error: new Error(`an append to ${this.id} was not answered`) };
    }
    this.#publisher?.expirePresence(now);
    if (this.#queue.isEmpty) this.#snapshots.sweep(this.#claim, this.#committed, now);
    return undefined;
  }

  /** Before the document leaves memory. Without it nothing is lost: the log is the truth. Never rejects. */
  async leaveMemory(): Promise<void> {
    try {
      await timeLimit(this.#snapshots.finish(this.#claim, this.#committed), this.#env.limits.appendMs);
    } catch (error) {
      // A write that is late does no harm: the next claim fences it.
      this.#env.onSnapshotFailure(this.id, error);
    }
  }

  /** After a crash: what still comes for this incarnation goes nowhere. */
  abandon(): void {
    this.#send = () => undefined;
    for (const subscriber of this.#catchingUp?.values() ?? []) subscriber.close(1013, 'come back');
    this.#catchingUp = undefined;
  }

  /** Many readers come back at once after a restart: they share one reading of the log, and readings follow each other. */
  #readMissed(afterSeq: Seq): Promise<readonly Fact[] | undefined> {
    const upTo = this.#committed;
    const shared = this.#reading;
    if (shared !== undefined && shared.from <= afterSeq && shared.upTo === upTo) {
      return shared.facts.then((facts) => facts?.filter(({ seq }) => seq > afterSeq));
    }
    const before = shared?.facts.catch(() => undefined) ?? Promise.resolve(undefined);
    const facts = before.then(() => factsBetween(this.#env.store, this.kind, this.id, afterSeq, upTo));
    const reading = { from: afterSeq, upTo, facts };
    this.#reading = reading;
    const done = (): void => {
      if (this.#reading === reading) this.#reading = undefined;
    };
    facts.then(done, done);
    return facts;
  }

  #append(): void {
    const claim = this.#claim;
    if (claim === undefined) throw new Error('an append before the claim');
    const { clock, store } = this.#env;
    this.#appendStarted = clock.now();
    this.#appended = store.append(claim, batchOf(this.id, this.kind.name, this.#queue.begin())).then(
      () => this.#send(COMMITTED),
      (error: unknown) => this.#send({ type: 'appendFailed', error }),
    );
  }

  /** Answers at once, or after what is not yet durable and may have been taken into account. */
  #settle<T>(reply: Reply<T>, outcome: unknown, refused: boolean, repeat?: RepeatNotice): void {
    const to = reply as Reply<unknown>;
    if (!this.#queue.isEmpty) {
      this.#queue.push({
        event: undefined,
        applied: undefined,
        origin: undefined,
        reply: to,
        outcome,
        refused,
        repeat,
      });
      return;
    }
    if (repeat !== undefined) this.#publisher?.repeat(repeat);
    if (refused) to.reject(outcome);
    else to.resolve(outcome);
  }

  /** What was missed since `seq`, without reading the log; `undefined` where the log must be read. */
  #remembered(seq: Seq): readonly Fact[] | 'resync' | undefined {
    const recent = this.#facts?.after(seq);
    if (recent !== undefined || this.kind.factsAfter === undefined) return recent;
    // The state also knows of events that are not durable yet.
    const facts = this.kind.factsAfter(this.#state, seq)?.slice(0, this.#committed - seq);
    return facts?.map((fact, index) => ({ seq: seq + 1 + index, fact })) ?? 'resync';
  }

  #openingOf({ opening }: Door): unknown {
    return opening === undefined ? undefined : this.kind.query(this.#state, opening);
  }

  #subscribe(subscriber: Subscriber, missed: Parameters<Publisher['join']>[2]): void {
    this.#publisher ??= new Publisher(this.id, this.#env.turnEnd, this.#env.metrics);
    this.#publisher.join(subscriber, this.#committed, missed, this.#openingOf(subscriber.door));
  }

  #remember(event: StoredEvent, applied: Applied<unknown, unknown>): void {
    this.#facts?.add(event.seq, applied.fact, event.bytes.length);
    if (event.operationId === undefined) return;
    this.#operations ??= new OperationLog();
    this.#operations.add(event.operationId, {
      type: event.operationType ?? '',
      seq: event.seq,
      at: event.at,
      answer: applied.answer,
    });
  }

  #sealed(): Uint8Array | undefined {
    if (this.kind.isCompact?.(this.#state) === false) return undefined;
    return sealSnapshot(this.kind.snapshot(this.#state), this.#operations);
  }
}

const reusedKey = (): Problem =>
  Problem.invalid('/header/idempotency-key', 'was used for another operation on this document');

/** @throws Error where `promise` has not settled within `ms`. */
async function timeLimit(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the store did not answer within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([promise, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
