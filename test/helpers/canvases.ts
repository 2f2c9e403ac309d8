import { randomUUID } from 'node:crypto';
import { CanvasBitmaps } from '../../actors/canvas-bitmaps.ts';
import { CANVAS_KIND, CanvasDocuments } from '../../actors/canvas-documents.ts';
import { CanvasPictures, type PictureLimits } from '../../actors/canvas-pictures.ts';
import { CanvasRejections } from '../../actors/canvas-rejections.ts';
import { CanvasService } from '../../actors/canvas-service.ts';
import { CanvasVisitors } from '../../actors/canvas-visitors.ts';
import type { Moderator } from '../../actors/moderator.ts';
import { canvasKind } from '../../documents/canvas/canvas-kind.ts';
import { Sessions } from '../../http/sessions/sessions.ts';
import type { CanvasInfo, CanvasRateLimits } from '../../protocol/canvas-messages.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { DocumentId, Seq, UserId } from '../../protocol/ids.ts';
import type { PaletteRequest } from '../../render/port.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';

export const MODERATOR_KEY = 'the key of moderators';
export const MO: Moderator = { by: 'mo' as UserId, name: 'Mo' };

export interface TestCanvases {
  readonly runtime: Runtime;
  readonly documents: CanvasDocuments;
  readonly canvases: CanvasService;
  readonly bitmaps: CanvasBitmaps;
  readonly pictures: CanvasPictures;
  readonly rejections: CanvasRejections;
  readonly visitors: CanvasVisitors;
  readonly sessions: Sessions;
  /** Every picture that was asked for; a test may put another renderer in the place of the one that is done at once. */
  readonly renderer: { asked: PaletteRequest[]; draw: (request: PaletteRequest) => Promise<Uint8Array> };
  /** A canvas of 8 × 6 pixels, made by Mo. */
  create(slug?: string): Promise<CanvasInfo>;
  /** Paints `[x, y, color]`; the `seq` of the event. */
  paint(canvas: CanvasInfo, by: string, ...pixels: [x: number, y: number, color: number][]): Promise<Seq>;
}

export interface TestCanvasesOptions extends Pick<RuntimeOptions, 'store' | 'limits'> {
  readonly pictures?: PictureLimits;
  /** Of canvases that are made without any. */
  readonly rateLimits?: CanvasRateLimits;
}

/** The services of canvases, and sessions, on a runtime of their own. */
export function createCanvases(options: TestCanvasesOptions = {}): TestCanvases {
  const runtime = createRuntime({ ...options, kinds: [canvasKind] });
  const { store } = runtime;
  const documents = new CanvasDocuments({ documents: runtime.documents, newId: randomUUID });
  const rejections = new CanvasRejections();
  const visitors = new CanvasVisitors();
  const canvases = new CanvasService({
    documents,
    directory: store.directory,
    visitors,
    rejections,
    clock: { now: () => runtime.time.ms },
    ...(options.rateLimits === undefined ? {} : { rateLimits: options.rateLimits }),
  });
  const bitmaps = new CanvasBitmaps();
  const renderer: TestCanvases['renderer'] = {
    asked: [],
    draw: async ({ format, scale }) => Buffer.from(`${format} at ${scale}`),
  };
  const pictures = new CanvasPictures({
    bitmaps,
    renderer: {
      async renderPalette(request) {
        renderer.asked.push(request);
        const bytes = await renderer.draw(request);
        return { bytes, width: 1, height: 1, timings: { decode: 0, draw: 0, encode: 0 } };
      },
    },
    concurrency: 1,
    ...(options.pictures === undefined ? {} : { limits: options.pictures }),
  });
  const sessions = new Sessions({
    secret: 'a secret of thirty-two characters',
    moderatorKey: MODERATOR_KEY,
    lifetimeMs: 3_600_000,
    newId: randomUUID,
  });
  return {
    runtime,
    documents,
    canvases,
    bitmaps,
    pictures,
    rejections,
    visitors,
    sessions,
    renderer,
    create: (slug) =>
      canvases.createCanvas(
        { name: 'Wall', width: 8, height: 6, ...(slug === undefined ? {} : { slug }) },
        MO,
      ),
    async paint({ id, width }, by, ...pixels) {
      const { seq } = await runtime.documents.open(CANVAS_KIND, id as DocumentId).execute(
        {
          type: 'canvas.paint',
          name: by,
          pixels: packPixels(pixels.map(([x, y, color]) => [y * width + x, color])),
        } as { type: string },
        { by: by as UserId },
      );
      return seq;
    },
  };
}
