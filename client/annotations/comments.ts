import type * as Y from 'yjs';
import { anchorPoint } from '../../protocol/comment-anchor.ts';
import { type AnnotationOf, LOCAL_EDIT, type Point, type RoomAnnotation } from './annotation.ts';
import { invalid, notFound } from './annotation-error.ts';
import { checkGeometry } from './check-geometry.ts';
import { checkBody } from './check-text.ts';
import { insert } from './create.ts';
import { entriesOf } from './entries.ts';
import { hasPlace, Reader, readAnnotation } from './read.ts';
import { updateAnnotation } from './update.ts';

/** Where a comment is to stand: at a point of the image, or on an annotation, which it follows. */
export type CommentPlace = Point | { readonly annotationId: string };

/** A comment as the room's document has it; its author and times REST tells. */
export interface CommentView {
  readonly id: string;
  /** Of a reply: that of its thread. */
  readonly anchor: CommentPlace;
  /** Where it stands now, in pixels of the base image. */
  readonly position: Point;
  /**
   * Its annotation is gone; it stays where that was. Where another program took even its key away, only the server still
   * knows where that was (`GET /v1/rooms/{roomId}/comments`): here it stands where it was made.
   */
  readonly orphaned: boolean;
  readonly body: string;
  /** The comment that it replies to. */
  readonly parentId: string | null;
  readonly status: 'open' | 'resolved';
}

/**
 * Begins a thread.
 *
 * @returns its id
 * @throws AnnotationError `not_found` where there is no such annotation, `invalid` where the text or place breaks the rules
 */
export function addComment(
  doc: Y.Doc,
  place: CommentPlace,
  body: string,
  origin: unknown = LOCAL_EDIT,
): string {
  if (!('annotationId' in place)) return insertComment(doc, { ...place }, null, body, origin);
  const anchor = readAnnotation(doc, place.annotationId);
  if (anchor === undefined) throw notFound(place.annotationId);
  if (anchor.type === 'comment') throw invalid('/annotationId', 'is a comment: reply to it');
  return insertComment(doc, anchorPoint(anchor.type, anchor.geometry), anchor.id, body, origin);
}

/** Answers a comment. @returns its id @throws AnnotationError `not_found`, `invalid` */
export function replyToComment(
  doc: Y.Doc,
  commentId: string,
  body: string,
  origin: unknown = LOCAL_EDIT,
): string {
  if (readAnnotation(doc, commentId)?.type !== 'comment') throw notFound(commentId);
  return insertComment(doc, {}, commentId, body, origin);
}

/** @returns whether it is there */
export const resolveComment = (doc: Y.Doc, id: string, origin: unknown = LOCAL_EDIT): boolean =>
  isComment(doc, id) && updateAnnotation(doc, id, { resolved: true }, origin);

/** @returns whether it is there */
export const reopenComment = (doc: Y.Doc, id: string, origin: unknown = LOCAL_EDIT): boolean =>
  isComment(doc, id) && updateAnnotation(doc, id, { resolved: false }, origin);

/** @returns whether it is there @throws AnnotationError `invalid` */
export const editComment = (doc: Y.Doc, id: string, body: string, origin: unknown = LOCAL_EDIT): boolean =>
  isComment(doc, id) && updateAnnotation(doc, id, { content: checkBody(body) }, origin);

/** All comments that are there, replies too; in no order, for only the server knows when each was made. */
export function listComments(doc: Y.Doc): CommentView[] {
  const reader = new Reader(doc);
  const comments: CommentView[] = [];
  for (const id of entriesOf(doc).keys()) {
    const annotation = reader.visible(id);
    if (annotation?.type === 'comment') comments.push(commentOf(annotation, reader));
  }
  return comments;
}

/** One comment that is there; what it costs does not grow with the document. */
export function readComment(doc: Y.Doc, id: string): CommentView | undefined {
  const reader = new Reader(doc);
  const annotation = reader.visible(id);
  return annotation?.type === 'comment' ? commentOf(annotation, reader) : undefined;
}

function commentOf(comment: AnnotationOf<'comment'>, reader: Reader): CommentView {
  const first = firstOf(comment, reader);
  const parent = comment.parent_id === null ? undefined : reader.any(comment.parent_id);
  return {
    id: comment.id,
    ...placeOf(first, reader),
    orphaned: first.orphaned === true,
    body: comment.content,
    parentId: parent?.type === 'comment' ? parent.id : null,
    status: comment.resolved === true ? 'resolved' : 'open',
  };
}

/** The comment that began the thread. */
function firstOf(comment: AnnotationOf<'comment'>, reader: Reader): AnnotationOf<'comment'> {
  let first = comment;
  for (;;) {
    const parent: RoomAnnotation | undefined =
      first.parent_id === null ? undefined : reader.visible(first.parent_id);
    if (parent?.type !== 'comment') return first;
    first = parent;
  }
}

function placeOf(first: AnnotationOf<'comment'>, reader: Reader): Pick<CommentView, 'anchor' | 'position'> {
  const own = hasPlace(first) ? { x: first.geometry.x, y: first.geometry.y } : { x: 0, y: 0 };
  if (first.parent_id === null) return { anchor: own, position: own };
  const anchor = reader.visible(first.parent_id);
  const position = anchor === undefined ? own : anchorPoint(anchor.type, anchor.geometry);
  return { anchor: { annotationId: first.parent_id }, position };
}

function insertComment(
  doc: Y.Doc,
  geometry: Point | Record<string, never>,
  parent_id: string | null,
  body: string,
  origin: unknown,
): string {
  const checked = checkGeometry('comment', geometry);
  if (parent_id === null && !('x' in checked)) throw invalid('/geometry', 'must be {x, y}');
  const fields = { type: 'comment', style: {}, group_id: null, resolved: false } as const;
  return insert(doc, { ...fields, geometry: checked, content: checkBody(body), parent_id }, origin);
}

const isComment = (doc: Y.Doc, id: string): boolean => readAnnotation(doc, id)?.type === 'comment';
