import { setTimeout as wait } from 'node:timers/promises';
import type { ExportOutcome } from '../protocol/annotation-messages.ts';
import type { ExportEffect } from '../protocol/effects.ts';
import { type DocumentId, type EntityId, SYSTEM } from '../protocol/ids.ts';
import type { MetricsSink } from '../protocol/metrics.ts';
import { Problem } from '../protocol/problem.ts';
import type { Renderer } from '../render/port.ts';
import { AnnotationDocument } from './annotation-document.ts';
import { DocumentImages } from './document-images.ts';
import type { Documents } from './documents.ts';
import type { Clock } from './environment.ts';
import { type ExportJobParts, runExport } from './export-job.ts';
import { type ExportStage, ExportSupervisor, type ExportTask, withStage } from './export-supervisor.ts';
import type { ImageLibrary } from './image-library.ts';
import { SceneRenderer } from './scene-renderer.ts';

export interface ExportsParts {
  readonly documents: Documents;
  readonly renderer: Renderer;
  readonly images: ImageLibrary;
  /** Absolute; exists. */
  readonly exportsDir: string;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly metrics: MetricsSink;
  readonly onFailure: (documentId: DocumentId, id: EntityId, error: unknown) => void;
}

const KIND = 'annotation';
/** A document that cannot take its job's outcome now (its store has a hiccup) is asked again after these pauses, the last one again and again. */
const FINISH_PAUSES_MS = [100, 500, 2_000, 10_000];

/** Exports from the effect of a document to the event that ends them in it. */
export class Exports {
  readonly #parts: ExportsParts;
  readonly #supervisor: ExportSupervisor;
  readonly #begun = new Map<EntityId, number>();

  constructor(parts: ExportsParts) {
    this.#parts = parts;
    const job: ExportJobParts = {
      pictures: new SceneRenderer({
        renderer: parts.renderer,
        images: new DocumentImages({ images: parts.images, open: (id) => this.#document(id) }),
      }),
      exportsDir: parts.exportsDir,
      sceneAt: (id, seq) => this.#document(id).queryAt(seq, { type: 'scene' }),
      onDefect: () => undefined,
    };
    this.#supervisor = new ExportSupervisor({
      concurrency: parts.concurrency,
      run: ({ documentId, effect }, signal, onProgress) =>
        runExport(
          { ...job, onDefect: (error) => parts.onFailure(documentId, effect.id, error) },
          documentId,
          effect,
          signal,
          onProgress,
        ),
      finish: (task, outcome, signal) => this.#finish(task, outcome, signal),
      onProgress: (task, progress) => this.#tellProgress(task, progress),
      onFailure: ({ documentId, effect }, error) => parts.onFailure(documentId, effect.id, error),
    });
  }

  /** Takes a job on, unless this process has it already. */
  begin(documentId: DocumentId, effect: ExportEffect): void {
    if (this.#supervisor.stageOf(effect.id) !== undefined) return;
    this.#begun.set(effect.id, this.#parts.clock.now());
    this.#parts.metrics.exportQueued();
    this.#supervisor.submit({ documentId, effect });
  }

  stageOf(id: EntityId): ExportStage | undefined {
    return this.#supervisor.stageOf(id);
  }

  get pending(): number {
    return this.#supervisor.pending;
  }

  /** See `ExportSupervisor.stop`. */
  stop(graceMs: number): Promise<void> {
    return this.#supervisor.stop(graceMs);
  }

  #document(id: DocumentId): AnnotationDocument {
    return new AnnotationDocument(this.#parts.documents.open(KIND, id));
  }

  async #finish(
    { documentId, effect }: ExportTask,
    outcome: ExportOutcome,
    signal: AbortSignal,
  ): Promise<void> {
    const { id } = effect;
    const begun = this.#begun.get(id) ?? this.#parts.clock.now();
    this.#begun.delete(id);
    this.#parts.metrics.exportFinished(this.#parts.clock.now() - begun, outcome.status);
    for (let tries = 0; ; tries++) {
      try {
        await this.#document(documentId).execute({ type: 'export.finish', id, outcome }, { by: SYSTEM });
        return;
      } catch (error) {
        const passing =
          error instanceof Problem && (error.code === 'unavailable' || error.code === 'overloaded');
        if (!passing || signal.aborted) throw error;
        const pause = FINISH_PAUSES_MS[Math.min(tries, FINISH_PAUSES_MS.length - 1)];
        await wait(pause, undefined, { signal });
      }
    }
  }

  /** Live only: there is no event between queued and finished. */
  #tellProgress({ documentId, effect }: ExportTask, progress: number): void {
    const document = this.#document(documentId);
    document.query({ type: 'export.get', id: effect.id }).then(
      (job) => {
        const live = withStage(job, { stage: 'processing', progress });
        if (live !== job) document.ref.transient({ type: 'export.updated', job: live });
      },
      () => undefined, // the document was deleted meanwhile: nobody is there to be told
    );
  }
}
