import type * as Y from 'yjs';
import { isAnnotationType } from '../../protocol/annotation-types.ts';
import { anchorPoint } from '../../protocol/comment-anchor.ts';
import type { PinGeometry, RoomAnnotation } from './annotation.ts';
import { readGeometry } from './check-geometry.ts';
import { checkStyle } from './check-style.ts';
import { isContent, isGroupId } from './check-text.ts';
import { contentOf, type Entry, entriesOf, entryOf, styleOf } from './entries.ts';

/** As the server knows ids: UUIDv4, lower case. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * An annotation that is there: not deleted, valid (what another program wrote may not be; the server shows that to
 * nobody either), and not the reply to one that is gone.
 */
export function readAnnotation(doc: Y.Doc, id: string): RoomAnnotation | undefined {
  return new Reader(doc).visible(id);
}

/**
 * All that are there, as they are painted: by `z_index`, then as they were created. Comments are among them. Of two that
 * were created at the same `z_index` by different people, every client names the same one first.
 */
export function listAnnotations(doc: Y.Doc): RoomAnnotation[] {
  const reader = new Reader(doc);
  const found: { readonly annotation: RoomAnnotation; readonly z: number; readonly id: Y.ID | undefined }[] =
    [];
  for (const id of entriesOf(doc).keys()) {
    const annotation = reader.visible(id);
    if (annotation === undefined) continue;
    found.push({ annotation, z: annotation.style.z_index ?? 0, id: entriesOf(doc)._map.get(id)?.id });
  }
  found.sort(
    (a, b) =>
      a.z - b.z || (a.id?.client ?? 0) - (b.id?.client ?? 0) || (a.id?.clock ?? 0) - (b.id?.clock ?? 0),
  );
  return found.map(({ annotation }) => annotation);
}

/** Deleted ones, which can be restored; in no order. */
export function listDeletedAnnotations(doc: Y.Doc): RoomAnnotation[] {
  const reader = new Reader(doc);
  const deleted: RoomAnnotation[] = [];
  for (const id of entriesOf(doc).keys()) {
    const annotation = reader.any(id);
    if (annotation?.status === 'deleted') deleted.push(annotation);
  }
  return deleted;
}

/** Who made a change. */
export interface AnnotationsChange {
  /**
   * Ids of the entries that were touched, also those that are gone. What hangs on them (replies, comments that are
   * anchored to them) may look different too.
   */
  readonly ids: ReadonlySet<string>;
  /** As the transaction had it: `LOCAL_EDIT` or a caller's own, the provider for what came over the network. */
  readonly origin: unknown;
  /** Made in this program. */
  readonly isLocal: boolean;
}

/** Tells once for each transaction what it touched. @returns a function that ends it */
export function observeAnnotations(doc: Y.Doc, listener: (change: AnnotationsChange) => void): () => void {
  const entries = entriesOf(doc);
  const heard = (events: readonly Y.YEvent<Y.Map<unknown>>[], { origin, local }: Y.Transaction): void => {
    const ids = new Set<string>();
    for (const { path, keys } of events) {
      const [id] = path;
      if (id !== undefined) ids.add(String(id));
      else for (const key of keys.keys()) ids.add(key);
    }
    listener({ ids, origin, isLocal: local });
  };
  const observer = heard as Parameters<typeof entries.observeDeep>[0];
  entries.observeDeep(observer);
  return () => entries.unobserveDeep(observer);
}

/** One look at a document; to be forgotten with the next change. */
export class Reader {
  readonly #doc: Y.Doc;
  readonly #read = new Map<string, RoomAnnotation | undefined>();
  readonly #visible = new Map<string, RoomAnnotation | undefined>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** Deleted or not, whatever its parent is; `undefined` where it is not there, or not valid. */
  any(id: string): RoomAnnotation | undefined {
    if (!this.#read.has(id)) {
      const entry = entryOf(this.#doc, id);
      this.#read.set(id, entry === undefined ? undefined : viewOf(id, entry));
    }
    return this.#read.get(id);
  }

  visible(id: string): RoomAnnotation | undefined {
    // Up to where it is known, then down again: without recursion, for a hostile client may nest replies at will.
    const path: string[] = [];
    const passed = new Map<string, number>();
    let at: string | null = id;
    while (at !== null && !this.#visible.has(at) && !passed.has(at)) {
      passed.set(at, path.length);
      path.push(at);
      at = this.any(at)?.parent_id ?? null;
    }
    // A parent that is one of its own replies: then nobody on the way round is seen.
    const cycle = at === null ? undefined : passed.get(at);
    if (cycle !== undefined) for (const member of path.splice(cycle)) this.#visible.set(member, undefined);
    for (const each of path.reverse()) this.#visible.set(each, this.#underParent(each));
    return this.#visible.get(id);
  }

  #underParent(id: string): RoomAnnotation | undefined {
    const annotation = this.any(id);
    if (annotation?.status !== 'active') return undefined;
    const { parent_id: parent } = annotation;
    if (parent === null || this.#visible.get(parent) !== undefined) return annotation;
    if (!hasPlace(annotation)) return undefined;
    const anchor = this.any(parent);
    if (anchor?.type === 'comment') return undefined;
    const geometry = anchor === undefined ? annotation.geometry : anchorPoint(anchor.type, anchor.geometry);
    return { ...annotation, orphaned: true, geometry };
  }
}

/** A comment that can do without its parent. */
export const hasPlace = (
  annotation: RoomAnnotation,
): annotation is RoomAnnotation & { readonly type: 'comment'; readonly geometry: PinGeometry } =>
  annotation.type === 'comment' && 'x' in annotation.geometry;

function viewOf(id: string, entry: Entry): RoomAnnotation | undefined {
  const type = entry.get('type');
  const status = entry.get('status') ?? 'active';
  const parent = entry.get('parent_id') ?? null;
  const group = entry.get('group_id') ?? null;
  if (!ID.test(id) || !isAnnotationType(type) || (status !== 'active' && status !== 'deleted'))
    return undefined;
  if (parent !== null && !(typeof parent === 'string' && ID.test(parent.toLowerCase()))) return undefined;
  if (group !== null && !isGroupId(group)) return undefined;
  const geometry = readGeometry(type, entry.get('geometry'));
  const style = readStyle(entry);
  const content = contentOf(entry);
  if (geometry === undefined || style === undefined || !isContent(content)) return undefined;
  if (parent === null && !('x' in geometry) && !('points' in geometry)) return undefined;
  const resolved = entry.get('resolved') ?? (type === 'comment' ? false : undefined);
  if (type === 'comment' ? typeof resolved !== 'boolean' : resolved !== undefined) return undefined;
  const view = {
    id,
    type,
    geometry,
    style,
    content,
    parent_id: parent === null ? null : parent.toLowerCase(),
    group_id: group,
    ...(typeof resolved === 'boolean' ? { resolved } : {}),
    status,
  };
  // Its geometry was read as one of its type.
  return view as RoomAnnotation;
}

function readStyle(entry: Entry): RoomAnnotation['style'] | undefined {
  const style = styleOf(entry);
  try {
    return style && checkStyle(style);
  } catch {
    return undefined;
  }
}

/** Those of the ids that are there. */
export function visibleOf(doc: Y.Doc, ids: readonly string[]): RoomAnnotation[] {
  const reader = new Reader(doc);
  return ids.flatMap((id) => reader.visible(id) ?? []);
}
