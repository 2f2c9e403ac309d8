import type {
  AnnotationAnswer,
  AnnotationCommand,
  AnnotationFact,
  AnnotationQuery,
} from '../../protocol/annotation-messages.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { DocumentKind, Instant } from '../kind.ts';
import type { Touched } from './annotation-crdt.ts';
import { createAnnotation, deleteAnnotation, mergeUpdate, updateAnnotation } from './annotation-edits.ts';
import type { AnnotationEvent } from './annotation-events.ts';
import { AnnotationState } from './annotation-state.ts';
import { type Decision, type NoEvent, requireActive } from './decision.ts';
import { createDocument, deleteDocument, keepDocumentImage, updateDocument } from './document-changes.ts';
import { decodeEvent, EVENT_VERSION, encodeEvent } from './event-codec.ts';
import { finishExport, requestExport } from './exports.ts';
import { fold } from './fold.ts';
import { answerQuery } from './queries.ts';
import { revertDocument } from './revert.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';
import { createVersion } from './versions.ts';

const NOTHING_TOUCHED: Touched = new Set();

/**
 * A picture with annotations. A command that changes nothing (an update that a Yjs client sends again, a result of an
 * export that is finished) is answered without an event and without a fact.
 */
export const annotationKind: DocumentKind<
  AnnotationState,
  AnnotationCommand,
  AnnotationQuery,
  AnnotationEvent,
  AnnotationFact,
  AnnotationAnswer
> = {
  name: 'annotation',
  eventVersion: EVENT_VERSION,

  create: (id) => new AnnotationState(id as DocumentId),

  execute(state, command, instant, newId) {
    const decision = decide(state, command, instant, newId);
    if (decision.event === undefined) return decision;
    const { event, touched = NOTHING_TOUCHED, pin, effects } = decision;
    return {
      event,
      ...fold(state, event, instant, touched),
      ...(pin === undefined ? {} : { pin }),
      ...(effects === undefined ? {} : { effects }),
    };
  },

  replay(state, event, instant) {
    const touched = 'update' in event ? state.crdt.apply(event.update) : NOTHING_TOUCHED;
    return fold(state, event, instant, touched);
  },

  query: answerQuery,
  unfinished: (state) => state.exports.unfinished(),
  snapshot: encodeSnapshot,
  restore: decodeSnapshot,
  encode: encodeEvent,
  decode: decodeEvent,
};

/** Everything that can refuse a command is in here, before anything is changed. */
function decide(
  state: AnnotationState,
  command: AnnotationCommand,
  instant: Instant,
  newId: () => string,
): Decision | NoEvent {
  switch (command.type) {
    case 'document.create':
      return createDocument(state, command);
    case 'document.update':
      return updateDocument(state, command);
    case 'document.delete':
      return deleteDocument(state, command);
    case 'document.keepImage':
      return keepDocumentImage(state, command);
    case 'document.revert':
      return revertDocument(state, command);
    case 'annotation.create':
      requireActive(state);
      return createAnnotation(state, command, newId);
    case 'annotation.update':
      requireActive(state);
      return updateAnnotation(state, command);
    case 'annotation.delete':
      requireActive(state);
      return deleteAnnotation(state, command);
    case 'annotations.merge':
      requireActive(state);
      return mergeUpdate(state, command);
    case 'version.create':
      return createVersion(state, command, instant, newId);
    case 'export.request':
      return requestExport(state, command, instant, newId);
    case 'export.finish':
      return finishExport(state, command);
    default:
      return unreachable(command);
  }
}
