import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { EntityId } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import type { CanvasEvent } from './canvas-events.ts';
import { readPixels, writePixels } from './pixel-runs.ts';
import {
  readFlag,
  readLimits,
  readMaking,
  readModeration,
  readPalette,
  readRegion,
  writeFlag,
  writeLimits,
  writeMaking,
  writeModeration,
  writePalette,
  writeRegion,
} from './plain-codec.ts';

/**
 * Layout of an event, version 1: a varUint tag (see `Tag`), then its members in the order of `encodeEvent`. Texts are
 * lib0 varStrings, numbers varUints, flags a byte 0 or 1, an optional member a byte 0, or 1 and the member; a palette is
 * varUint n and n times red, green, blue; pixels as in pixel-runs.ts.
 *
 * History: 1, the first.
 */
export const EVENT_VERSION = 1;

/** A tag is never given to another event. */
const Tag = {
  'canvas.created': 1,
  'canvas.updated': 2,
  painted: 3,
  locked: 4,
  unlocked: 5,
  rewound: 6,
} as const satisfies Record<CanvasEvent['type'], number>;

export function encodeEvent(event: CanvasEvent): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, Tag[event.type]);
  if (event.type !== 'painted') writeModeration(encoder, event);
  switch (event.type) {
    case 'canvas.created':
      encoding.writeVarString(encoder, event.title);
      writeMaking(encoder, event);
      break;
    case 'canvas.updated':
      writeOptional(encoder, event.title, encoding.writeVarString);
      writeOptional(encoder, event.palette, writePalette);
      writeOptional(encoder, event.rateLimits, writeLimits);
      writeOptional(encoder, event.archived, writeFlag);
      break;
    case 'painted':
      writeOptional(encoder, event.name, encoding.writeVarString);
      writeOptional(encoder, event.strokeId, encoding.writeVarString);
      writePixels(encoder, event.pixels);
      break;
    case 'locked':
      encoding.writeVarString(encoder, event.id);
      writeRegion(encoder, event.region);
      break;
    case 'unlocked':
      encoding.writeVarString(encoder, event.id);
      break;
    case 'rewound':
      encoding.writeVarUint(encoder, event.to);
      writeOptional(encoder, event.region, writeRegion);
      writeOptional(encoder, event.userId, encoding.writeVarString);
      writePixels(encoder, event.pixels);
      break;
    default:
      unreachable(event);
  }
  return encoding.toUint8Array(encoder);
}

/** @throws Error where the bytes are of a version or tag that this code does not know. */
export function decodeEvent(bytes: Uint8Array, version: number): CanvasEvent {
  if (version !== EVENT_VERSION) throw new Error(`event layout ${version} is not known`);
  const decoder = decoding.createDecoder(bytes);
  const tag = decoding.readVarUint(decoder);
  switch (tag) {
    case Tag['canvas.created']:
      return {
        type: 'canvas.created',
        ...readModeration(decoder),
        title: decoding.readVarString(decoder),
        ...readMaking(decoder),
      };
    case Tag['canvas.updated']: {
      const moderation = readModeration(decoder);
      const title = readOptional(decoder, decoding.readVarString);
      const palette = readOptional(decoder, readPalette);
      const rateLimits = readOptional(decoder, readLimits);
      const archived = readOptional(decoder, readFlag);
      return {
        type: 'canvas.updated',
        ...moderation,
        ...(title === undefined ? {} : { title }),
        ...(palette === undefined ? {} : { palette }),
        ...(rateLimits === undefined ? {} : { rateLimits }),
        ...(archived === undefined ? {} : { archived }),
      };
    }
    case Tag.painted: {
      const name = readOptional(decoder, decoding.readVarString);
      const strokeId = readOptional(decoder, decoding.readVarString);
      return {
        type: 'painted',
        pixels: readPixels(decoder),
        ...(name === undefined ? {} : { name }),
        ...(strokeId === undefined ? {} : { strokeId }),
      };
    }
    case Tag.locked:
      return {
        type: 'locked',
        ...readModeration(decoder),
        id: decoding.readVarString(decoder) as EntityId,
        region: readRegion(decoder),
      };
    case Tag.unlocked:
      return {
        type: 'unlocked',
        ...readModeration(decoder),
        id: decoding.readVarString(decoder) as EntityId,
      };
    case Tag.rewound: {
      const moderation = readModeration(decoder);
      const to = decoding.readVarUint(decoder);
      const region = readOptional(decoder, readRegion);
      const userId = readOptional(decoder, decoding.readVarString);
      return {
        type: 'rewound',
        ...moderation,
        to,
        pixels: readPixels(decoder),
        ...(region === undefined ? {} : { region }),
        ...(userId === undefined ? {} : { userId }),
      };
    }
    default:
      throw new Error(`event tag ${tag} is not known`);
  }
}
