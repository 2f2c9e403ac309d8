import type { AnyDocumentKind, Executed as Lived, Unchanged } from '../documents/kind.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { StoredEvent } from '../storage/port.ts';
import { AppendLine } from './append-line.ts';
import type { Reply } from './ask.ts';
import { Audience, type HeardDocument } from './audience.ts';
import { effectsOf } from './commit-queue.ts';
import type { Origin } from './door.ts';
import type { Environment } from './environment.ts';
import type { Tap } from './inspection-tap.ts';
import { loadDocument } from './loading.ts';
import type { DocumentMessage, Executed } from './messages.ts';
import { OperationLog } from './operation-log.ts';
import type { Publisher } from './publisher.ts';
import { contentOf, type SnapshotContent, sealPlain } from './snapshot-envelope.ts';
import { SnapshotKeeper, type Snapshotted } from './snapshot-keeper.ts';
import { timeLimit } from './time-limit.ts';

/** How a document reaches its own mailbox. */
type Send = (message: DocumentMessage) => void;
type MessageOf<Type extends DocumentMessage['type']> = Extract<DocumentMessage, { type: Type }>;

/**
 * A document in memory: its state, its place in the log, what waits to become durable, and who listens. Only its actor
 * calls it, one message at a time.
 *
 * Invariant: `committed <= seq`; what was answered or published is at or below `committed`.
 */
export class LiveDocument implements HeardDocument, Snapshotted {
  readonly id: DocumentId;
  readonly kind: AnyDocumentKind;
  readonly audience: Audience;
  readonly #env: Environment;
  readonly #line: AppendLine;
  readonly #snapshots: SnapshotKeeper;
  #send: Send = () => undefined;
  #state: unknown;
  #deleted = false;
  #seq: Seq = 0;
  #committed: Seq = 0;
  #lastAt = 0;
  #operations: OperationLog | undefined;
  #tap: Tap | undefined;

  /** @param publisher of the predecessor that crashed; its subscribers are told to resync */
  constructor(env: Environment, kind: AnyDocumentKind, id: DocumentId, publisher?: Publisher) {
    this.#env = env;
    this.kind = kind;
    this.id = id;
    this.#line = new AppendLine(env, kind);
    this.audience = new Audience(env, this, publisher);
    this.#snapshots = new SnapshotKeeper(env, this);
  }

  get seq(): Seq {
    return this.#seq;
  }

  /** Deleted, as far as is durable. */
  get isDeleted(): boolean {
    return this.#deleted;
  }

  get state(): unknown {
    return this.#state;
  }

  get committed(): Seq {
    return this.#committed;
  }

  get snapshotSeq(): Seq {
    return this.#snapshots.storedSeq;
  }

  get exists(): boolean {
    return this.#committed > 0;
  }

  get pending(): number {
    return this.#line.length;
  }

  /** Nobody listens, nothing waits, and nobody needs a state that would be pruned without it. */
  get isQuiet(): boolean {
    return this.audience.size === 0 && this.#line.isEmpty && this.#snapshots.held.length === 0;
  }

  /** Time matters to it: something may expire or fall due. */
  get needsSweep(): boolean {
    return !this.#line.isEmpty || this.#snapshots.isDirty || this.audience.isPresent;
  }

  /** Absent: nobody watches it. */
  get tap(): Tap | undefined {
    return this.#tap;
  }

  /** Somebody watches it from now on, or nobody. */
  inspect(tap: Tap | undefined): void {
    this.#tap = tap;
    this.audience.inspect(tap);
  }

  /** Settles when no append of this document is on its way any more; never rejects. */
  get appended(): Promise<void> | undefined {
    return this.#line.appended;
  }

  /**
   * Takes the document over and reads it.
   * @param after the predecessor's append in flight; it is awaited, but not longer than an append may take
   */
  async load(after: Promise<void> | undefined, send: Send): Promise<void> {
    const { limits } = this.#env;
    if (after !== undefined) await timeLimit(after, limits.appendMs).catch(() => undefined);
    await timeLimit(this.#load(), limits.loadMs);
    this.#send = send;
  }

  async #load(): Promise<void> {
    const startedAt = this.#env.clock.now();
    const { claim, state, seq, at, deleted, operations, facts, replayed } = await loadDocument(
      this.#env,
      this.kind,
      this.id,
    );
    this.#line.begin(claim, (message) => this.#send(message));
    this.#state = state;
    this.#seq = this.#committed = seq;
    this.#lastAt = at;
    this.#deleted = deleted;
    this.#operations = operations;
    this.audience.begin(facts);
    this.#snapshots.begin(claim, seq, replayed);
    if (seq > 0) this.#env.onLoaded?.(this.id, { seq, replayed, ms: this.#env.clock.now() - startedAt });
  }

