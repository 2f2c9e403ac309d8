import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { Problem } from '../protocol/problem.ts';
import { Admission } from './admission.ts';
import { type JobReply, type JobStage, PROGRESS_AFTER, type RenderJob, toProblem } from './job.ts';
import { estimateJobBytes, estimatePaletteJobBytes } from './job-memory.ts';
import type {
  PaletteRenderer,
  PaletteRequest,
  Renderer,
  RenderOptions,
  RenderRequest,
  RenderResult,
} from './port.ts';

export interface RendererOptions {
  /** Worker threads, at least 1. Default: one core is left to the event loop, two workers at most. */
  readonly threads?: number;
  /** How long one picture may take once a worker has it, in ms. Default 30,000. */
  readonly timeoutMs?: number;
  /** Memory that running jobs may need together, in bytes, as estimated from their sizes. Default 1 GiB. */
  readonly memoryBytes?: number;
  /** Jobs that may wait for a worker. Default 1,000. */
  readonly maxWaiting?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MEMORY_BYTES = 1024 ** 3;
const DEFAULT_MAX_WAITING = 1000;
const MAX_DEFAULT_THREADS = 2;
/** A worker that has lost its way in objects is ended by V8; pixels are outside of this. */
const WORKER_HEAP_MB = 512;
/** Fonts and codecs are loaded in a second; a worker that has not begun after this never will. */
const WORKER_START_MS = 30_000;

const defaultThreads = (): number => Math.max(1, Math.min(MAX_DEFAULT_THREADS, availableParallelism() - 1));

/** A copy of the encoded image or the bitmap that can be given away: the caller keeps its bytes. */
function detachImage(request: AnyRequest): { request: AnyRequest; transfer: ArrayBuffer[] } {
  if ('palette' in request) {
    const colors = new Uint8Array(request.colors);
    return { request: { ...request, colors }, transfer: [colors.buffer] };
  }
  if (!request.image) return { request, transfer: [] };
  const image = new Uint8Array(request.image);
  return { request: { ...request, image }, transfer: [image.buffer] };
}

/** Hears from a worker how far it is, and ends its job when that has taken too long. */
class JobWatch {
  /** The end that the worker gets. */
  readonly port: MessagePort;
  readonly #own: MessagePort;
  readonly #timeout = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number, onProgress: (progress: number) => void) {
    const { port1, port2 } = new MessageChannel();
    this.#own = port1;
    this.port = port2;
    this.#own.on('message', (stage: JobStage) => {
      // A job may have waited for a worker to start; only what the worker does with it counts.
      if (stage === 'start') this.#endAfter(timeoutMs);
      // The end is reported with the result, never before it.
      else if (stage !== 'encode') onProgress(PROGRESS_AFTER[stage]);
    });
    this.#own.unref();
    this.#endAfter(timeoutMs + WORKER_START_MS);
  }

  #endAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#timeout.abort(), ms);
  }

  /** Aborts when the time is up. */
  get signal(): AbortSignal {
    return this.#timeout.signal;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#own.close();
  }
}

type AnyRequest = RenderRequest | PaletteRequest;

const stopping = (): Problem => new Problem('unavailable', 'The server is stopping.');

class PoolRenderer implements Renderer, PaletteRenderer {
  readonly #pool: Piscina<RenderJob, JobReply>;
  readonly #admission: Admission;
  readonly #timeoutMs: number;
  #isClosed = false;

  constructor(options: RendererOptions) {
    const threads = Math.max(1, options.threads ?? defaultThreads());
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#admission = new Admission({
      slots: threads,
      bytes: options.memoryBytes ?? DEFAULT_MEMORY_BYTES,
      waiting: options.maxWaiting ?? DEFAULT_MAX_WAITING,
    });
    this.#pool = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
    });
    // A worker that dies fails its job, which is told there; without a listener the event would end the process.
    this.#pool.on('error', () => {});
  }

  async render(request: RenderRequest, options: RenderOptions = {}): Promise<RenderResult> {
    return this.#perform(request, estimateJobBytes(request), options);
  }

  async renderPalette(request: PaletteRequest, options: RenderOptions = {}): Promise<RenderResult> {
    return this.#perform(request, estimatePaletteJobBytes(request), options);
  }

  async #perform(request: AnyRequest, bytes: number, options: RenderOptions): Promise<RenderResult> {
    const signal = options.signal ?? new AbortController().signal;
    const release = await this.#admission.enter(bytes, signal);
    try {
      const onProgress = options.onProgress ?? ((): void => {});
      const reply = await this.#run(request, signal, onProgress);
      if (reply.kind === 'failed') throw toProblem(reply.problem);
      onProgress(1);
      return reply.result;
    } finally {
      release();
    }
  }

  /** One job on one worker; a worker that is still busy when its time is up, or when the caller gives up, is replaced. */
  async #run(
    request: AnyRequest,
    signal: AbortSignal,
    onProgress: (progress: number) => void,
  ): Promise<JobReply> {
    if (this.#isClosed) throw stopping();
    const watch = new JobWatch(this.#timeoutMs, onProgress);
    const detached = detachImage(request);
    try {
      return await this.#pool.run(
        { request: detached.request, progress: watch.port },
        { signal: AbortSignal.any([signal, watch.signal]), transferList: [...detached.transfer, watch.port] },
      );
    } catch (cause) {
      signal.throwIfAborted();
      if (watch.signal.aborted) {
        throw new Problem('render_timeout', `The picture was not finished within ${this.#timeoutMs} ms.`, {
          cause,
        });
      }
      if (this.#isClosed) throw stopping();
      throw new Problem('render_failed', 'The worker that drew the picture has died.', { cause });
    } finally {
      watch.close();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#pool.destroy();
  }
}

/**
 * Starts the worker threads that draw pictures. They load fonts and codecs at once, so that the first export is as
 * fast as the next.
 */
export const createRenderer = (options: RendererOptions = {}): Renderer & PaletteRenderer =>
  new PoolRenderer(options);
