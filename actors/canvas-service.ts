import { DEFAULT_BACKGROUND, DEFAULT_PALETTE } from '../documents/canvas/palette.ts';
import { DEFAULT_RATE_LIMITS } from '../documents/canvas/rate-limits.ts';
import type {
  AuditAction,
  AuditEntry,
  CanvasInfo,
  CanvasLock,
  CanvasRateLimits,
  CanvasRegion,
} from '../protocol/canvas-messages.ts';
import type { CanvasHistory, CanvasPixel, CanvasStatistics, Page } from '../protocol/entities.ts';
import { type EntityId, parseEntityId, type Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Directory } from '../storage/port.ts';
import type { CanvasDocument } from './canvas-document.ts';
import { CANVAS_KIND, type CanvasDocuments, canvasIdOfSlug } from './canvas-documents.ts';
import { type HistoryQuery, readHistory } from './canvas-history.ts';
import { readPixelHistory } from './canvas-pixel-history.ts';
import type { CanvasRejections } from './canvas-rejections.ts';
import { CanvasRewinds, type RewindInput } from './canvas-rewinds.ts';
import type { CanvasVisitors } from './canvas-visitors.ts';
import { type Moderator, said } from './moderator.ts';
import type { PageQuery } from './page-query.ts';

export interface CanvasInput {
  readonly name: string;
  readonly slug?: string;
  readonly width: number;
  readonly height: number;
  readonly palette?: readonly string[];
  readonly background?: number;
  readonly rateLimits?: CanvasRateLimits;
  readonly reason?: string;
}

export interface CanvasChange
  extends Partial<Pick<CanvasInput, 'name' | 'palette' | 'rateLimits' | 'reason'>> {
  readonly status?: CanvasInfo['status'];
}

export interface PixelQuery {
  /** Changes that are wanted at most. */
  readonly limit: number;
  /** Only changes before this event. */
  readonly before?: Seq;
}

export interface CanvasServiceParts {
  readonly documents: CanvasDocuments;
  readonly directory: Pick<Directory, 'find' | 'list'>;
  readonly visitors: Pick<CanvasVisitors, 'at'>;
  readonly rejections: Pick<CanvasRejections, 'of'>;
  readonly clock: { now(): number };
  /** Of canvases that are made without any. */
  readonly rateLimits?: CanvasRateLimits;
}

/** Canvases as their REST door needs them. `id` is an id or a slug everywhere. */
export class CanvasService {
  readonly #parts: CanvasServiceParts;
  readonly #rewinds: CanvasRewinds;

  constructor(parts: CanvasServiceParts) {
    this.#parts = parts;
    this.#rewinds = new CanvasRewinds(parts.clock);
  }

  /** A moderator's operation id names the canvas too: a retry finds the one that it made. @throws Problem `slug_taken` */
  async createCanvas(input: CanvasInput, moderator: Moderator): Promise<CanvasInfo> {
    const { name, slug = null, width, height, reason } = input;
    const canvas = this.#parts.documents.toBeMade(slug, moderator.operationId);
    const { answer } = await canvas.execute(
      {
        type: 'canvas.create',
        ...said(moderator, reason),
        title: name,
        slug,
        width,
        height,
        palette: input.palette ?? DEFAULT_PALETTE,
        background: input.background ?? DEFAULT_BACKGROUND,
        rateLimits: input.rateLimits ?? this.#parts.rateLimits ?? DEFAULT_RATE_LIMITS,
      },
      moderator,
    );
    return answer;
  }

  /** Makes a canvas where there is none with its slug. */
  async ensureCanvas(input: CanvasInput & { readonly slug: string }, maker: Moderator): Promise<void> {
    if ((await this.#parts.directory.find(canvasIdOfSlug(input.slug))) !== undefined) return;
    try {
      await this.createCanvas(input, maker);
    } catch (error) {
      // Another process on the same store was faster.
      if (!(error instanceof Problem) || error.code !== 'slug_taken') throw error;
    }
  }

  /** Wakes no canvas. */
  async listCanvases({ page, size }: PageQuery): Promise<Page<CanvasInfo>> {
    const { rows, total } = await this.#parts.directory.list(CANVAS_KIND, {
      page,
      size,
      includeDeleted: false,
    });
    return { items: rows.map(({ wire }) => wire as CanvasInfo), page, size, total };
  }

