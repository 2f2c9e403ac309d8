import type { TextDocument } from '../../protocol/entities.ts';
import type { CompactEffect, TextAnswer, TextFact } from '../../protocol/text-messages.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Applied, Instant, Summary } from '../kind.ts';
import { isSnapshotDue, isWorthMerging, type SnapshotCadence } from './snapshot-cadence.ts';
import type { TextEvent } from './text-events.ts';
import type { TextState } from './text-state.ts';

/** Edits change `updated_at` this often: the document's row in the directory is written again each time. */
const EDITS_NOTED_MS = 10_000;
const COMPACT: readonly CompactEffect[] = [{ type: 'compact' }];

type AppliedText = Applied<TextFact, TextAnswer>;
type EventOf<Type> = Extract<TextEvent, { type: Type }>;

/** What an event does to the state, lived and replayed alike. */
export function fold(
  state: TextState,
  event: TextEvent,
  instant: Instant,
  cadence: SnapshotCadence,
): AppliedText {
  switch (event.type) {
    case 'document.created':
      return createDocument(state, event, instant);
    case 'document.updated':
      return updateDocument(state, event, instant);
    case 'update':
      return addUpdate(state, event, instant, cadence);
    case 'snapshot': {
      const { version, bytes } = event;
      state.replaceSnapshot({ version, bytes }, instant.at);
      const fact: TextFact = { type: 'snapshot', version };
      state.add(fact);
      return { fact, answer: { stored: true } };
    }
    default:
      return unreachable(event);
  }
}

function createDocument(
  state: TextState,
  { title, owner_id, crdt }: EventOf<'document.created'>,
  { at }: Instant,
): AppliedText {
  const now = new Date(at).toISOString();
  return show(state, 'document.created', {
    id: state.id,
    title,
    owner_id,
    crdt,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  });
}

function updateDocument(
  state: TextState,
  { title, deleted }: EventOf<'document.updated'>,
  { at }: Instant,
): AppliedText {
  const document = created(state);
  const updated_at = new Date(at).toISOString();
  const changed = { ...document, title: title ?? document.title, updated_at };
  if (deleted === undefined) return show(state, 'document.updated', changed);
  return deleted
    ? show(state, 'document.deleted', { ...changed, deleted_at: updated_at })
    : show(state, 'document.restored', { ...changed, deleted_at: null });
}

function addUpdate(
  state: TextState,
  { actorId, delta }: EventOf<'update'>,
  { at }: Instant,
  cadence: SnapshotCadence,
): AppliedText {
  const isDue = isSnapshotDue(state.countUpdate(at), cadence, at);
  const isOpaque = created(state).crdt === 'opaque';
  const fact: TextFact = { type: 'update', actorId, delta, snapshotDue: isDue && isOpaque };
  state.add(fact);
  const merge = isDue && isWorthMerging(state, cadence);
  if (fact.snapshotDue || merge) state.resetUnmerged();
  const summary = noteEdit(state, at);
  return {
    fact,
    answer: null,
    ...(summary === undefined ? {} : { summary }),
    ...(merge ? { effects: COMPACT } : {}),
  };
}

function noteEdit(state: TextState, at: number): Summary | undefined {
  const document = created(state);
  if (at - Date.parse(document.updated_at) < EDITS_NOTED_MS) return undefined;
  state.document = { ...document, updated_at: new Date(at).toISOString() };
  return summaryOf(state.document);
}

function show(
  state: TextState,
  type: Exclude<TextFact['type'], 'update' | 'snapshot'>,
  document: TextDocument,
): AppliedText {
  state.document = document;
  const fact: TextFact = { type, document };
  state.add(fact);
  return { fact, answer: document, summary: summaryOf(document) };
}

const summaryOf = (document: TextDocument): Summary => ({
  title: document.title,
  createdAt: Date.parse(document.created_at),
  updatedAt: Date.parse(document.updated_at),
  deleted: document.deleted_at !== null,
  wire: document,
});

/** An event of a document that was never created is in no log. */
function created(state: TextState): TextDocument {
  if (state.document === undefined) throw new TypeError(`document ${state.id} was never created`);
  return state.document;
}
