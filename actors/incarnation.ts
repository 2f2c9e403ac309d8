import { type AnyActorRef, createActor } from 'xstate';
import type { AnyDocumentKind } from '../documents/kind.ts';
import type { ConnectionId, DocumentId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import { AskTable, type Reply } from './ask.ts';
import { type DocumentActor, documentLogic } from './document-machine.ts';
import type { Subscriber } from './door.ts';
import type { Environment } from './environment.ts';
import type { Tap } from './inspection-tap.ts';
import { LiveDocument } from './live-document.ts';
import type { DocumentMessage } from './messages.ts';

/** A document in memory, as the debug list shows it. */
export interface LiveActor {
  id: DocumentId;
  kind: string;
  state: string;
  seq: Seq;
  /** Messages that wait while the document loads or leaves. */
  mailbox: number;
  /** Events and answers that wait for the store. */
  pending: number;
  asks: number;
  subscribers: number;
  /** Milliseconds since 1970. */
  lastUsed: number;
  crashes: number;
}

/** One stay of a document in memory, until it leaves or fails: its actor, and who waits for an answer of it. */
export class Incarnation {
  readonly document: LiveDocument;
  readonly #env: Environment;
  readonly #actor: DocumentActor;
  #asks: AskTable | undefined;
  #lastUsed: number;

  /**
   * @param root - hears of its end
   * @param predecessor - the one that crashed: its sockets are carried over, its append in flight is awaited
   */
  constructor(
    env: Environment,
    root: AnyActorRef,
    kind: AnyDocumentKind,
    id: DocumentId,
    predecessor?: LiveDocument,
  ) {
    this.#env = env;
    this.#lastUsed = env.clock.now();
    this.document = new LiveDocument(env, kind, id, predecessor?.audience.publisher);
    this.#actor = createActor(documentLogic, {
      id,
      parent: root,
      input: { document: this.document, stashLimit: env.limits.stash, after: predecessor?.appended },
    });
  }

  /** Begins to load. */
  start(): void {
    this.#actor.start();
  }

  /** `active` until it has left memory (`done`) or failed (`error`). */
  get status(): 'active' | 'done' | 'error' | 'stopped' {
    return this.#actor.getSnapshot().status;
  }

  /** XState's id of the actor. */
  get sessionId(): string {
    return this.#actor.sessionId;
  }

  /** Somebody needs it now. */
  touch(): void {
    this.#lastUsed = this.#env.clock.now();
  }

  send(message: DocumentMessage): void {
    this.document.tap?.sent(message);
    this.#actor.send(message);
  }

  /**
   * Asks, with the time that an answer may take counted from the last `touch`.
   * @throws Problem `overloaded`
   */
  ask<T>(
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
    message: (reply: Reply<T>) => DocumentMessage,
  ): void {
    this.#checkLoad();
    const { asks, askMs } = this.#env.limits;
    this.#asks ??= new AskTable(asks);
    this.send(message(this.#asks.open(resolve, reject, this.#lastUsed + askMs)));
  }

  /** @throws Problem `overloaded` */
  join(subscriber: Subscriber, afterSeq: Seq | undefined): void {
    this.#checkLoad();
    this.send({ type: 'join', subscriber, ...(afterSeq === undefined ? {} : { afterSeq }) });
  }

  /** Deadlines, expiries, cadences; and its leave, where nobody has needed it for `idleMs`. */
  sweep(now: number): void {
    this.#asks?.sweep(now);
    if (this.document.needsSweep) this.#actor.send({ type: 'sweep', now });
    if (now - this.#lastUsed >= this.#env.limits.idleMs) this.leaveIfQuiet();
  }

  leaveIfQuiet(): void {
    if (this.document.isQuiet) this.#actor.send({ type: 'passivate' });
  }

  /** Somebody watches it from now on, or nobody. */
  inspect(tap: Tap | undefined): void {
    const { audience } = this.document;
    const doorOf = (id: ConnectionId): string | undefined => audience.publisher?.doorOf(id)?.name;
    tap?.started({ doorOf }, String(this.#actor.getSnapshot().value), this.sessionId);
    this.document.inspect(tap);
  }

  failAsks(problem: Problem): void {
    this.#asks?.failAll(problem);
  }

  /** What its predecessor had not come to. */
  takeOver(carried: readonly DocumentMessage[]): void {
    for (const message of carried) this.#actor.send(message);
  }

  /** After a crash: fails all asks. @returns what the next incarnation takes over, in order */
  abandon(refusal: Problem): DocumentMessage[] {
    const waiting = this.document.abandon();
    this.failAsks(refusal);
    const { stash, presence } = this.#actor.getSnapshot().context;
    return [...waiting, ...stash, ...(presence?.values() ?? [])].filter(outlivesCrash);
  }

  /** @param crashes - of the document, lately */
  describe(crashes: number): LiveActor {
    const { document } = this;
    const snapshot = this.#actor.getSnapshot();
    return {
      id: document.id,
      kind: document.kind.name,
      state: String(snapshot.value),
      seq: document.seq,
      mailbox: snapshot.context.stash.length,
      pending: document.pending,
      asks: this.#asks?.size ?? 0,
      subscribers: document.audience.size,
      lastUsed: this.#lastUsed,
      crashes,
    };
  }

  #checkLoad(): void {
    if (this.document.pending >= this.#env.limits.asks) {
      throw new Problem('overloaded', 'Too many changes of this document wait for the store.');
    }
  }
}

/** The asks among what waits have failed; a hold that has is let go by its asker. */
const outlivesCrash = ({ type }: DocumentMessage): boolean =>
  type === 'join' || type === 'leave' || type === 'presence' || type === 'hold' || type === 'letGo';
