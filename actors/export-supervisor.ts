import PQueue from 'p-queue';
import { type ActorRefFrom, assign, createActor, setup } from 'xstate';
import type { ExportOutcome } from '../protocol/annotation-messages.ts';
import type { ExportEffect } from '../protocol/effects.ts';
import type { ExportJob } from '../protocol/entities.ts';
import type { DocumentId, EntityId } from '../protocol/ids.ts';

export interface ExportTask {
  readonly documentId: DocumentId;
  readonly effect: ExportEffect;
}

/** How far a job is. */
export type ExportStage =
  | { readonly stage: 'queued' }
  | { readonly stage: 'processing'; readonly progress: number };

type SupervisorMessage =
  | { readonly type: 'submit'; readonly task: ExportTask }
  | { readonly type: 'progressed'; readonly id: EntityId; readonly progress: number }
  | { readonly type: 'settled'; readonly id: EntityId }
  | { readonly type: 'drain' };

export interface ExportSupervisorOptions {
  /** Jobs that run at the same time. */
  readonly concurrency: number;
  /** Renders; rejects where `signal` ended it. */
  readonly run: (
    task: ExportTask,
    signal: AbortSignal,
    onProgress: (progress: number) => void,
  ) => Promise<ExportOutcome>;
  /** Makes the outcome durable in the job's document. A rejection leaves the job unfinished: it is run again. */
  readonly finish: (task: ExportTask, outcome: ExportOutcome, signal: AbortSignal) => Promise<void>;
  readonly onProgress: (task: ExportTask, progress: number) => void;
  readonly onFailure: (task: ExportTask, error: unknown) => void;
}

interface Context {
  /** Jobs that this process has taken on, by id: a job that is submitted twice runs once. */
  readonly jobs: Map<EntityId, ExportStage>;
}

/**
 * The export supervisor: an actor that takes jobs from documents and runs a few at a time. Jobs live in their
 * documents' logs; what is here is only who runs now. While it drains it takes no more: those jobs stay queued in their
 * documents and are taken up by the next process.
 */
export class ExportSupervisor {
  readonly #options: ExportSupervisorOptions;
  readonly #queue: PQueue;
  readonly #actor: ActorRefFrom<ReturnType<typeof supervisorLogic>>;
  readonly #abort = new AbortController();

  constructor(options: ExportSupervisorOptions) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.concurrency });
    this.#actor = createActor(
      supervisorLogic((task) => void this.#queue.add(() => this.#run(task)).catch(() => undefined)),
      { id: 'exports' },
    ).start();
  }

  submit(task: ExportTask): void {
    this.#actor.send({ type: 'submit', task });
  }

  /** Where this process has a job, how far it is. */
  stageOf(id: EntityId): ExportStage | undefined {
    return this.#actor.getSnapshot().context.jobs.get(id);
  }

  /** Jobs that wait or run. */
  get pending(): number {
    return this.#actor.getSnapshot().context.jobs.size;
  }

  /** Takes no more jobs, lets the running ones finish for `graceMs`, then gives them up: they stay queued. */
  async stop(graceMs: number): Promise<void> {
    this.#actor.send({ type: 'drain' });
    this.#queue.clear();
    const giveUp = setTimeout(() => this.#abort.abort(), graceMs);
    await this.#queue.onIdle();
    clearTimeout(giveUp);
  }

  async #run(task: ExportTask): Promise<void> {
    const { id } = task.effect;
    const report = (progress: number): void => {
      this.#actor.send({ type: 'progressed', id, progress });
      this.#options.onProgress(task, progress);
    };
    try {
      report(0);
      const outcome = await this.#options.run(task, this.#abort.signal, report);
      await this.#options.finish(task, outcome, this.#abort.signal);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#options.onFailure(task, error);
    } finally {
      this.#actor.send({ type: 'settled', id });
    }
  }
}

/** A job as readers see it while it runs. */
export function withStage(job: ExportJob, stage: ExportStage | undefined): ExportJob {
  if (job.status !== 'queued' || stage?.stage !== 'processing') return job;
  return { ...job, status: 'processing', progress: stage.progress };
}

function supervisorLogic(enqueue: (task: ExportTask) => void) {
  return setup({
    types: { context: {} as Context, events: {} as SupervisorMessage },
    guards: {
      isNew: ({ context, event }) => event.type === 'submit' && !context.jobs.has(event.task.effect.id),
    },
    actions: {
      accept: ({ context, event }) => {
        if (event.type !== 'submit') return;
        context.jobs.set(event.task.effect.id, { stage: 'queued' });
        enqueue(event.task);
      },
      note: ({ context, event }) => {
        if (event.type === 'progressed' && context.jobs.has(event.id)) {
          context.jobs.set(event.id, { stage: 'processing', progress: event.progress });
        }
      },
      forget: ({ context, event }) => {
        if (event.type === 'settled') context.jobs.delete(event.id);
      },
      forgetQueued: assign({
        jobs: ({ context }) => new Map([...context.jobs].filter(([, job]) => job.stage !== 'queued')),
      }),
    },
  }).createMachine({
    id: 'exports',
    context: () => ({ jobs: new Map() }),
    initial: 'running',
    on: { progressed: { actions: 'note' }, settled: { actions: 'forget' } },
    states: {
      running: {
        on: {
          submit: { guard: 'isNew', actions: 'accept' },
          drain: { target: 'draining', actions: 'forgetQueued' },
        },
      },
      draining: {},
    },
  });
}
