/**
 * The runtime against the same semantics in a plain class: a trivial kind of document on the memory store, so that
 * what is measured is the actor (mailbox, asks, commit, publish), not the work inside it.
 */
import { randomUUID } from 'node:crypto';
import { Documents } from '../actors/documents.ts';
import { DEFAULT_LIMITS, type Environment } from '../actors/environment.ts';
import { FactLog } from '../actors/fact-log.ts';
import { SharedGatherTimer } from '../actors/gather-timer.ts';
import { ImmediateTurnEnd } from '../actors/turn-end.ts';
import type { DocumentId, UserId } from '../protocol/ids.ts';
import { MemoryStore } from '../storage/memory-store.ts';
import type { Claim, DocumentStore, StoredEvent } from '../storage/port.ts';
import { type CounterState, counterKind } from '../test/helpers/counter-kind.ts';
import { silentMetrics } from '../test/helpers/silent-metrics.ts';
import { median, report } from './report.ts';

const MUTATIONS = 200_000;
/** Requests that are under way at the same time, as a busy server has them. */
const WINDOW = 200;
const ROUNDS = 5;
const SPREAD = 10_000;
const LIVE = 100_000;

const caller = { by: 'bench' as UserId };
const ADD = { type: 'add', by: 1 } as const;

interface Target {
  add(id: DocumentId): Promise<unknown>;
}

function actors(): Target & { documents: Documents } {
  const environment: Environment = {
    store: new MemoryStore(),
    kinds: new Map([[counterKind.name, counterKind]]),
    clock: { now: Date.now },
    newId: randomUUID,
    turnEnd: new ImmediateTurnEnd((error) => console.error(error)),
    gatherTimer: new SharedGatherTimer((error) => console.error(error)),
    metrics: silentMetrics,
    owner: 'bench',
    onEffect: () => undefined,
    onSnapshotFailure: (_, error) => console.error(error),
    limits: DEFAULT_LIMITS,
  };
  const documents = new Documents(environment, { onCrash: (_, error) => console.error(error) });
  return { documents, add: (id) => documents.open('counter', id).execute(ADD, caller) };
}

/** Same semantics without actors: bounded, group commit, answered when durable, latest facts kept, snapshots. */
class PlainDocument {
  readonly #facts = new FactLog(0);
  readonly #store: DocumentStore;
  readonly #id: DocumentId;
  #state: CounterState = counterKind.create('');
  #claim: Claim | undefined;
  #seq = 0;
  #pending: { event: StoredEvent; fact: unknown; resolve: (answer: unknown) => void; answer: unknown }[] = [];
  #appending = false;

  constructor(store: DocumentStore, id: DocumentId) {
    this.#store = store;
    this.#id = id;
  }

  async load(): Promise<void> {
    this.#claim = await this.#store.claim(this.#id, 'bench');
  }

  add(): Promise<unknown> {
    return new Promise((resolve) => {
      if (this.#pending.length >= DEFAULT_LIMITS.asks) throw new Error('overloaded');
      const seq = ++this.#seq;
      const at = Date.now();
      const done = counterKind.execute(this.#state, ADD, { at, by: caller.by, seq }, randomUUID);
      if (done.event === undefined) return;
      const event = { seq, at, by: caller.by, version: 1, bytes: counterKind.encode(done.event) };
      this.#pending.push({ event, fact: done.fact, resolve, answer: { seq, answer: done.answer } });
      if (!this.#appending) void this.#append();
    });
  }

  async #append(): Promise<void> {
    const claim = this.#claim;
    if (claim === undefined) return;
    this.#appending = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      await this.#store.append(claim, { events: batch.map(({ event }) => event) });
      for (const { event, fact, resolve, answer } of batch) {
        this.#facts.add(event.seq, fact, event.bytes.length);
        resolve(answer);
      }
      if (this.#seq % DEFAULT_LIMITS.snapshotEvents < batch.length) {
        const bytes = counterKind.snapshot(this.#state);
        const snapshot = { seq: batch.at(-1)?.event.seq ?? 0, at: 0, bytes, pinned: false };
        void this.#store.putSnapshot(claim, snapshot).then(() => this.#store.prune(claim, 5));
      }
    }
    this.#appending = false;
  }
}

function plain(): Target {
  const store = new MemoryStore();
  const documents = new Map<DocumentId, Promise<PlainDocument>>();
  const live = new Map<DocumentId, PlainDocument>();
  return {
    add: async (id) => {
      const known = live.get(id);
      if (known !== undefined) return known.add();
      let loading = documents.get(id);
      if (loading === undefined) {
        const document = new PlainDocument(store, id);
        loading = document.load().then(() => document);
        documents.set(id, loading);
      }
      const document = await loading;
      live.set(id, document);
      return document.add();
    },
  };
}

/** Acked mutations per second. */
async function throughput(target: Target, ids: readonly DocumentId[]): Promise<number> {
  // Starting a document is not what is measured here: each is in memory before the clock runs.
  await Promise.all(ids.map((id) => target.add(id)));
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < MUTATIONS) {
      const id = ids[next++ % ids.length];
      if (id !== undefined) await target.add(id);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: WINDOW }, client));
  return MUTATIONS / ((performance.now() - begun) / 1000);
}

async function compare(ids: readonly DocumentId[]): Promise<{ actor: number; class: number; ratio: number }> {
  const ratios: number[] = [];
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const a = await throughput(actors(), ids);
    const b = await throughput(plain(), ids);
    if (round === 0) continue; // warms the compiler up
    ours.push(a);
    theirs.push(b);
    ratios.push(a / b);
  }
  return { actor: median(ours), class: median(theirs), ratio: median(ratios) };
}

const heap = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/** Bytes of heap per live document; without what the store keeps for it. */
async function heapPerDocument(): Promise<{ live: number; passivated: number }> {
  const { documents } = actors();
  const ids = Array.from({ length: LIVE }, () => randomUUID() as DocumentId);
  const empty = heap();
  for (const id of ids)
    documents
      .open('counter', id)
      .query({ type: 'value' })
      .catch(() => undefined);
  await documents.open('counter', ids[LIVE - 1] as DocumentId).query({ type: 'value' });
  const full = heap();
  await documents.stop();
  const left = heap();
  return { live: (full - left) / LIVE, passivated: Math.max(0, (left - empty) / LIVE) };
}

const hot = await compare([randomUUID() as DocumentId]);
const spread = await compare(Array.from({ length: SPREAD }, () => randomUUID() as DocumentId));
const bytes = globalThis.gc === undefined ? undefined : await heapPerDocument();
report('actors', [
  { name: 'one hot document, actor', value: hot.actor, unit: 'acked mutations/s' },
  { name: 'one hot document, plain class', value: hot.class, unit: 'acked mutations/s' },
  { name: 'one hot document, ratio', value: hot.ratio, unit: '×', target: '≥ 0.75' },
  { name: '10,000 documents, actors', value: spread.actor, unit: 'acked mutations/s' },
  { name: '10,000 documents, plain class', value: spread.class, unit: 'acked mutations/s' },
  { name: '10,000 documents, ratio', value: spread.ratio, unit: '×', target: '≥ 0.4' },
  ...(bytes === undefined
    ? []
    : [
        { name: 'heap per idle live document', value: bytes.live / 1024, unit: 'KiB', target: '≤ 4' },
        { name: "left per passivated document (the store's)", value: bytes.passivated / 1024, unit: 'KiB' },
      ]),
]);
