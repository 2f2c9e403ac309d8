import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type {
  CanvasInfo,
  CanvasRateLimits,
  CanvasRegion,
  PaintRate,
} from '../../protocol/canvas-messages.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import type { Moderation } from './canvas-events.ts';

/** The parts that events and snapshots are made of, in bytes. A change of one is a new version of both layouts. */

/** What a canvas is made with, apart from its name. */
type CanvasMaking = Pick<CanvasInfo, 'slug' | 'width' | 'height' | 'palette' | 'background' | 'rateLimits'>;

export function writeMaking(encoder: encoding.Encoder, making: CanvasMaking): void {
  writeOptional(encoder, making.slug ?? undefined, encoding.writeVarString);
  encoding.writeVarUint(encoder, making.width);
  encoding.writeVarUint(encoder, making.height);
  writePalette(encoder, making.palette);
  encoding.writeVarUint(encoder, making.background);
  writeLimits(encoder, making.rateLimits);
}

export const readMaking = (decoder: decoding.Decoder): CanvasMaking => ({
  slug: readOptional(decoder, decoding.readVarString) ?? null,
  width: decoding.readVarUint(decoder),
  height: decoding.readVarUint(decoder),
  palette: readPalette(decoder),
  background: decoding.readVarUint(decoder),
  rateLimits: readLimits(decoder),
});

export function writePalette(encoder: encoding.Encoder, palette: readonly string[]): void {
  encoding.writeVarUint(encoder, palette.length);
  for (const color of palette) {
    const value = Number.parseInt(color.slice(1), 16);
    encoding.writeUint8(encoder, value >>> 16);
    encoding.writeUint8(encoder, (value >>> 8) & 0xff);
    encoding.writeUint8(encoder, value & 0xff);
  }
}

export function readPalette(decoder: decoding.Decoder): string[] {
  const byte = (): string => decoding.readUint8(decoder).toString(16).padStart(2, '0');
  return Array.from({ length: decoding.readVarUint(decoder) }, () => `#${byte()}${byte()}${byte()}`);
}

export function writeLimits(encoder: encoding.Encoder, limits: CanvasRateLimits): void {
  writeRate(encoder, limits.perUser);
  writeRate(encoder, limits.perAddress);
  encoding.writeVarUint(encoder, limits.connectionsPerAddress);
}

export const readLimits = (decoder: decoding.Decoder): CanvasRateLimits => ({
  perUser: readRate(decoder),
  perAddress: readRate(decoder),
  connectionsPerAddress: decoding.readVarUint(decoder),
});

function writeRate(encoder: encoding.Encoder, { pixelsPerSecond, burst }: PaintRate): void {
  encoding.writeVarUint(encoder, pixelsPerSecond);
  encoding.writeVarUint(encoder, burst);
}

const readRate = (decoder: decoding.Decoder): PaintRate => ({
  pixelsPerSecond: decoding.readVarUint(decoder),
  burst: decoding.readVarUint(decoder),
});

export function writeRegion(encoder: encoding.Encoder, { x, y, width, height }: CanvasRegion): void {
  for (const value of [x, y, width, height]) encoding.writeVarUint(encoder, value);
}

export const readRegion = (decoder: decoding.Decoder): CanvasRegion => ({
  x: decoding.readVarUint(decoder),
  y: decoding.readVarUint(decoder),
  width: decoding.readVarUint(decoder),
  height: decoding.readVarUint(decoder),
});

export function writeModeration(encoder: encoding.Encoder, { auditId, name, reason }: Moderation): void {
  encoding.writeVarString(encoder, auditId);
  encoding.writeVarString(encoder, name);
  writeOptional(encoder, reason, encoding.writeVarString);
}

export function readModeration(decoder: decoding.Decoder): Moderation {
  const auditId = decoding.readVarString(decoder) as EntityId;
  const name = decoding.readVarString(decoder);
  const reason = readOptional(decoder, decoding.readVarString);
  return { auditId, name, ...(reason === undefined ? {} : { reason }) };
}

export const writeFlag = (encoder: encoding.Encoder, flag: boolean): void =>
  encoding.writeUint8(encoder, flag ? 1 : 0);

export const readFlag = (decoder: decoding.Decoder): boolean => decoding.readUint8(decoder) === 1;

/** A time of the wire, as ms since 1970. */
export const writeTime = (encoder: encoding.Encoder, time: string): void =>
  encoding.writeVarUint(encoder, Date.parse(time));

export const readTime = (decoder: decoding.Decoder): string =>
  new Date(decoding.readVarUint(decoder)).toISOString();
