import { translated } from '../../client/annotations/shape.ts';
import type { Box, NewAnnotation, Point, RoomAnnotation } from '../../client/index.ts';
import { frameOf } from '../../client/index.ts';
import { unionOf } from './stage/geometry.ts';

/** Says that a text is annotations. A number is never given another meaning. */
const KIND = 'troupe/annotations';
const VERSION = 1;
/** Of what others may put on a clipboard. */
const MOST_ANNOTATIONS = 5000;

const TYPES: ReadonlySet<unknown> = new Set([
  'text',
  'box',
  'ellipse',
  'arrow',
  'line',
  'polygon',
  'freehand',
]);

/** Annotations as text, for the clipboard: another board, another window, another browser can read it. */
export function clipboardText(annotations: readonly RoomAnnotation[]): string {
  const copied = annotations
    .filter(({ type }) => type !== 'comment')
    .map(({ type, geometry, style, content, group_id }) => ({ type, geometry, style, content, group_id }));
  return JSON.stringify({ kind: KIND, version: VERSION, annotations: copied });
}

/**
 * What {@link clipboardText} made; `undefined` for any other text. Geometry and style are checked where they are written.
 */
export function parseClipboard(text: string): NewAnnotation[] | undefined {
  if (!text.startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['kind'] !== KIND || value['version'] !== VERSION) return undefined;
  const { annotations } = value;
  if (!Array.isArray(annotations)) return undefined;
  return annotations.slice(0, MOST_ANNOTATIONS).filter(isCopied).map(withoutPlace);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCopied = (value: unknown): value is RoomAnnotation =>
  isRecord(value) &&
  TYPES.has(value['type']) &&
  isRecord(value['geometry']) &&
  isRecord(value['style'] ?? {}) &&
  typeof (value['content'] ?? '') === 'string' &&
  ['string', 'undefined'].includes(typeof (value['group_id'] ?? undefined));

/** It comes on top of what is there, in its order. */
function withoutPlace({ type, geometry, style, content, group_id }: RoomAnnotation): NewAnnotation {
  const { z_index: _, ...look } = style ?? {};
  return { type, geometry, style: look, content: content ?? '', group_id: group_id ?? null } as NewAnnotation;
}

/** Around all that is to be pasted, without strokes. */
export const pastedBounds = (annotations: readonly NewAnnotation[]): Box | undefined =>
  unionOf(annotations.flatMap((annotation) => frameOf(annotation as unknown as RoomAnnotation) ?? []));

/** The same elsewhere. Groups get new names, so that a copy is no member of the group that it came from. */
export function placedCopies(
  annotations: readonly NewAnnotation[],
  by: Point,
  newGroup: () => string,
): NewAnnotation[] {
  const groups = new Map<string, string>();
  return annotations.map((annotation) => {
    const { group_id: group } = annotation;
    if (group !== null && group !== undefined && !groups.has(group)) groups.set(group, newGroup());
    const geometry = translated(annotation.geometry as RoomAnnotation['geometry'], by);
    return { ...annotation, geometry, group_id: group ? (groups.get(group) ?? null) : null } as NewAnnotation;
  });
}
