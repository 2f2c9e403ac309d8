import type { MessagePort } from 'node:worker_threads';
import { type FieldError, Problem } from '../protocol/problem.ts';
import type { ProblemCode } from '../protocol/problem-table.ts';
import type { PaletteRequest, RenderRequest, RenderResult } from './port.ts';
import type { RenderStage } from './render-picture.ts';

/** What is sent to a worker. */
export interface RenderJob {
  readonly request: RenderRequest | PaletteRequest;
  /** Receives each {@link JobStage} as it is reached. */
  readonly progress: MessagePort;
}

/** `start` when a worker has taken the job: from then on its time counts. */
export type JobStage = 'start' | RenderStage;

/** A `Problem` as plain data: structured clone would turn the class into a bare `Error`. */
export interface ProblemData {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** What the log is told, and the caller is not. */
  readonly cause?: string;
}

/** What a worker answers. */
export type JobReply =
  | { readonly kind: 'done'; readonly result: RenderResult }
  | { readonly kind: 'failed'; readonly problem: ProblemData };

/** Part of the work that is behind a stage, 0..1; encoding is the longest. */
export const PROGRESS_AFTER: Readonly<Record<JobStage, number>> = {
  start: 0,
  decode: 0.3,
  draw: 0.6,
  encode: 1,
};

/** What was thrown in a worker, ready for the way out: anything but a `Problem` is a defect of the renderer. */
export function problemData(error: unknown): ProblemData {
  if (error instanceof Problem) {
    return { code: error.code, detail: error.message, ...(error.errors && { errors: error.errors }) };
  }
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'render_failed', detail: 'The picture could not be drawn.', cause };
}

export const toProblem = ({ code, detail, errors, cause }: ProblemData): Problem =>
  new Problem(code, detail, { ...(errors && { errors }), ...(cause !== undefined && { cause }) });
