import {
  type AnyActorRef,
  createActor,
  type DoneActorEvent,
  type ErrorActorEvent,
  fromTransition,
} from 'xstate';
import type { AnyDocumentKind } from '../documents/kind.ts';
import { type DocumentId, parseDocumentId, type Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Reply } from './ask.ts';
import { TRY_AGAIN_LATER } from './close-codes.ts';
import { CrashHistory } from './crash-history.ts';
import { CrashLedger } from './crash-ledger.ts';
import { type DocumentHost, type DocumentRef, LocalDocument } from './document-ref.ts';
import type { Subscriber } from './door.ts';
import type { Environment } from './environment.ts';
import { Incarnation, type LiveActor } from './incarnation.ts';
import type { Tap } from './inspection-tap.ts';
import type { LiveDocument } from './live-document.ts';
import type { DocumentMessage } from './messages.ts';

export type { LiveActor } from './incarnation.ts';

/** One row of the debug list. */
export interface ActorInfo extends Omit<LiveActor, 'id' | 'lastUsed'> {
  id: string;
  /** ISO 8601. */
  last_used: string;
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
  readonly #live = new Map<DocumentId, Incarnation>();
  readonly #ledger: CrashLedger;
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
    this.#ledger = new CrashLedger(env.limits.crashesForgiven, env.limits.crashWindowMs);
    this.#host = {
      store: env.store,
      ask: (kind, id, message) => this.#ask(kind, id, message),
      join: (kind, id, subscriber, afterSeq) => this.#join(kind, id, subscriber, afterSeq),
      tell: (id, message) => this.#live.get(id)?.send(message),
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
    return this.#live.size;
  }

  /** Documents of a kind in memory. */
  countOf(kind: string): number {
    let count = 0;
    for (const { document } of this.#live.values()) if (document.kind.name === kind) count += 1;
    return count;
  }

  /**
   * @throws Problem `not_found` where there is no document of that kind with this id, or it is deleted
   */
  async find(kind: string, id: string, options: { includeDeleted?: boolean } = {}): Promise<DocumentRef> {
    const documentId = parseDocumentId(id);
    if (documentId === undefined) throw Problem.notFound('document', id);
    const live = this.#live.get(documentId)?.document;
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
      if (row !== undefined) this.#incarnationOf(this.#kind(row.kind), id);
    }
  }

  /** To be called about once a second: deadlines, expiries, cadences, idleness of all documents. */
  sweep(): void {
    const now = this.#env.clock.now();
    for (const incarnation of this.#live.values()) incarnation.sweep(now);
    this.#ledger.sweep(now);
  }

  /** Sockets that are joined to a document, through whatever door; 0 where it is not in memory. */
  subscribersOf(id: DocumentId): number {
    return this.#live.get(id)?.document.audience.size ?? 0;
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
    for (const [id, incarnation] of this.#live) yield incarnation.describe(this.#ledger.count(id, now));
  }

  /** `undefined` where it is not in memory. */
  liveActor(id: DocumentId): LiveActor | undefined {
    return this.#live.get(id)?.describe(this.#ledger.count(id, this.#env.clock.now()));
  }

  /** Of a document in memory: what is known of it beside its figures. */
  liveDocument(
    id: DocumentId,
  ): Pick<LiveDocument, 'committed' | 'snapshotSeq' | 'isDeleted' | 'audience'> | undefined {
    return this.#live.get(id)?.document;
  }

  /** XState's ids of the root, and of the document's actor where it is in memory. */
  sessionsOf(id: DocumentId): { readonly root: string; readonly actor: string | undefined } {
    return { root: this.#root.sessionId, actor: this.#live.get(id)?.sessionId };
  }

  /** Somebody watches a document from now on, through all its incarnations; or nobody. */
  inspect(id: DocumentId, tap: Tap | undefined): void {
    if (tap === undefined) this.#taps.delete(id);
    else this.#taps.set(id, tap);
    this.#live.get(id)?.inspect(tap);
  }

  /** Takes no more asks, lets what is under way become durable, snapshots and stops all documents. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    const pass = (): void => {
      for (const incarnation of this.#live.values()) incarnation.leaveIfQuiet();
      if (this.#live.size === 0) this.#drained?.();
    };
    for (const { document } of this.#live.values()) document.audience.publisher?.flushAll();
    pass();
    const again = setInterval(pass, DRAIN_INTERVAL_MS);
    await Promise.race([drained, after(this.#env.limits.appendMs)]);
    clearInterval(again);
    const stopping = new Problem('unavailable', 'The server is stopping.');
    for (const incarnation of this.#live.values()) incarnation.failAsks(stopping);
    this.#root.stop?.();
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
    return new Promise<T>((resolve, reject) => this.#incarnationOf(kind, id).ask(resolve, reject, message));
  }

  #join(kind: AnyDocumentKind, id: DocumentId, subscriber: Subscriber, afterSeq: Seq | undefined): void {
    try {
      this.#incarnationOf(kind, id).join(subscriber, afterSeq);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      subscriber.close(TRY_AGAIN_LATER, error.message);
    }
  }

  /** @throws Problem `unavailable` where the document is refused or the server is stopping */
  #incarnationOf(kind: AnyDocumentKind, id: DocumentId): Incarnation {
    const known = this.#live.get(id);
    if (known?.status !== 'active') return this.#start(kind, id);
    known.touch();
    return known;
  }

  /** @param predecessor the incarnation that crashed */
  #start(kind: AnyDocumentKind, id: DocumentId, predecessor?: LiveDocument): Incarnation {
    if (this.#stopping) throw new Problem('unavailable', 'The server is stopping.');
    if (this.#ledger.isRefused(id, this.#env.clock.now())) {
      throw new Problem('unavailable', 'This document failed repeatedly; try again later.');
    }
    const incarnation = new Incarnation(this.#env, this.#root, kind, id, predecessor);
    this.#live.set(id, incarnation);
    incarnation.start();
    const tap = this.#taps.get(id);
    if (tap !== undefined) incarnation.inspect(tap);
    return incarnation;
  }

  #onRootEvent(event: RootEvent): void {
    const id = event.actorId as DocumentId;
    const incarnation = this.#live.get(id);
    switch (incarnation?.status) {
      case 'done':
        this.#live.delete(id);
        incarnation.document.tap?.ended();
        if (this.#live.size === 0) this.#drained?.();
        return;
      case 'error':
        this.#onDocumentCrash(id, incarnation, (event as ErrorActorEvent).error);
        return;
      case 'active': // about an earlier incarnation
      case 'stopped':
      case undefined:
        return;
    }
  }

  #onDocumentCrash(id: DocumentId, crashed: Incarnation, error: unknown): void {
    const { clock, metrics } = this.#env;
    metrics.actorCrashed();
    this.#onCrash(id, error);
    this.#ledger.add(id, clock.now());
    this.#live.delete(id);
    const { document } = crashed;
    const { kind, seq } = document;
    const { reason } = this.crashes.add({ at: clock.now(), id, kind: kind.name, seq }, error);
    document.tap?.ended(reason);
    const carried = crashed.abandon(
      new Problem(
        'unavailable',
        'The document failed and starts anew; whether the change happened is not known.',
      ),
    );
    try {
      // At once, even if nobody listens: the new claim fences an append that may still be on its way.
      this.#start(kind, id, document).takeOver(carried);
    } catch {
      document.audience.publisher?.closeAll(TRY_AGAIN_LATER, 'document is unavailable');
      for (const message of carried)
        if (message.type === 'join') message.subscriber.close(TRY_AGAIN_LATER, 'document is unavailable');
    }
  }
}

/** How often a stopping server looks whether documents have become quiet. */
const DRAIN_INTERVAL_MS = 20;

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
