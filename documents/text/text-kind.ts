import type { TextDocument } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type {
  TextAnswer,
  TextCommand,
  TextFact,
  TextOpening,
  TextQuery,
} from '../../protocol/text-messages.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { DocumentKind, Instant, Unchanged } from '../kind.ts';
import { textFault } from '../well-formed-text.ts';
import { checkUpdate } from './check-update.ts';
import { decodeEvent, EVENT_VERSION, encodeEvent } from './event-codec.ts';
import { isWorthMerging, type SnapshotCadence, TEXT_CADENCE } from './snapshot-cadence.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';
import type { TextEvent } from './text-events.ts';
import { fold } from './text-fold.ts';
import { TextState } from './text-state.ts';

const TITLE_BOUNDS = { min: 1, max: 256 };
/** A tail of this size is rewritten without asking what it is worth. */
const SMALL_TAIL_BYTES = 64 * 1024;

/** What a command leads to; whatever can refuse it has had its say. */
type Decision = TextEvent | Unchanged<TextAnswer>;

type TextKind = DocumentKind<TextState, TextCommand, TextQuery, TextEvent, TextFact, TextAnswer>;
type Carried<Type> = Extract<TextCommand, { type: Type }>;

/**
 * A text of which the clients hold a CRDT: the server keeps its updates in one order and merges nothing but Yjs
 * updates, and those outside of here.
 *
 * @param cadence must be the same for all documents of a process
 */
export function createTextKind(cadence: SnapshotCadence = TEXT_CADENCE): TextKind {
  return {
    name: 'text',
    eventVersion: EVENT_VERSION,

    create: (id) => new TextState(id as DocumentId),

    execute(state, command, instant) {
      const decision = decide(state, command, instant);
      if ('answer' in decision) return decision;
      return { event: decision, ...fold(state, decision, instant, cadence) };
    },

    replay: (state, event, instant) => fold(state, event, instant, cadence),

    query: answerQuery,
    factsAfter: (state, seq) => state.factsAfter(seq),
    unfinished: (state) => (isWorthMerging(state, cadence) ? [{ type: 'compact' }] : []),
    isCompact: ({ snapshot, tailBytes }) => tailBytes <= Math.max(SMALL_TAIL_BYTES, snapshot.bytes.length),
    snapshot: encodeSnapshot,
    restore: decodeSnapshot,
    encode: encodeEvent,
    decode: decodeEvent,
  };
}

function decide(state: TextState, command: TextCommand, instant: Instant): Decision {
  switch (command.type) {
    case 'document.create':
      return createDocument(state, command);
    case 'document.update':
      return updateDocument(state, command);
    case 'document.delete':
      requireActive(state);
      return { type: 'document.updated', deleted: true };
    case 'update':
      return update(state, command);
    case 'snapshot':
      if (requireActive(state).crdt === 'yjs') return { answer: { stored: false } };
      return replaceSnapshot(state, command, instant);
    case 'compact':
      requireActive(state);
      return replaceSnapshot(state, command, instant);
    default:
      return unreachable(command);
  }
}

function createDocument(state: TextState, command: Carried<'document.create'>): Decision {
  if (state.document !== undefined) return { answer: state.document };
  const { title, owner_id, crdt } = command;
  checkTitle(title);
  return { type: 'document.created', title, owner_id, crdt };
}

function updateDocument(state: TextState, command: Carried<'document.update'>): Decision {
  const document = command.deleted === false ? requireCreated(state) : requireActive(state);
  const { title, deleted } = command;
  if (title !== undefined) checkTitle(title);
  const retitled = title !== undefined && title !== document.title;
  const moved = deleted !== undefined && deleted !== (document.deleted_at !== null);
  if (!retitled && !moved) return { answer: document };
  return { type: 'document.updated', ...(retitled ? { title } : {}), ...(moved ? { deleted } : {}) };
}

function update(state: TextState, { actorId, delta, baseVersion }: Carried<'update'>): Decision {
  checkUpdate(requireActive(state).crdt, delta);
  return { type: 'update', actorId, delta, ...(baseVersion === undefined ? {} : { baseVersion }) };
}

function replaceSnapshot(
  state: TextState,
  { version, bytes }: Carried<'snapshot' | 'compact'>,
  { seq }: Instant,
): Decision {
  if (version >= seq) throw Problem.invalid('/version', 'is ahead of the document');
  if (version <= state.snapshot.version) return { answer: { stored: false } };
  return { type: 'snapshot', version, bytes };
}

function answerQuery(state: TextState, query: TextQuery): TextDocument | TextOpening {
  switch (query.type) {
    case 'document.get':
      return query.include_deleted === true ? requireCreated(state) : requireActive(state);
    case 'opening':
      return { snapshot: state.snapshot, tail: state.tail.slice() };
    default:
      return unreachable(query);
  }
}

function requireCreated(state: TextState): TextDocument {
  if (state.document === undefined) throw Problem.notFound('document', state.id);
  return state.document;
}

function requireActive(state: TextState): TextDocument {
  const document = requireCreated(state);
  if (document.deleted_at !== null) throw Problem.notFound('document', state.id);
  return document;
}

function checkTitle(title: string): void {
  const fault = textFault(title, TITLE_BOUNDS);
  if (fault !== undefined) throw Problem.invalid('/body/title', fault);
}
