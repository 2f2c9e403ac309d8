import type { Presence } from '../../actors/door.ts';
import type { RealtimePresenceData } from '../../protocol/realtime.ts';

/**
 * What somebody at an annotation document points at. Others may have come through another door, with data of another
 * shape: what is not known stays behind.
 */
export function pointersOf({ cursor, selection, typing }: Presence['data']): RealtimePresenceData {
  return {
    ...(isCursor(cursor) ? { cursor: { x: cursor.x, y: cursor.y } } : {}),
    ...(isSelection(selection) ? { selection } : {}),
    ...(typeof typing === 'boolean' ? { typing } : {}),
  };
}

function isCursor(value: unknown): value is { x: number; y: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'x' in value &&
    'y' in value &&
    Number.isFinite(value.x) &&
    Number.isFinite(value.y)
  );
}

function isSelection(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string');
}
