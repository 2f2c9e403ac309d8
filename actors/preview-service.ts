import PQueue from 'p-queue';
import type { ExportScene } from '../protocol/annotation-messages.ts';
import type { Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { AnnotationDocument } from './annotation-document.ts';
import type { AnnotationDocuments } from './annotation-documents.ts';
import { ByteCache } from './byte-cache.ts';
import { type StateName, seqNamed } from './named-state.ts';
import type { SceneRenderer } from './scene-renderer.ts';

export interface PreviewQuery extends Pick<StateName, 'seq' | 'tag'> {
  readonly scale: number;
}

/** A picture that can be had. */
export interface Preview {
  /** The same for the same picture, and for no other of its document. */
  readonly tag: string;
  /** The picture as PNG; not drawn before it is asked for, and not at all where `signal` aborts before its turn. */
  png(signal: AbortSignal): Promise<Uint8Array>;
}

export interface PreviewServiceParts {
  readonly documents: AnnotationDocuments;
  readonly pictures: SceneRenderer;
  /** Pictures that are fetched for and drawn at the same time. */
  readonly concurrency: number;
  readonly limits?: PreviewLimits;
}

export interface PreviewLimits {
  /** Of the pictures that are kept. */
  readonly cacheBytes: number;
  /** Different pictures that may wait or be drawn. */
  readonly pending: number;
}

/** A preview at the default scale has some tens of kilobytes. */
const LIMITS: PreviewLimits = { cacheBytes: 64 * 1024 * 1024, pending: 200 };

interface Drawing {
  readonly picture: Promise<Uint8Array>;
  /** Those that have not gone away. */
  readonly callers: { waiting: number };
}

/** Small pictures of documents at once: drawn once for all who ask at the same time, and kept for a while. */
export class PreviewService {
  readonly #parts: PreviewServiceParts;
  readonly #limits: PreviewLimits;
  readonly #queue: PQueue;
  readonly #cache: ByteCache;
  readonly #drawings = new Map<string, Drawing>();

  constructor(parts: PreviewServiceParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? LIMITS;
    this.#queue = new PQueue({ concurrency: parts.concurrency });
    this.#cache = new ByteCache(this.#limits.cacheBytes);
  }

  /** Finds out which picture is meant, without drawing it. @throws Problem `not_found`, `invalid` */
  async find(id: string, { scale, ...name }: PreviewQuery): Promise<Preview> {
    const document = await this.#parts.documents.find(id);
    const seq = (await seqNamed(document, name, '/query')) ?? (await document.ref.head());
    return {
      tag: `"${seq}-${scale}"`,
      png: (signal) => this.#picture(document, seq, scale, signal),
    };
  }

  async #picture(
    document: AnnotationDocument,
    seq: Seq,
    scale: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const key = `${document.id}/${seq}/${scale}`;
    const kept = this.#cache.get(key);
    if (kept !== undefined) return kept;
    if (signal.aborted) throw nobodyWaits();
    const known = this.#drawings.get(key);
    if (known !== undefined) known.callers.waiting += 1;
    const { picture, callers } = known ?? this.#begin(key, document, seq, scale);
    const giveUp = (): void => {
      callers.waiting -= 1;
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await picture;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** @throws Problem `overloaded` */
  #begin(key: string, document: AnnotationDocument, seq: Seq, scale: number): Drawing {
    if (this.#drawings.size >= this.#limits.pending) {
      throw new Problem('overloaded', 'Too many previews wait.');
    }
    const callers = { waiting: 1 };
    const picture = this.#queue
      .add(async () => {
        // One that is drawn already is finished: it goes into the cache, and its worker would have to be replaced.
        if (callers.waiting === 0) throw nobodyWaits();
        return this.#draw(document, seq, scale);
      })
      .then((bytes) => {
        this.#cache.put(key, bytes);
        return bytes;
      })
      .finally(() => this.#drawings.delete(key));
    const drawing: Drawing = { picture, callers };
    this.#drawings.set(key, drawing);
    return drawing;
  }

  async #draw(document: AnnotationDocument, seq: Seq, scale: number): Promise<Uint8Array> {
    const scene = await sceneAt(document, seq);
    return this.#parts.pictures.render(
      document.id,
      scene,
      { format: 'png', scale, background: 'white', include_comments: false },
      NEVER,
    );
  }
}

const nobodyWaits = (): Problem => new Problem('unavailable', 'Nobody waits for the preview any more.');

/** A drawing belongs to all who ask for it: no single one of them can end it. */
const NEVER = new AbortController().signal;

/** Out of memory where nothing has happened since, else rebuilt from the log. @throws Problem `state_gone` */
async function sceneAt(document: AnnotationDocument, seq: Seq): Promise<ExportScene> {
  if ((await document.ref.head()) === seq) {
    const scene = await document.query({ type: 'scene' });
    if ((await document.ref.head()) === seq) return scene;
  }
  return document.queryAt(seq, { type: 'scene' });
}
