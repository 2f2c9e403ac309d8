import type { AnyDocumentKind, Applied, Instant } from '../documents/kind.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { DocumentStore, StoredEvent } from '../storage/port.ts';
import type { Fact } from './fact-log.ts';
import { Pace } from './pace.ts';
import { type OpenedSnapshot, openSnapshot } from './snapshot-envelope.ts';

/** A state rebuilt from the store. */
export interface Rebuilt {
  readonly state: unknown;
  readonly seq: Seq;
  /** When its last event happened, in ms since 1970. */
  readonly at: number;
  /** What it was rebuilt from; `undefined`: nothing. */
  readonly base: OpenedSnapshot | undefined;
  /** Number of events replayed on top of the snapshot. */
  readonly replayed: number;
}

/** More missed facts than this are not replayed to a subscriber: reading the document anew is cheaper for both. */
const MISSED_FACTS_LIMIT = 10_000;
/** The same in bytes of their events: the facts are in memory all at once, and hold as much. */
const MISSED_BYTES_LIMIT = 16 * 1024 * 1024;

type OnReplayed = (event: StoredEvent, applied: Applied<unknown, unknown>) => void;

/**
 * The state after event `upTo` (default: the last one), from the nearest snapshot before it and the log. Long logs are
 * replayed in stretches, between which others get their turn.
 *
 * @param from the newest snapshot to begin with (default: `upTo`); an earlier one gives more events to `onReplayed`
 * @returns undefined where the events that are needed are no longer kept
 */
export async function rebuild(
  store: DocumentStore,
  kind: AnyDocumentKind,
  id: DocumentId,
  upTo: Seq = Number.MAX_SAFE_INTEGER,
  onReplayed?: OnReplayed,
  from: Seq = upTo,
): Promise<Rebuilt | undefined> {
  const snapshot = await store.getSnapshot(id, from);
  const base = snapshot === undefined ? undefined : await openSnapshot(snapshot.bytes);
  const state = base === undefined ? kind.create(id) : kind.restore(id, base.state);
  const start = snapshot?.seq ?? 0;
  let seq = start;
  let at = snapshot?.at ?? 0;
  const pace = new Pace();
  if (seq < upTo) {
    for await (const chunk of store.read(id, seq)) {
      for (const event of chunk) {
        if (event.seq > upTo) break;
        if (event.seq !== seq + 1) return undefined;
        const applied = kind.replay(state, kind.decode(event.bytes, event.version), instantOf(event));
        seq = event.seq;
        at = event.at;
        onReplayed?.(event, applied);
        if (pace.isOver) await pace.rest();
      }
      if (seq >= upTo) break;
    }
  }
  if (upTo !== Number.MAX_SAFE_INTEGER && seq < upTo) return undefined;
  return { state, seq, at, base, replayed: seq - start };
}

/** The answer to a query as it would have been after event `seq`. @throws Problem `state_gone` */
export async function queryAt(
  store: DocumentStore,
  kind: AnyDocumentKind,
  id: DocumentId,
  seq: Seq,
  query: object,
): Promise<unknown> {
  return kind.query(await rebuildAt(store, kind, id, seq), query);
}

/** The kind's snapshot of the state after event `seq`. @throws Problem `state_gone` */
export async function stateAt(
  store: DocumentStore,
  kind: AnyDocumentKind,
  id: DocumentId,
  seq: Seq,
): Promise<Uint8Array> {
  return kind.snapshot(await rebuildAt(store, kind, id, seq));
}

async function rebuildAt(
  store: DocumentStore,
  kind: AnyDocumentKind,
  id: DocumentId,
  seq: Seq,
): Promise<unknown> {
  const rebuilt = await rebuild(store, kind, id, seq);
  if (rebuilt === undefined) throw new Problem('state_gone', `The state of ${id} at seq ${seq} is not kept.`);
  return rebuilt.state;
}

/** The facts with `afterSeq < seq <= upTo`; `undefined` where they are no longer kept or are too many. */
export async function factsBetween(
  store: DocumentStore,
  kind: AnyDocumentKind,
  id: DocumentId,
  afterSeq: Seq,
  upTo: Seq,
): Promise<readonly Fact[] | undefined> {
  if (upTo - afterSeq > MISSED_FACTS_LIMIT) return undefined;
  const facts: Fact[] = [];
  let bytes = 0;
  const collect: OnReplayed = ({ seq, bytes: { length } }, { fact }) => {
    if (seq <= afterSeq) return;
    bytes += length;
    if (bytes <= MISSED_BYTES_LIMIT) facts.push({ seq, fact });
    else facts.length = 0;
  };
  const rebuilt = await rebuild(store, kind, id, upTo, collect, afterSeq);
  return rebuilt === undefined || facts.length !== upTo - afterSeq ? undefined : facts;
}

/** The circumstances under which a logged event happened. */
export function instantOf(event: StoredEvent): Instant {
  return { at: event.at, by: event.by, seq: event.seq };
}
