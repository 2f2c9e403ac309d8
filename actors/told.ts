import type { Door, FactNotice, Notice, Origin, RefusalNotice, RepeatNotice } from './door.ts';

/** What is told to the subscribers of a document, or to one of them in its place among the rest. */
export type Told = Notice | RepeatNotice | RefusalNotice;

/** Who asked for what is told. */
export function originOf(notice: Told): Origin | undefined {
  switch (notice.type) {
    case 'fact':
    case 'repeat':
    case 'refusal':
      return notice.origin;
    default:
      return undefined;
  }
}

/** Whether this door tells the one who asked for it something else than everybody. */
export function tellsOwn(door: Door, { type }: Told): boolean {
  switch (type) {
    case 'fact':
      return door.encodeOwn !== undefined;
    case 'repeat':
      return door.encodeRepeat !== undefined;
    case 'refusal':
      return door.encodeRefusal !== undefined;
    default:
      return false;
  }
}

/** Whether a fact may become part of a frame with others. */
export const mayMerge = (door: Door, notice: FactNotice): boolean => door.merges?.(notice) ?? true;

/** What the one who asked for it gets. */
export function encodeOwn(door: Door, notice: Told): Uint8Array | undefined {
  switch (notice.type) {
    case 'fact':
      return door.encodeOwn?.(notice);
    case 'repeat':
      return door.encodeRepeat?.(notice);
    case 'refusal':
      return door.encodeRefusal?.(notice);
    default:
      return undefined;
  }
}
