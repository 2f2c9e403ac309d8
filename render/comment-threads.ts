import { boxOf } from './draw-shapes.ts';
import type { SceneAnnotation } from './port.ts';

export interface Anchor {
  readonly x: number;
  readonly y: number;
}

/** A comment that stands at a place, with the replies below it; numbered in order of creation, from 1. */
export interface CommentThread {
  readonly number: number;
  readonly comment: SceneAnnotation;
  readonly anchor: Anchor;
  readonly replies: readonly SceneAnnotation[];
}

const ORIGIN: Anchor = { x: 0, y: 0 };

/** Where a comment on an annotation stands: the top left of a box or text, the first point of a line. */
function anchorOn(annotation: SceneAnnotation): Anchor {
  const [first] = annotation.geometry.points ?? [];
  if (first) return { x: first[0] ?? 0, y: first[1] ?? 0 };
  const { x, y } = boxOf(annotation.geometry);
  return { x, y };
}

/** Follows `parent_id` up to the first thing that is no reply; a chain that never ends there yields undefined. */
function rootOf(
  comment: SceneAnnotation,
  byId: ReadonlyMap<string, SceneAnnotation>,
): SceneAnnotation | undefined {
  let current = comment;
  for (let steps = 0; steps <= byId.size; steps++) {
    const parent = current.parent_id === null ? undefined : byId.get(current.parent_id);
    if (parent?.type !== 'comment') return current;
    current = parent;
  }
  return undefined;
}

function anchorOf(comment: SceneAnnotation, byId: ReadonlyMap<string, SceneAnnotation>): Anchor {
  const { x, y } = comment.geometry;
  if (x !== undefined && y !== undefined) return { x, y };
  const parent = comment.parent_id === null ? undefined : byId.get(comment.parent_id);
  return parent ? anchorOn(parent) : ORIGIN;
}

/** Gathers comments into threads: a reply to a comment has no badge of its own, it stands in the legend below it. */
export function commentThreads(annotations: readonly SceneAnnotation[]): readonly CommentThread[] {
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const threads = new Map<string, CommentThread & { replies: SceneAnnotation[] }>();
  const comments = annotations.filter((annotation) => annotation.type === 'comment');
  for (const comment of comments) {
    if (rootOf(comment, byId) !== comment) continue;
    const number = threads.size + 1;
    threads.set(comment.id, { number, comment, anchor: anchorOf(comment, byId), replies: [] });
  }
  for (const comment of comments) {
    const root = rootOf(comment, byId);
    if (root && root !== comment) threads.get(root.id)?.replies.push(comment);
  }
  return [...threads.values()];
}
