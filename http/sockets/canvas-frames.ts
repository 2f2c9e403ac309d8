import type { CanvasFact, CanvasInfo, CanvasOpening } from '../../protocol/canvas-messages.ts';
import { pixelCount } from '../../protocol/canvas-pixels.ts';
import {
  type CanvasEncoding,
  type CanvasServerMessage,
  type CanvasStateMessage,
  encodeBulkFrame,
} from '../../protocol/canvas-socket.ts';
import type { Seq } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { encodeBulkJson } from './bulk-json.ts';
import { frameBinary, frameText, frameUtf8 } from './frames.ts';

/** A rewind of more pixels is not told by them. */
const RELOAD_ABOVE_PIXELS = 100_000;

type FactOf<Type> = Extract<CanvasFact, { type: Type }>;

/** One text frame of the canvas door. */
export const encodeCanvas = (message: CanvasServerMessage): Uint8Array => frameText(JSON.stringify(message));

/**
 * One `pixel:bulk_update`.
 *
 * @param pixels packed, by index, each once
 * @param width of the canvas
 */
export function encodeBulk(
  encoding: CanvasEncoding,
  seq: Seq,
  pixels: Uint8Array,
  width: number,
): Uint8Array {
  return encoding === 'binary'
    ? frameBinary(encodeBulkFrame({ seq, pixels }))
    : frameUtf8(encodeBulkJson(seq, pixels, width));
}

/** The frames of one event. */
export function encodeFact(
  encoding: CanvasEncoding,
  canvas: CanvasInfo,
  seq: Seq,
  fact: CanvasFact,
): Uint8Array | undefined {
  switch (fact.type) {
    case 'painted':
      return encodeBulk(encoding, seq, fact.pixels, canvas.width);
    case 'rewound':
      return Buffer.concat([rewoundPixels(encoding, canvas, seq, fact), encodeRewind(seq, fact)]);
    case 'canvas.updated':
      return encodeUpdate(seq, fact);
    case 'locked':
      return encodeCanvas({ type: 'moderation:lock', seq, lock: fact.lock });
    case 'unlocked': {
      const { lock, reason } = fact;
      const why = reason === undefined ? {} : { reason };
      return encodeCanvas({ type: 'moderation:unlock', seq, lockId: lock.id, ...why });
    }
    case 'canvas.created':
      // Before it there was nothing that a socket could be at.
      return undefined;
    default:
      return unreachable(fact);
  }
}

function rewoundPixels(
  encoding: CanvasEncoding,
  canvas: CanvasInfo,
  seq: Seq,
  { pixels }: FactOf<'rewound'>,
): Uint8Array {
  return pixelCount(pixels) > RELOAD_ABOVE_PIXELS
    ? encodeCanvas({ type: 'canvas:reload', seq, bitmap: bitmapPathOf(canvas) })
    : encodeBulk(encoding, seq, pixels, canvas.width);
}

function encodeRewind(seq: Seq, { by, to, pixels, reason, region, userId }: FactOf<'rewound'>): Uint8Array {
  return encodeCanvas({
    type: 'moderation:rewind',
    seq,
    by,
    to,
    pixels: pixelCount(pixels),
    ...(reason === undefined ? {} : { reason }),
    ...(region === undefined ? {} : { region }),
    ...(userId === undefined ? {} : { userId }),
  });
}

function encodeUpdate(seq: Seq, { canvas, changed }: FactOf<'canvas.updated'>): Uint8Array {
  const { palette, rateLimits } = canvas;
  const frames: Uint8Array[] = [];
  if (changed.includes('palette')) {
    frames.push(encodeCanvas({ type: 'moderation:palette', seq, palette: [...palette] }));
  }
  if (changed.some((what) => what !== 'palette')) {
    frames.push(encodeCanvas({ type: 'canvas:updated', seq, canvas: identityOf(canvas), rateLimits }));
  }
  return Buffer.concat(frames);
}

/** What `canvas:state` and `canvas:reload` say about a canvas. */
export function stateOf({ canvas, locks }: Pick<CanvasOpening, 'canvas' | 'locks'>) {
  return {
    canvas: identityOf(canvas),
    palette: [...canvas.palette],
    locks: [...locks],
    rateLimits: canvas.rateLimits,
  };
}

const identityOf = ({ id, slug, name, status }: CanvasInfo): CanvasStateMessage['canvas'] => ({
  id,
  slug,
  name,
  status,
});

/** Where its pixels are, all of them. */
export const bitmapPathOf = ({ id }: Pick<CanvasInfo, 'id'>): string => `/v1/canvases/${id}/bitmap`;
