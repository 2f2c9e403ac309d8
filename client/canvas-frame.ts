import {
  type CanvasBulkFrame,
  type CanvasServerMessage,
  decodeBulkFrame,
} from '../protocol/canvas-socket.ts';
import { type FrameParser, jsonParser } from './socket-session.ts';

/** What a server says at a canvas; pixels come packed, never as JSON. */
export type CanvasFrame =
  | Exclude<CanvasServerMessage, { readonly type: 'pixel:bulk_update' }>
  | ({ readonly type: 'bulk' } & CanvasBulkFrame);

type TextFrame = Exclude<CanvasFrame, { readonly type: 'bulk' }>;

const KNOWN: ReadonlySet<unknown> = new Set<TextFrame['type']>([
  'canvas:state',
  'canvas:reload',
  'canvas:updated',
  'pixel:ack',
  'pixel:reject',
  'moderation:lock',
  'moderation:unlock',
  'moderation:palette',
  'moderation:rewind',
  'presence',
  'heartbeat',
  'error',
]);

const parseText = jsonParser<TextFrame>(KNOWN);

export const parseCanvasFrame: FrameParser<CanvasFrame> = (data) => {
  if (!(data instanceof ArrayBuffer)) return parseText(data);
  try {
    const frame = decodeBulkFrame(new Uint8Array(data));
    return frame === undefined ? 'unknown' : { type: 'bulk', ...frame };
  } catch {
    return undefined;
  }
};
