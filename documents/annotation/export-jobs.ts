import type { ExportParameters } from '../../protocol/annotation-messages.ts';
import type { ExportEffect } from '../../protocol/effects.ts';
import type { ExportJob, Page } from '../../protocol/entities.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { OrderedList } from './ordered-list.ts';

interface Listed {
  readonly id: string;
  readonly createdAt: number;
  wire: ExportJob;
}

/** The export jobs of a document; a job that is not queued any more is finished. */
export class ExportJobs {
  readonly #byId = new Map<string, Listed>();
  readonly #open = new Set<Listed>();
  readonly #listed = new OrderedList<Listed>();

  get(id: string): ExportJob | undefined {
    return this.#byId.get(id)?.wire;
  }

  /** Adds a job, or puts it in the place of what it was. */
  put(job: ExportJob): void {
    let listed = this.#byId.get(job.id);
    if (listed === undefined) {
      listed = { id: job.id, createdAt: Date.parse(job.created_at), wire: job };
      this.#byId.set(job.id, listed);
      this.#listed.add(listed);
    } else listed.wire = job;
    if (isOpen(job)) this.#open.add(listed);
    else this.#open.delete(listed);
  }

  page(page: number, size: number): Page<ExportJob> {
    const { items, ...rest } = this.#listed.page(page, size);
    return { items: items.map(({ wire }) => wire), ...rest };
  }

  /** In the order in which they were added. */
  all(): readonly ExportJob[] {
    return [...this.#byId.values()].map(({ wire }) => wire);
  }

  /** What is still to be rendered; the scenes are those of each job's `seq`. */
  unfinished(): readonly ExportEffect[] {
    return [...this.#open].map(({ wire }) => toEffect(wire));
  }
}

export const isOpen = ({ status }: ExportJob): boolean => status === 'queued' || status === 'processing';

export const toEffect = (job: ExportJob): ExportEffect => ({
  type: 'export',
  id: job.id as EntityId,
  seq: job.seq,
  parameters: toParameters(job),
});

const toParameters = ({ format, scale, background, include_comments, dpi }: ExportJob): ExportParameters => ({
  format,
  scale,
  background,
  include_comments,
  ...(dpi === undefined ? {} : { dpi }),
});
