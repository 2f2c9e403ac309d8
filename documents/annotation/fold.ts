import type { AnnotationAnswer, AnnotationFact } from '../../protocol/annotation-messages.ts';
import type { Annotation, ExportJob, Version } from '../../protocol/entities.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Applied, EntityChange, Instant } from '../kind.ts';
import type { Touched } from './annotation-crdt.ts';
import type { AnnotationEvent } from './annotation-events.ts';
import type { AnnotationState } from './annotation-state.ts';
import { requireCreated } from './decision.ts';
import { changeFields, createFields, type DocumentFields, keepImage, toSummary } from './document-fields.ts';
import { isOpen } from './export-jobs.ts';
import { toFinished, toJob } from './exports.ts';
import type { Changes } from './projection.ts';

type Outcome = Applied<AnnotationFact, AnnotationAnswer>;
type EventOf<Type extends AnnotationEvent['type']> = Extract<AnnotationEvent, { type: Type }>;

/**
 * What an event does to everything but the CRDT; the same from living through it and from the log.
 *
 * @param touched entries of the CRDT that the event's update touched.
 */
export function fold(
  state: AnnotationState,
  event: AnnotationEvent,
  instant: Instant,
  touched: Touched,
): Outcome {
  switch (event.type) {
    case 'document.created':
      return tellDocument(state, 'document.created', createFields(state.id, event, instant));
    case 'document.updated':
      return tellDocument(state, 'document.updated', changeFields(requireCreated(state), event, instant));
    case 'document.deleted':
      return tellDocument(
        state,
        'document.deleted',
        changeFields(requireCreated(state), { status: 'deleted' }, instant),
      );
    case 'document.imageKept':
      return tellDocument(state, 'document.updated', keepImage(requireCreated(state), event.copy));
    case 'document.reverted':
      return foldRevert(state, event, instant, touched);
    case 'annotations.edited':
      return foldEdit(state, event, instant, touched);
    case 'version.created':
      return foldVersion(state, event, instant);
    case 'export.queued':
      return tellJob(state, toJob(state, event, instant));
    case 'export.finished': {
      const job = state.exports.get(event.id);
      if (job === undefined) throw new Error(`export ${event.id} is finished but was never queued`);
      return tellJob(state, toFinished(job, event.outcome, instant));
    }
    default:
      return unreachable(event);
  }
}

function tellDocument(
  state: AnnotationState,
  type: 'document.created' | 'document.updated' | 'document.deleted',
  fields: DocumentFields,
): Outcome {
  state.document = fields;
  return { fact: { type, document: fields.wire }, answer: fields.wire, summary: toSummary(fields) };
}

function foldRevert(
  state: AnnotationState,
  { version_id, name, image, update }: EventOf<'document.reverted'>,
  instant: Instant,
  touched: Touched,
): Outcome {
  const version = state.versions.get(version_id);
  if (version === undefined) throw new Error(`version ${version_id} is reverted to but was never made`);
  const fields = changeFields(requireCreated(state), { name, image }, instant);
  state.document = fields;
  const changes = state.annotations.fold(touched, instant);
  const { created, updated, deleted } = changes;
  return {
    fact: { type: 'document.reverted', document: fields.wire, version, created, updated, deleted, update },
    answer: fields.wire,
    summary: toSummary(fields),
    ...entityChanges(state, changes),
  };
}

function foldEdit(
  state: AnnotationState,
  { update, subject }: EventOf<'annotations.edited'>,
  instant: Instant,
  touched: Touched,
): Outcome {
  const changes = state.annotations.fold(touched, instant, subject);
  const answer =
    subject === undefined ? { quarantined: changes.quarantined } : state.annotations.get(subject);
  if (answer === undefined)
    throw new Error(`annotation ${subject} is the subject of an event but was never seen`);
  return { fact: toFact(changes, update), answer, ...entityChanges(state, changes) };
}

function toFact({ created, updated, deleted }: Changes, update: Uint8Array): AnnotationFact {
  if (created.length + updated.length + deleted.length === 1) {
    const [annotation] = created;
    if (annotation) return { type: 'annotation.created', annotation, update };
    const [changed] = updated;
    if (changed) return { type: 'annotation.updated', annotation: changed, update };
    const [gone] = deleted;
    if (gone) return { type: 'annotation.deleted', annotation: gone, update };
  }
  return { type: 'annotations.changed', created, updated, deleted, update };
}

/** Directory rows of annotations that are new, deleted, or back. */
function entityChanges(state: AnnotationState, { created, deleted }: Changes): Pick<Outcome, 'entities'> {
  if (created.length + deleted.length === 0) return {};
  const toRow = ({ id, status }: Annotation): EntityChange => ({
    id: id as EntityId,
    type: 'annotation',
    createdAt: state.annotations.createdAt(id),
    deleted: status === 'deleted',
    open: false,
  });
  return { entities: [...created.map(toRow), ...deleted.map(toRow)] };
}

function foldVersion(
  state: AnnotationState,
  { id, seq, change_summary, tag }: EventOf<'version.created'>,
  { at, by }: Instant,
): Outcome {
  const version: Version = {
    id,
    document_id: state.id,
    number: state.versions.nextNumber,
    seq,
    ...(tag === undefined ? {} : { tag }),
    change_summary,
    created_at: new Date(at).toISOString(),
    created_by: by,
  };
  state.versions.add(version);
  return {
    fact: { type: 'version.created', version },
    answer: version,
    entities: [{ id, type: 'version', createdAt: at, deleted: false, open: false }],
  };
}

function tellJob(state: AnnotationState, job: ExportJob): Outcome {
  state.exports.put(job);
  return {
    fact: { type: 'export.updated', job },
    answer: job,
    entities: [
      {
        id: job.id as EntityId,
        type: 'export',
        createdAt: Date.parse(job.created_at),
        deleted: false,
        open: isOpen(job),
      },
    ],
  };
}
