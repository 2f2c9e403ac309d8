import {
  type AnyActorRef,
  createActor,
  type DoneActorEvent,
  type ErrorActorEvent,
  fromTransition,
} from 'xstate';
import type { AnyDocumentKind } from '../documents/kind.ts';
import { type ConnectionId, type DocumentId, parseDocumentId, type Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import { AskTable, type Reply } from './ask.ts';
import { TRY_AGAIN_LATER } from './close-codes.ts';
import { CrashHistory } from './crash-history.ts';
import { CrashRecord } from './crash-record.ts';
import { type DocumentActor, documentLogic } from './document-machine.ts';
import { type DocumentHost, type DocumentRef, LocalDocument } from './document-ref.ts';
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

/** One row of the debug list. */
export interface ActorInfo extends Omit<LiveActor, 'id' | 'lastUsed'> {
  id: string;
  /** ISO 8601. */
  last_used: string;
}

interface Entry {
  readonly actor: DocumentActor;
  readonly document: LiveDocument;
  asks: AskTable | undefined;
  lastUsed: number;
}

type RootEvent = ErrorActorEvent | DoneActorEvent;

export interface DocumentsOptions {
  readonly onCrash: (id: DocumentId, error: unknown) => void;
}

/**
 * The root of all document actors of this process: finds them, starts them when they are needed, lets the idle leave
 * memory, restarts those that crash, and refuses for a while those that crash again and again.
 */
export class Documents {
  readonly #env: Environment;
  readonly #onCrash: DocumentsOptions['onCrash'];
  readonly #root: AnyActorRef;
  readonly #entries = new Map<DocumentId, Entry>();
  readonly #crashes = new Map<DocumentId, CrashRecord>();
  /** The documents that somebody watches, in memory or not. */
  readonly #taps = new Map<DocumentId, Tap>();
  /** The latest crashes of all documents. */
  readonly crashes = new CrashHistory();
  readonly #host: DocumentHost;
  #stopping = false;
  #drained: (() => void) | undefined;

  constructor(env: Environment, options: DocumentsOptions) {
    this.#env = env;
    this.#onCrash = options.onCrash;
    this.#host = {
      store: env.store,
      ask: (kind, id, message) => this.#ask(kind, id, message),
      join: (kind, id, subscriber, afterSeq) => this.#join(kind, id, subscriber, afterSeq),
      tell: (id, message) => {
        const entry = this.#entries.get(id);
        if (entry !== undefined) send(entry, message);
      },
    };
    this.#root = createActor(
      fromTransition((state: undefined, event: RootEvent) => {
        this.#onRootEvent(event);
        return state;
      }, undefined),
      { id: 'documents' },
    ).start();
  }

  /** Documents in memory. */
  get size(): number {
    return this.#entries.size;
  }

  /** Documents of a kind in memory. */
  countOf(kind: string): number {
    let count = 0;
    for (const { document } of this.#entries.values()) if (document.kind.name === kind) count += 1;
    return count;
  }

  /**
   * @throws Problem `not_found` where there is no document of that kind with this id, or it is deleted
   */
  async find(kind: string, id: string, options: { includeDeleted?: boolean } = {}): Promise<DocumentRef> {
    const documentId = parseDocumentId(id);
    if (documentId === undefined) throw Problem.notFound('document', id);
    const live = this.#entries.get(documentId)?.document;
    if (live?.exists === true) {
      if (live.kind.name !== kind || (live.isDeleted && options.includeDeleted !== true)) {
        throw Problem.notFound('document', id);
      }
      return this.#ref(live.kind, documentId);
    }
    const row = await this.#env.store.directory.find(documentId);
    if (row === undefined || row.kind !== kind || (row.deleted && options.includeDeleted !== true)) {
      throw Problem.notFound('document', id);
    }
    return this.#ref(this.#kind(kind), documentId);
  }

  /** The document with this id, new or not: its first command makes it. */
  open(kind: string, id: DocumentId): DocumentRef {
    return this.#ref(this.#kind(kind), id);
  }

  /** Loads documents that have unfinished work, so that it goes on. */
  async wakeUnfinished(): Promise<void> {
    const { directory } = this.#env.store;
    for (const id of await directory.withOpenWork()) {
      const row = await directory.find(id);
      if (row !== undefined) this.#live(this.#kind(row.kind), id);
    }
  }

  /** To be called about once a second: deadlines, expiries, cadences, idleness of all documents. */
  sweep(): void {
    const now = this.#env.clock.now();
    const { idleMs } = this.#env.limits;
    for (const entry of this.#entries.values()) {
      entry.asks?.sweep(now);
      if (entry.document.needsSweep) entry.actor.send({ type: 'sweep', now });
      if (now - entry.lastUsed >= idleMs && entry.document.isQuiet) entry.actor.send({ type: 'passivate' });
    }
    for (const [id, record] of this.#crashes) if (record.isClean(now)) this.#crashes.delete(id);
  }

  /** Sockets that are joined to a document, through whatever door; 0 where it is not in memory. */
  subscribersOf(id: DocumentId): number {
    return this.#entries.get(id)?.document.audience.size ?? 0;
  }

  actors(): ActorInfo[] {
    return [...this.liveActors()].map(({ lastUsed, ...actor }) => ({
      ...actor,
      last_used: new Date(lastUsed).toISOString(),
    }));
  }

  /** All that are in memory, one by one: documents may come and go meanwhile. */
  *liveActors(): IterableIterator<LiveActor> {
    const now = this.#env.clock.now();
    for (const [id, entry] of this.#entries) yield this.#describe(id, entry, now);
  }

  /** `undefined` where it is not in memory. */
  liveActor(id: DocumentId): LiveActor | undefined {
    const entry = this.#entries.get(id);
    return entry && this.#describe(id, entry, this.#env.clock.now());
  }

  /** Of a document in memory: what is known of it beside its figures. */
  liveDocument(
    id: DocumentId,
  ): Pick<LiveDocument, 'committed' | 'snapshotSeq' | 'isDeleted' | 'audience'> | undefined {
    return this.#entries.get(id)?.document;
  }

  /** XState's ids of the root, and of the document's actor where it is in memory. */
  sessionsOf(id: DocumentId): { readonly root: string; readonly actor: string | undefined } {
    return { root: this.#root.sessionId, actor: this.#entries.get(id)?.actor.sessionId };
  }

  /** Somebody watches a document from now on, through all its incarnations; or nobody. */
  inspect(id: DocumentId, tap: Tap | undefined): void {
    if (tap === undefined) this.#taps.delete(id);
    else this.#taps.set(id, tap);
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    if (tap !== undefined) begin(tap, entry);
    entry.document.inspect(tap);
  }

  /** Takes no more asks, lets what is under way become durable, snapshots and stops all documents. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    const pass = (): void => {
      for (const { actor, document } of this.#entries.values()) {
        if (document.isQuiet) actor.send({ type: 'passivate' });
      }
      if (this.#entries.size === 0) this.#drained?.();
    };
    for (const { document } of this.#entries.values()) document.audience.publisher?.flushAll();
    pass();
    const again = setInterval(pass, DRAIN_INTERVAL_MS);
    await Promise.race([drained, after(this.#env.limits.appendMs)]);
    clearInterval(again);
    for (const { asks } of this.#entries.values()) {
      asks?.failAll(new Problem('unavailable', 'The server is stopping.'));
    }
    this.#root.stop?.();
  }

  #describe(id: DocumentId, { actor, document, asks, lastUsed }: Entry, now: number): LiveActor {
    const snapshot = actor.getSnapshot();
    return {
      id,
      kind: document.kind.name,
      state: String(snapshot.value),
      seq: document.seq,
      mailbox: snapshot.context.stash.length,
      pending: document.pending,
      asks: asks?.size ?? 0,
      subscribers: document.audience.size,
      lastUsed,
      crashes: this.#crashes.get(id)?.count(now) ?? 0,
    };
  }

  #kind(name: string): AnyDocumentKind {
    const kind = this.#env.kinds.get(name);
    if (kind === undefined) throw new Error(`no kind of document is called ${name}`);
    return kind;
  }

  #ref(kind: AnyDocumentKind, id: DocumentId): DocumentRef {
    return new LocalDocument(this.#host, kind, id);
  }

  #ask<T>(kind: AnyDocumentKind, id: DocumentId, message: (reply: Reply<T>) => DocumentMessage): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const entry = this.#live(kind, id);
      if (entry.document.pending >= this.#env.limits.asks) {
        throw new Problem('overloaded', 'Too many changes of this document wait for the store.');
      }
      entry.asks ??= new AskTable(this.#env.limits.asks);
      const deadline = entry.lastUsed + this.#env.limits.askMs;
      send(entry, message(entry.asks.open(resolve, reject, deadline)));
    });
  }

  #join(kind: AnyDocumentKind, id: DocumentId, subscriber: Subscriber, afterSeq: Seq | undefined): void {
    try {
      const entry = this.#live(kind, id);
      if (entry.document.pending >= this.#env.limits.asks) {
        throw new Problem('overloaded', 'Too many changes of this document wait for the store.');
      }
      send(entry, { type: 'join', subscriber, ...(afterSeq === undefined ? {} : { afterSeq }) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      subscriber.close(TRY_AGAIN_LATER, error.message);
    }
  }

  /** @throws Problem `unavailable` where the document is refused or the server is stopping */
  #live(kind: AnyDocumentKind, id: DocumentId): Entry {
    const known = this.#entries.get(id);
    const entry =
      known !== undefined && known.actor.getSnapshot().status === 'active' ? known : this.#start(kind, id);
    entry.lastUsed = this.#env.clock.now();
    return entry;
  }

  /** @param predecessor the incarnation that crashed */
  #start(kind: AnyDocumentKind, id: DocumentId, predecessor?: LiveDocument): Entry {
    if (this.#stopping) throw new Problem('unavailable', 'The server is stopping.');
    if (this.#crashes.get(id)?.isRefused(this.#env.clock.now()) === true) {
      throw new Problem('unavailable', 'This document failed repeatedly; try again later.');
    }
    const document = new LiveDocument(this.#env, kind, id, predecessor?.audience.publisher);
    const actor = createActor(documentLogic, {
      id,
      parent: this.#root,
      input: { document, stashLimit: this.#env.limits.stash, after: predecessor?.appended },
    });
    const entry: Entry = { actor, document, asks: undefined, lastUsed: this.#env.clock.now() };
    this.#entries.set(id, entry);
    actor.start();
    const tap = this.#taps.get(id);
    if (tap !== undefined) {
      begin(tap, entry);
      document.inspect(tap);
    }
    return entry;
  }

  #onRootEvent(event: RootEvent): void {
    const id = event.actorId as DocumentId;
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    switch (entry.actor.getSnapshot().status) {
      case 'done':
        this.#entries.delete(id);
        entry.document.tap?.ended();
        if (this.#entries.size === 0) this.#drained?.();
        return;
      case 'error':
        this.#onDocumentCrash(id, entry, (event as ErrorActorEvent).error);
        return;
      case 'active': // about an earlier incarnation
      case 'stopped':
        return;
    }
  }

  #onDocumentCrash(id: DocumentId, entry: Entry, error: unknown): void {
    const { clock, limits, metrics } = this.#env;
    metrics.actorCrashed();
    this.#onCrash(id, error);
    const record = this.#crashes.get(id) ?? new CrashRecord(limits.crashesForgiven, limits.crashWindowMs);
    this.#crashes.set(id, record);
    record.add(clock.now());
    this.#entries.delete(id);
    const { document, actor, asks } = entry;
    const { kind, seq } = document;
    const { reason } = this.crashes.add({ at: clock.now(), id, kind: kind.name, seq }, error);
    document.tap?.ended(reason);
    const waiting = document.abandon();
    const refusal = new Problem(
      'unavailable',
      'The document failed and starts anew; whether the change happened is not known.',
    );
    asks?.failAll(refusal);
    const { stash, presence } = actor.getSnapshot().context;
    const carried = [...waiting, ...stash, ...(presence?.values() ?? [])];
    try {
      // At once, even if nobody listens: the new claim fences an append that may still be on its way.
      const next = this.#start(document.kind, id, document);
      for (const message of carried) if (outlivesCrash(message)) next.actor.send(message);
    } catch {
      document.audience.publisher?.closeAll(TRY_AGAIN_LATER, 'document is unavailable');
      for (const message of carried)
        if (message.type === 'join') message.subscriber.close(TRY_AGAIN_LATER, 'document is unavailable');
    }
  }
}

/** The asks among what waits have failed; a hold that has is let go by its asker. */
const outlivesCrash = ({ type }: DocumentMessage): boolean =>
  type === 'join' || type === 'leave' || type === 'presence' || type === 'hold' || type === 'letGo';

function send({ actor, document }: Entry, message: DocumentMessage): void {
  document.tap?.sent(message);
  actor.send(message);
}

function begin(tap: Tap, { actor, document }: Entry): void {
  const doorOf = (id: ConnectionId): string | undefined => document.audience.publisher?.doorOf(id)?.name;
  tap.started({ doorOf }, String(actor.getSnapshot().value), actor.sessionId);
}

/** How often a stopping server looks whether documents have become quiet. */
const DRAIN_INTERVAL_MS = 20;

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
