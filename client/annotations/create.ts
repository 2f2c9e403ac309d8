import { uuidv4 } from 'lib0/random';
import * as Y from 'yjs';
import type { AnnotationType } from '../../protocol/entities.ts';
import {
  type AnnotationGeometry,
  type AnnotationStyleInput,
  type GeometryByType,
  type Ids,
  idsOf,
  LOCAL_EDIT,
  type Point,
  type RoomAnnotation,
  type SegmentGeometry,
} from './annotation.ts';
import { invalid, notFound } from './annotation-error.ts';
import { checkGeometry } from './check-geometry.ts';
import { checkStyle, MAX_Z_INDEX } from './check-style.ts';
import { checkContent, checkGroupId } from './check-text.ts';
import { entriesOf } from './entries.ts';
import { listAnnotations, readAnnotation, visibleOf } from './read.ts';
import { translated } from './shape.ts';

/** Of a line and an arrow, also the two ends. A comment may have none where `parent_id` says where it is. */
type NewGeometry<Type extends AnnotationType> =
  | GeometryByType[Type]
  | (Type extends 'line' | 'arrow' ? SegmentGeometry : never);

export interface NewAnnotationOf<Type extends AnnotationType> {
  readonly type: Type;
  readonly geometry: NewGeometry<Type>;
  /** What is absent the server draws as it likes best (see contract: stroke `#e03131` and so on). */
  readonly style?: AnnotationStyleInput;
  readonly content?: string;
  /** What it replies to, or hangs on. */
  readonly parent_id?: string | null;
  readonly group_id?: string | null;
}

export type NewAnnotation = { readonly [Type in AnnotationType]: NewAnnotationOf<Type> }[AnnotationType];

/**
 * Adds an annotation. Without a `style.z_index` it lies on top of all that are there.
 *
 * @returns its id, a UUIDv4
 * @throws AnnotationError `invalid` where a field breaks the rules, `not_found` where there is no such parent
 */
export function createAnnotation(
  doc: Y.Doc,
  annotation: NewAnnotation,
  origin: unknown = LOCAL_EDIT,
): string {
  const { type, parent_id = null, group_id = null } = annotation;
  const geometry = checkGeometry(type, annotation.geometry);
  const content = checkContent(annotation.content ?? '');
  const style = checkStyle(withoutAbsent(annotation.style ?? {}));
  checkGroupId(group_id);
  if (parent_id !== null && readAnnotation(doc, parent_id) === undefined) throw notFound(parent_id);
  if (parent_id === null && !('x' in geometry) && !('points' in geometry)) {
    throw invalid('/geometry', 'must be {x, y} where no parent_id anchors the comment');
  }
  const isPainted = type !== 'comment' && style.z_index === undefined;
  const z = isPainted ? nextOnTop(listAnnotations(doc)) : 0;
  const fields = { type, geometry, content, parent_id, group_id };
  return insert(doc, { ...fields, style: z === 0 ? style : { ...style, z_index: z } }, origin);
}

/**
 * Adds a copy of each, beside it and on top of all, in the same order. Copies of what is grouped are grouped with each
 * other; comments and replies are copied only where they are named.
 *
 * @param by how far from the original, in pixels
 * @returns the ids of the copies, in the order of `ids`
 */
export function duplicateAnnotations(
  doc: Y.Doc,
  ids: Ids,
  by: Point = { x: 16, y: 16 },
  origin: unknown = LOCAL_EDIT,
): string[] {
  const originals = visibleOf(doc, idsOf(ids));
  const all = listAnnotations(doc);
  const rank = new Map(all.map(({ id }, at) => [id, at]));
  const inOrder = [...originals].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  const copyOf = new Map(inOrder.map(({ id }) => [id, uuidv4()]));
  const groups = new Map<string, string>();
  const copiedGroup = (group: string): string => {
    const copy = groups.get(group) ?? uuidv4();
    groups.set(group, copy);
    return copy;
  };
  let z = nextOnTop(all);
  doc.transact(() => {
    for (const original of inOrder) {
      const { id, group_id, geometry, style, orphaned = false } = original;
      // The copy of an orphan is beside it, and nothing that comes back takes it away from there.
      const parent_id = orphaned ? null : original.parent_id;
      const isPainted = original.type !== 'comment';
      const fields = {
        ...original,
        geometry: translated(geometry, by),
        style: isPainted ? { ...style, z_index: Math.min(z, MAX_Z_INDEX) } : style,
        parent_id: parent_id === null ? null : (copyOf.get(parent_id) ?? parent_id),
        group_id: group_id === null ? null : copiedGroup(group_id),
      };
      if (isPainted) z += 1;
      write(doc, copyOf.get(id) ?? uuidv4(), fields);
    }
  }, origin);
  return originals.flatMap(({ id }) => copyOf.get(id) ?? []);
}

/** What a new entry says. */
type NewFields = Pick<
  RoomAnnotation,
  'type' | 'style' | 'content' | 'parent_id' | 'group_id' | 'resolved'
> & {
  readonly geometry: AnnotationGeometry;
};

export function insert(doc: Y.Doc, fields: NewFields, origin: unknown): string {
  const id = uuidv4();
  doc.transact(() => write(doc, id, fields), origin);
  return id;
}

/** `style` and `content` are always there, so that two who are the first to write into one of them do not part. */
function write(doc: Y.Doc, id: string, fields: NewFields): void {
  const { type, geometry, style, content, parent_id, group_id, resolved } = fields;
  const entry = new Y.Map<unknown>([
    ['type', type],
    ['geometry', geometry],
    ['style', new Y.Map(Object.entries(style))],
    ['content', new Y.Text(content)],
    ['parent_id', parent_id],
    ['group_id', group_id],
    ...(type === 'comment' ? ([['resolved', resolved ?? false]] as const) : []),
    ['status', 'active'],
  ]);
  entriesOf(doc).set(id, entry);
}

/** The `z_index` above all that are painted; 0 where nothing is. */
function nextOnTop(annotations: readonly RoomAnnotation[]): number {
  const painted = annotations.filter(({ type }) => type !== 'comment');
  const top = painted.at(-1);
  return top === undefined ? 0 : Math.min(MAX_Z_INDEX, (top.style.z_index ?? 0) + 1);
}

const withoutAbsent = (style: AnnotationStyleInput): AnnotationStyleInput =>
  Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined && value !== null));
