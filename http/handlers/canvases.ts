import type { Request } from 'express';
import type { Coding } from '../../actors/canvas-bitmaps.ts';
import type { CanvasInfo } from '../../protocol/canvas-messages.ts';
import type { Canvas } from '../../protocol/entities.ts';
import { Problem } from '../../protocol/problem.ts';
import type { AppDependencies } from '../dependencies.ts';
import { isNotModified } from '../entity-tag.ts';
import { imageReply } from '../image-reply.ts';
import { pageOf } from '../page-request.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type CanvasHandlers = Pick<
  Handlers,
  | 'listCanvases'
  | 'getCanvas'
  | 'getCanvasBitmap'
  | 'getCanvasSnapshot'
  | 'getCanvasPalette'
  | 'getCanvasPixel'
  | 'listCanvasLocks'
  | 'getCanvasHistory'
  | 'getCanvasStats'
>;
type Dependencies = Pick<AppDependencies, 'canvases' | 'canvasBitmaps' | 'canvasPictures'>;

/** In the order in which they are liked best. */
const CODINGS = ['br', 'gzip'] as const;
/** May be kept, but has to be asked after each time. */
const REVALIDATE = { 'Cache-Control': 'no-cache' };
const DEFAULT_CHANGES = 20;
const DEFAULT_EVENTS = 1000;

/** The operations of the tag `canvases` that anybody may ask for. */
export function canvasHandlers({ canvases, canvasBitmaps, canvasPictures }: Dependencies): CanvasHandlers {
  return {
    async listCanvases({ query }) {
      const { items, ...page } = await canvases.listCanvases(pageOf(query));
      return { status: 200, body: { items: items.map(toCanvas), ...page } };
    },

    async getCanvas({ path, request }) {
      contextOf(request).documentId = path.id;
      return { status: 200, body: toCanvas(await canvases.getCanvas(path.id)) };
    },

    async getCanvasBitmap({ path, headers, request }) {
      contextOf(request).documentId = path.id;
      const canvas = await canvases.find(path.id);
      const ifNoneMatch = headers['If-None-Match'];
      if (ifNoneMatch !== undefined) {
        const { seq, hash } = await canvasBitmaps.read(canvas);
        const given = bitmapHeaders(seq, hash);
        if (isNotModified(ifNoneMatch, given.ETag)) return { status: 304, headers: given };
      }
      const coding = codingFor(request);
      const { seq, hash, bytes } = await canvasBitmaps.encode(canvas, coding);
      return {
        status: 200,
        type: 'application/octet-stream',
        body: bytes,
        headers: {
          ...bitmapHeaders(seq, hash),
          ...(coding === 'identity' ? {} : { 'Content-Encoding': coding }),
        },
      };
    },

    async getCanvasSnapshot({ path, query, headers, request }) {
      contextOf(request).documentId = path.id;
      const { format = 'png', scale = 1 } = query;
      if (scale > 1 && !Number.isInteger(scale)) {
        throw Problem.invalid('/query/scale', 'must be a whole number from 1 to 16, or 0.1 to 1');
      }
      const canvas = await canvases.find(path.id);
      const ifNoneMatch = headers['If-None-Match'];
      if (ifNoneMatch !== undefined) {
        const { seq, hash } = await canvasPictures.find(canvas, { format, scale });
        const given = pictureHeaders(seq, hash);
        if (isNotModified(ifNoneMatch, given.ETag)) return { status: 304, headers: given };
      }
      const { seq, hash, bytes } = await canvasPictures.draw(canvas, { format, scale });
      const mime = format === 'png' ? 'image/png' : 'image/jpeg';
      return imageReply(mime, bytes, pictureHeaders(seq, hash));
    },

    async getCanvasPalette({ path, request }) {
      contextOf(request).documentId = path.id;
      const { palette, background } = await canvases.getCanvas(path.id);
      return { status: 200, body: { palette: [...palette], background } };
    },

    async getCanvasPixel({ path, query, request }) {
      contextOf(request).documentId = path.id;
      const { limit = DEFAULT_CHANGES, before } = query;
      const [x, y] = [coordinate(path.x), coordinate(path.y)];
      if (x === undefined || y === undefined) {
        throw Problem.notFound('pixel', `(${path.x}, ${path.y})`.slice(0, MAX_PLACE_LENGTH));
      }
      const pixel = await canvases.getPixel(path.id, x, y, {
        limit,
        ...(before === undefined ? {} : { before }),
      });
      return { status: 200, body: pixel };
    },

    async listCanvasLocks({ path, query, request }) {
      contextOf(request).documentId = path.id;
      return { status: 200, body: await canvases.listLocks(path.id, pageOf(query)) };
    },

    async getCanvasHistory({ path, query, request }) {
      contextOf(request).documentId = path.id;
      const { from = 1, to, limit = DEFAULT_EVENTS, encoding = 'json' } = query;
      if (to !== undefined && to < from) throw Problem.invalid('/query/to', 'must not be before from');
      const wanted = { from, ...(to === undefined ? {} : { to }), limit, encoding };
      return { status: 200, body: await canvases.readHistory(path.id, wanted) };
    },

    async getCanvasStats({ path, request }) {
      contextOf(request).documentId = path.id;
      return { status: 200, body: await canvases.readStats(path.id) };
    },
  };
}

export const toCanvas = (canvas: CanvasInfo): Canvas => ({ ...canvas, palette: [...canvas.palette] });

/** A weak tag: it is the same whatever the bytes are compressed with. */
const bitmapHeaders = (seq: number, hash: string) => ({
  ...REVALIDATE,
  ETag: `W/"${hash}"`,
  'X-Canvas-Seq': String(seq),
  // What is set here stands in place of what the stage for other origins has said.
  Vary: 'Accept-Encoding, Origin',
});

const pictureHeaders = (seq: number, hash: string) => ({
  ...REVALIDATE,
  ETag: `"${hash}"`,
  'X-Canvas-Seq': String(seq),
});

/** Any that the caller takes is right, also one that it likes less than another. */
const codingFor = (request: Request): Coding =>
  CODINGS.find((coding) => request.acceptsEncodings(coding) === coding) ?? 'identity';

/** What is no number is on no canvas. */
const coordinate = (text: string): number | undefined => (/^\d{1,4}$/.test(text) ? Number(text) : undefined);

/** Of what is repeated in an answer. */
const MAX_PLACE_LENGTH = 64;
