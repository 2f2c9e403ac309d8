import type { AnyDocumentKind } from '../documents/kind.ts';
import type { Claim } from '../storage/port.ts';
import { batchOf, CommitQueue, type Waiting, type WaitingEvent } from './commit-queue.ts';
import type { Environment } from './environment.ts';
import type { Gathering } from './gather-timer.ts';
import type { DocumentMessage } from './messages.ts';

const COMMITTED: DocumentMessage = { type: 'committed' };

/**
 * The way of one document's events to the store: one append in flight, what comes meanwhile goes with the next one. What
 * became of an append is a message to the document. Appends of a kind with a gap begin at least so far apart; the first
 * after a pause does not wait.
 */
export class AppendLine implements Gathering {
  readonly #env: Environment;
  readonly #kind: Pick<AnyDocumentKind, 'name' | 'appendGapMs'>;
  readonly #queue = new CommitQueue();
  #claim: Claim | undefined;
  #send: (message: DocumentMessage) => void = () => undefined;
  #startedAt = 0;
  /** Of the append in flight. */
  #events = 0;
  #appended: Promise<void> | undefined;
  /** The gap after the start of an append is not over. */
  #rests = false;
  #isAbandoned = false;

  constructor(env: Environment, kind: Pick<AnyDocumentKind, 'name' | 'appendGapMs'>) {
    this.#env = env;
    this.#kind = kind;
  }

  begin(claim: Claim, send: (message: DocumentMessage) => void): void {
    this.#claim = claim;
    this.#send = send;
  }

  get isEmpty(): boolean {
    return this.#queue.isEmpty;
  }

  get length(): number {
    return this.#queue.length;
  }

  /** Settles when no append is on its way any more; never rejects. */
  get appended(): Promise<void> | undefined {
    return this.#appended;
  }

  add(waiting: WaitingEvent): void {
    this.#queue.push(waiting);
    if (!this.#queue.isAppending) this.next();
  }

  /** Calls back once what waits now is durable, before anything later is told: at once where nothing waits. */
  inPlace(then: () => void): void {
    if (this.#queue.isEmpty) then();
    else this.#queue.push({ then });
  }

  /** The append in flight is durable. @returns what waited for it, in order */
  finish(): readonly Waiting[] {
    const { clock, metrics } = this.#env;
    metrics.appended(this.#events, clock.now() - this.#startedAt);
    return this.#queue.finish();
  }

  /** Begins the next append, where something waits for one. */
  next(): void {
    if (this.#rests || !this.#queue.hasPending()) return;
    const claim = this.#claim;
    if (claim === undefined) throw new Error('an append before the claim');
    const { clock, store } = this.#env;
    const batch = batchOf(claim.id, this.#kind.name, this.#queue.begin());
    this.#startedAt = clock.now();
    this.#events = batch.events.length;
    this.#appended = store.append(claim, batch).then(
      () => this.#send(COMMITTED),
      (error: unknown) => this.#send({ type: 'appendFailed', error }),
    );
    const gapMs = this.#kind.appendGapMs;
    if (gapMs === undefined) return;
    this.#rests = true;
    this.#env.gatherTimer.start(this, gapMs);
  }

  /** The gap is over. */
  tick(): void {
    this.#rests = false;
    if (!this.#isAbandoned && !this.#queue.isAppending) this.next();
  }

  /** The document has failed: what waits is not appended any more. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  /** The append in flight takes longer than one may. */
  isOverdue(now: number): boolean {
    return this.#queue.isAppending && now - this.#startedAt >= this.#env.limits.appendMs;
  }
}
