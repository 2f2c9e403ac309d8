import type { AnyDocumentKind } from '../documents/kind.ts';
import type { ConnectionId, DocumentId, Seq } from '../protocol/ids.ts';
import { DOCUMENT_DELETED } from './close-codes.ts';
import type { Origin, RefusalNotice, RepeatNotice, Subscriber } from './door.ts';
import type { Environment } from './environment.ts';
import { type Fact, FactLog } from './fact-log.ts';
import type { Tap } from './inspection-tap.ts';
import { type JoinableDocument, Joining } from './joining.ts';
import type { DocumentMessage } from './messages.ts';
import { MissedFacts } from './missed-facts.ts';
import { Publisher, type Welcome } from './publisher.ts';
import type { TypedMessage } from './typed-message.ts';

type MessageOf<Type extends DocumentMessage['type']> = Extract<DocumentMessage, { type: Type }>;

/** What is heard and seen of a document by those who are joined to it. */
export interface HeardDocument {
  readonly id: DocumentId;
  readonly kind: AnyDocumentKind;
  readonly state: unknown;
  /** The last event that the state has; some may not be durable yet. */
  readonly seq: Seq;
  /** The last durable event. */
  readonly committed: Seq;
  /** Of the newest snapshot in the store; 0 where there is none. */
  readonly snapshotSeq: Seq;
  /** Deleted, as far as is durable. */
  readonly isDeleted: boolean;
  /** Calls back once what happened until now is durable, before anything later is told: at once where it is. */
  inPlace(then: () => void): void;
  send(message: DocumentMessage): void;
}

/** Those who listen to a document, those who are about to, and what they are told. */
export class Audience implements JoinableDocument {
  readonly #env: Environment;
  readonly #document: HeardDocument;
  #publisher: Publisher | undefined;
  #joining: Joining | undefined;
  #missed: MissedFacts | undefined;
  #facts = new FactLog(0);
  #tap: Tap | undefined;

  /** @param publisher of the predecessor that crashed */
  constructor(env: Environment, document: HeardDocument, publisher: Publisher | undefined) {
    this.#env = env;
    this.#document = document;
    this.#publisher = publisher;
  }

  get size(): number {
    return (this.#publisher?.size ?? 0) + (this.#joining?.size ?? 0);
  }

  /** Somebody is there whose presence may expire. */
  get isPresent(): boolean {
    return (this.#publisher?.size ?? 0) > 0;
  }

  /** The subscribers, for the next incarnation. */
  get publisher(): Publisher | undefined {
    return this.#publisher;
  }

  get facts(): FactLog {
    return this.#facts;
  }

  get seq(): Seq {
    return this.#document.seq;
  }

  get isDeleted(): boolean {
    return this.#document.isDeleted;
  }

  /** Called once, before anything is told. @param facts the latest ones, up to the last event */
  begin(facts: FactLog): void {
    this.#facts = facts;
  }

  /** Somebody watches the document from now on, or nobody. */
  inspect(tap: Tap | undefined): void {
    this.#tap = tap;
    if (this.#publisher !== undefined) this.#publisher.tap = tap;
  }

  /** Those who were there before a crash read the document anew. */
  resync(): void {
    this.#publisher?.resync(this.#document.committed, ({ opening }) =>
      opening === undefined ? undefined : this.ask(opening),
    );
  }

  /** A committed event. @param bytes of the event */
  fact(seq: Seq, fact: unknown, bytes: number, origin: Origin | undefined): void {
    this.#facts.add(seq, fact, bytes);
    this.#publisher?.fact(seq, fact, origin);
  }

  /** What only the one who asked is told, in its place. */
  tellOne(notice: RepeatNotice | RefusalNotice): void {
    this.#publisher?.tellOne(notice);
  }

  transient({ fact }: MessageOf<'transient'>): void {
    this.#publisher?.transient(fact);
  }

  join({ subscriber, afterSeq }: MessageOf<'join'>): void {
    this.#joining ??= new Joining(this, this.#env.limits.stash);
    this.#joining.join(subscriber, afterSeq);
  }

  caughtUp({ subscriber, facts }: MessageOf<'caughtUp'>): void {
    this.#joining?.caughtUp(subscriber, facts);
  }

  leave({ connectionId }: MessageOf<'leave'>): void {
    this.#joining?.leave(connectionId);
    this.#publisher?.leave(connectionId);
  }

  presence({ connectionId, data }: MessageOf<'presence'>): void {
    if (data === undefined) this.#publisher?.touchPresence(connectionId, this.#env.clock.now());
    else if (this.#joining?.setPresence(connectionId, data) !== true) this.setPresence(connectionId, data);
  }

  expirePresence(now: number): void {
    this.#publisher?.expirePresence(now);
  }

  /** The document is deleted: tells what is left to tell and ends all stays. */
  close(): void {
    this.#publisher?.closeAll(DOCUMENT_DELETED, 'document deleted');
  }

  /** The document ended: what those who wait say to the next incarnation. */
  abandon(): readonly DocumentMessage[] {
    return this.#joining?.abandon() ?? [];
  }

  ask(query: TypedMessage): unknown {
    const { kind, state } = this.#document;
    return kind.query(state, query);
  }

  factsAfter(seq: Seq): readonly Fact[] | 'forgotten' | 'none' {
    const { kind, state } = this.#document;
    if (kind.factsAfter === undefined) return 'none';
    const facts = kind.factsAfter(state, seq);
    return facts?.map((fact, index) => ({ seq: seq + 1 + index, fact })) ?? 'forgotten';
  }

  readFacts(afterSeq: Seq): Promise<readonly Fact[] | undefined> {
    const { kind, id, committed } = this.#document;
    const { store, limits } = this.#env;
    this.#missed ??= new MissedFacts(store, kind, id, limits.loadMs);
    return this.#missed.read(afterSeq, committed);
  }

  inPlace(then: () => void): void {
    this.#document.inPlace(then);
  }

  send(message: DocumentMessage): void {
    this.#document.send(message);
  }

  welcome(subscriber: Subscriber, welcome: Omit<Welcome, 'snapshotSeq'>): void {
    const { id, snapshotSeq } = this.#document;
    if (this.#publisher === undefined) {
      this.#publisher = new Publisher(id, this.#env);
      this.#publisher.tap = this.#tap;
    }
    this.#publisher.join(subscriber, { ...welcome, snapshotSeq });
  }

  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void {
    this.#publisher?.setPresence(connectionId, data, this.#env.clock.now());
  }
}