  async getCanvas(id: string): Promise<CanvasInfo> {
    return (await this.find(id)).query({ type: 'canvas.get' });
  }

  async updateCanvas(id: string, change: CanvasChange, moderator: Moderator): Promise<CanvasInfo> {
    const { name, palette, rateLimits, status, reason } = change;
    const canvas = await this.find(id);
    const { answer } = await canvas.execute(
      {
        type: 'canvas.update',
        ...said(moderator, reason),
        ...(name === undefined ? {} : { title: name }),
        ...(palette === undefined ? {} : { palette }),
        ...(rateLimits === undefined ? {} : { rateLimits }),
        ...(status === undefined ? {} : { archived: status === 'archived' }),
      },
      moderator,
    );
    return answer;
  }

  /** @throws Problem `not_found`, also for a pixel that is not on the canvas */
  async getPixel(id: string, x: number, y: number, { limit, before }: PixelQuery): Promise<CanvasPixel> {
    const canvas = await this.find(id);
    const [{ width }, pixel] = await Promise.all([
      canvas.query({ type: 'canvas.get' }),
      canvas.query({ type: 'canvas.pixel', x, y }),
    ]);
    const newest = Math.min(pixel.seq ?? 0, (before ?? Number.POSITIVE_INFINITY) - 1);
    return { x, y, ...pixel, ...(await readPixelHistory(canvas, y * width + x, newest, limit)) };
  }

  async listLocks(id: string, { page, size }: PageQuery): Promise<Page<CanvasLock>> {
    const locks = await (await this.find(id)).query({ type: 'canvas.locks' });
    return { items: locks.slice((page - 1) * size, page * size), page, size, total: locks.length };
  }

  async createLock(
    id: string,
    { reason, ...region }: CanvasRegion & { readonly reason?: string },
    moderator: Moderator,
  ): Promise<CanvasLock> {
    const canvas = await this.find(id);
    const command = { type: 'canvas.lock', ...said(moderator, reason), region } as const;
    return (await canvas.execute(command, moderator)).answer;
  }

  /** The lock that was there. @throws Problem `not_found` */
  async deleteLock(
    id: string,
    lockId: string,
    reason: string | undefined,
    moderator: Moderator,
  ): Promise<CanvasLock> {
    const canvas = await this.find(id);
    const lock = parseEntityId(lockId) ?? (lockId as EntityId);
    const command = { type: 'canvas.unlock', ...said(moderator, reason), id: lock } as const;
    return (await canvas.execute(command, moderator)).answer;
  }

  /**
   * `seq` is that of the event, or of the last one where nothing had to be put back or nothing was to be changed.
   *
   * @throws Problem `invalid` where the target is still to come, `state_gone`, `overloaded`
   */
  async rewind(
    id: string,
    input: RewindInput,
    isDryRun: boolean,
    moderator: Moderator,
  ): Promise<{ seq: Seq; pixels: number }> {
    return this.#rewinds.rewind(await this.find(id), input, isDryRun, moderator);
  }

  async listAudit(
    id: string,
    query: PageQuery & { readonly action?: AuditAction; readonly userId?: string },
  ): Promise<Page<AuditEntry>> {
    return (await this.find(id)).query({ type: 'canvas.audit', ...query });
  }

  async readHistory(id: string, query: HistoryQuery): Promise<CanvasHistory> {
    return readHistory(await this.find(id), query);
  }

  async readStats(id: string): Promise<CanvasStatistics> {
    const canvas = await this.find(id);
    const stats = await canvas.query({ type: 'canvas.stats' });
    const { rejections, visitors } = this.#parts;
    return { ...stats, rejected: rejections.of(canvas.id), online: visitors.at(canvas.id) };
  }

  /** @throws Problem `not_found` */
  find(id: string): Promise<CanvasDocument> {
    return this.#parts.documents.find(id);
  }
}
