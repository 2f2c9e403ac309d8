import type { ExportOutcome, ExportParameters } from '../../protocol/annotation-messages.ts';
import type { ExportJob } from '../../protocol/entities.ts';
import type { EntityId, Seq } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import type { Instant } from '../kind.ts';
import type { AnnotationState } from './annotation-state.ts';
import { sceneOf } from './content.ts';
import { type Carried, type Decision, type NoEvent, requireActive } from './decision.ts';
import { pageSize } from './document-fields.ts';
import { isOpen, toEffect } from './export-jobs.ts';

/** Pixels of a picture that can be made. */
const MAX_PIXELS = 100_000_000;

/** Queues an export of the state at `at`, or of this moment: then the scene goes with the effect. */
export function requestExport(
  state: AnnotationState,
  { parameters, at }: Carried<'export.request'>,
  instant: Instant,
  newId: () => string,
): Decision {
  const fields = requireActive(state);
  const present = instant.seq - 1;
  const seq = at ?? present;
  checkParameters(parameters, seq, present);
  // What size the page had at another moment is for the renderer to find out.
  if (at === undefined) checkSize(pageSize(fields), parameters.scale);
  const id = newId() as EntityId;
  const job = toJob(state, { id, seq, parameters }, instant);
  return {
    event: { type: 'export.queued', id, seq, parameters: toEffect(job).parameters },
    effects: [at === undefined ? { ...toEffect(job), scene: sceneOf(state) } : toEffect(job)],
  };
}

/** Also where the document is deleted meanwhile; a job that is finished stays as it is. */
export function finishExport(
  state: AnnotationState,
  { id, outcome }: Carried<'export.finish'>,
): Decision | NoEvent {
  const job = state.exports.get(id);
  if (job === undefined) throw Problem.notFound('export', id);
  if (!isOpen(job)) return { answer: job };
  return { event: { type: 'export.finished', id, outcome } };
}

export function toJob(
  state: AnnotationState,
  {
    id,
    seq,
    parameters,
  }: { readonly id: EntityId; readonly seq: Seq; readonly parameters: ExportParameters },
  { at, by }: Instant,
): ExportJob {
  const { format, scale, background, include_comments, dpi } = parameters;
  return {
    id,
    document_id: state.id,
    status: 'queued',
    format,
    seq,
    scale,
    background,
    include_comments,
    ...(dpi === undefined ? {} : { dpi }),
    progress: 0,
    result_url: null,
    created_at: new Date(at).toISOString(),
    created_by: by,
    completed_at: null,
  };
}

export function toFinished(job: ExportJob, outcome: ExportOutcome, { at }: Instant): ExportJob {
  const completed_at = new Date(at).toISOString();
  if (outcome.status === 'failed') return { ...job, status: 'failed', error: outcome.error, completed_at };
  const { status, mime, size } = outcome;
  return {
    ...job,
    status,
    progress: 1,
    result_url: `/exports/${job.id}.${job.format}`,
    mime,
    size,
    completed_at,
  };
}

function checkParameters({ format, background }: ExportParameters, seq: Seq, present: Seq): void {
  const errors = new FieldErrors();
  if (format === 'jpg' && background === 'transparent') {
    errors.add('/body/background', 'cannot be transparent in a jpg');
  }
  if (seq < 1 || seq > present) errors.add('/body/seq', `must be from 1 to ${present}`);
  errors.throwIfAny();
}

function checkSize(page: ReturnType<typeof pageSize>, scale: number): void {
  if (page === undefined) return;
  const pixels = Math.max(1, Math.round(page.width * scale)) * Math.max(1, Math.round(page.height * scale));
  if (pixels > MAX_PIXELS) {
    throw new Problem(
      'image_too_large',
      `The picture would have ${pixels} pixels; ${MAX_PIXELS} are allowed.`,
    );
  }
}
