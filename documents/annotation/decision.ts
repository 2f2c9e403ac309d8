import type {
  AnnotationAnswer,
  AnnotationCommands,
  AnnotationFact,
} from '../../protocol/annotation-messages.ts';
import { Problem } from '../../protocol/problem.ts';
import type { Applied, Unchanged } from '../kind.ts';
import type { Touched } from './annotation-crdt.ts';
import type { AnnotationEvent } from './annotation-events.ts';
import type { AnnotationState } from './annotation-state.ts';
import type { DocumentFields } from './document-fields.ts';

/** What a command leads to. The CRDT is changed already where the event has an update; all else is for the fold. */
export interface Decision {
  readonly event: AnnotationEvent;
  /** Entries that the event's update touched. */
  readonly touched?: Touched;
  /** Consequences that only living through the event has: they are in the store, or done, when it is replayed. */
  readonly pin?: Applied<AnnotationFact, AnnotationAnswer>['pin'];
  readonly effects?: Applied<AnnotationFact, AnnotationAnswer>['effects'];
}

/** A command that changes nothing: it is answered, but there is nothing to log or to tell. */
export type NoEvent = Unchanged<AnnotationAnswer>;

/** What a command of a type carries. */
export type Carried<Type extends keyof AnnotationCommands> = Readonly<AnnotationCommands[Type]['carries']>;

/** @throws Problem `not_found` where the document is not yet, or is deleted. */
export function requireActive(state: AnnotationState): DocumentFields {
  const fields = requireCreated(state);
  if (fields.wire.status === 'deleted') throw Problem.notFound('document', state.id);
  return fields;
}

/** @throws Problem `not_found` where the document is not yet. */
export function requireCreated(state: AnnotationState): DocumentFields {
  if (state.document === undefined) throw Problem.notFound('document', state.id);
  return state.document;
}