  /** Called once, when the chart has become active. */
  begin(): void {
    if (this.#deleted) {
      // Its end was durable, but the predecessor did not live to hear that.
      this.audience.close();
      return;
    }
    this.audience.resync();
    for (const effect of this.kind.unfinished(this.#state)) this.#env.onEffect(this.id, effect);
  }

  execute({ command, caller, reply }: MessageOf<'execute'>): void {
    const { operationId, connectionId } = caller;
    const origin = connectionId === undefined ? undefined : { connectionId, operationId };
    const known = operationId === undefined ? undefined : this.#operations?.get(operationId);
    if (known !== undefined) {
      if (known.type === command.type) this.#repeat(reply, known.seq, known.answer, origin);
      else this.#refuse(reply, reusedKey(), origin);
      return;
    }
    const seq = this.#seq + 1;
    const at = Math.max(this.#env.clock.now(), this.#lastAt);
    let executed: Lived<unknown, unknown, unknown> | Unchanged<unknown>;
    try {
      executed = this.kind.execute(this.#state, command, { at, by: caller.by, seq }, this.#env.newId);
    } catch (error) {
      this.#refuse(reply, problemOf(error), origin);
      return;
    }
    const { answer } = executed;
    if (executed.event === undefined) {
      this.#repeat(reply, this.#seq, answer, origin);
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
    this.#tap?.logged(seq, stored.bytes.length);
    // Before this operation is remembered: the pinned state does not have it.
    const pin = executed.pin && {
      seq: executed.pin.seq,
      bytes: sealPlain(contentOf(executed.pin.bytes, this.#operations)),
    };
    this.#seq = seq;
    this.#lastAt = at;
    if (operationId !== undefined) {
      this.#operations ??= new OperationLog();
      this.#operations.add(operationId, { type: command.type, seq, at, answer });
    }
    this.#line.add({
      event: stored,
      applied: pin === undefined ? executed : { ...executed, pin },
      origin,
      reply: reply as Reply<unknown>,
      outcome: { seq, answer } satisfies Executed,
    });
    this.#snapshots.count(seq, at);
  }

  query({ query, reply }: MessageOf<'query'>): void {
    let answer: unknown;
    try {
      answer = this.kind.query(this.#state, query);
    } catch (error) {
      this.#refuse(reply, problemOf(error), undefined);
      return;
    }
    this.#answer(reply, answer);
  }

  head({ reply }: MessageOf<'head'>): void {
    this.#answer(reply, this.#seq);
  }

  recall({ operationId, reply }: MessageOf<'recall'>): void {
    this.#answer(reply, this.#operations?.get(operationId) !== undefined);
  }

  status({ reply }: MessageOf<'status'>): void {
    reply.resolve({ head: this.#committed, snapshotSeq: this.snapshotSeq, subscribers: this.audience.size });
  }

  snapshot({ reply }: MessageOf<'snapshot'>): void {
    this.#snapshots.now(this.#seq, reply);
  }

  hold({ hold, reply }: MessageOf<'hold'>): void {
    this.#snapshots.hold(hold, reply);
  }

  letGo({ hold }: MessageOf<'letGo'>): void {
    this.#snapshots.letGo(hold);
  }

  onCommitted(): void {
    const done = this.#line.finish();
    const before = this.#committed;
    for (const one of done) {
      if (one.event === undefined) {
        one.then();
        continue;
      }
      const { event, applied, origin, reply, outcome } = one;
      this.#committed = event.seq;
      if (applied.summary !== undefined) this.#deleted = applied.summary.deleted;
      if (applied.pin !== undefined) this.#snapshots.pinned(applied.pin.seq);
      this.audience.fact(event.seq, applied.fact, event.bytes.length, origin);
      reply.resolve(outcome);
    }
    this.#tap?.committed(this.#committed, this.#committed - before);
    for (const effect of effectsOf(done)) this.#env.onEffect(this.id, effect);
    if (this.#deleted) this.audience.close();
    this.#line.next();
    this.#snapshots.save(this.#committed);
  }

  /** @returns a message for the chart where the append in flight is overdue */
  sweep({ now }: MessageOf<'sweep'>): DocumentMessage | undefined {
    if (this.#line.isOverdue(now)) {
      return { type: 'appendFailed', error: new Error(`an append to ${this.id} was not answered`) };
    }
    this.audience.expirePresence(now);
    this.#snapshots.sweep(this.#seq, now);
    return undefined;
  }

  /** Before the document leaves memory. Without it nothing is lost: the log is the truth. Never rejects. */
  async leaveMemory(): Promise<void> {
    try {
      await timeLimit(this.#snapshots.finish(this.#committed), this.#env.limits.appendMs);
    } catch (error) {
      // A write that is late does no harm: the next claim fences it.
      this.#env.onSnapshotFailure(this.id, error);
    }
  }

  /** After a crash: what still comes for this incarnation goes nowhere. @returns what the next one must be told */
  abandon(): readonly DocumentMessage[] {
    this.#send = () => undefined;
    this.#line.abandon();
    const holds = this.#snapshots.held.map((hold): DocumentMessage => ({ type: 'hold', hold }));
    return [...holds, ...this.audience.abandon()];
  }

  send(message: DocumentMessage): void {
    this.#send(message);
  }

  inPlace(then: () => void): void {
    this.#line.inPlace(then);
  }

  takeSnapshot(always: boolean): SnapshotContent | undefined {
    if (!always && this.kind.isCompact?.(this.#state) === false) return undefined;
    return contentOf(this.kind.snapshot(this.#state), this.#operations);
  }

  needed(): readonly Seq[] {
    return this.kind.unfinished(this.#state).flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
  }

  #answer<T>(reply: Reply<T>, answer: T): void {
    this.inPlace(() => reply.resolve(answer));
  }

  /** Answers without an event; a subscriber is told in its place, too. */
  #repeat(reply: Reply<Executed>, seq: Seq, answer: unknown, origin: Origin | undefined): void {
    this.inPlace(() => {
      if (origin !== undefined) this.audience.tellOne({ type: 'repeat', seq, origin });
      reply.resolve({ seq, answer });
    });
  }

  #refuse<T>(reply: Reply<T>, problem: Problem, origin: Origin | undefined): void {
    this.#tap?.refused(problem.code);
    this.inPlace(() => {
      if (origin !== undefined) this.audience.tellOne({ type: 'refusal', problem, origin });
      reply.reject(problem);
    });
  }
}

/** @throws what is none: a defect ends the actor */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

const reusedKey = (): Problem =>
  Problem.invalid('/header/idempotency-key', 'was used for another operation on this document');
