import { anchorPoint, type Point } from '../protocol/comment-anchor.ts';
import type { SceneAnnotation } from './port.ts';

/** A comment that stands at a place, with the replies below it; numbered in order of creation, from 1. */
export interface CommentThread {
  readonly number: number;
  readonly comment: SceneAnnotation;
  readonly anchor: Point;
  readonly replies: readonly SceneAnnotation[];
}

const ORIGIN: Point = { x: 0, y: 0 };

/**
 * The first comment of the thread that each one stands in: found by following `parent_id` up to the first thing that is
 * no reply. A chain that never ends there leads to undefined. Walks over each comment once.
 */
function firstComments(
  comments: readonly SceneAnnotation[],
  byId: ReadonlyMap<string, SceneAnnotation>,
): ReadonlyMap<SceneAnnotation, SceneAnnotation | undefined> {
  const firsts = new Map<SceneAnnotation, SceneAnnotation | undefined>();
  for (const comment of comments) {
    const chain: SceneAnnotation[] = [];
    let at: SceneAnnotation = comment;
    while (!firsts.has(at)) {
      // Until the chain is walked to its end, as in a circle it never is.
      firsts.set(at, undefined);
      chain.push(at);
      const parent = at.parent_id === null ? undefined : byId.get(at.parent_id);
      if (parent?.type === 'comment') at = parent;
      else firsts.set(at, at);
    }
    const first = firsts.get(at);
    for (const each of chain) firsts.set(each, first);
  }
  return firsts;
}

/** On what it is about, while that is in the picture; else where it was put, or was left behind. */
function anchorOf(comment: SceneAnnotation, byId: ReadonlyMap<string, SceneAnnotation>): Point {
  const parent = comment.parent_id === null ? undefined : byId.get(comment.parent_id);
  if (parent) return anchorPoint(parent.type, parent.geometry);
  const { x, y } = comment.geometry;
  return x === undefined || y === undefined ? ORIGIN : { x, y };
}

/** Gathers comments into threads: a reply to a comment has no badge of its own, it stands in the legend below it. */
export function commentThreads(annotations: readonly SceneAnnotation[]): readonly CommentThread[] {
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const threads = new Map<string, CommentThread & { replies: SceneAnnotation[] }>();
  const comments = annotations.filter((annotation) => annotation.type === 'comment');
  const firsts = firstComments(comments, byId);
  for (const comment of comments) {
    if (firsts.get(comment) !== comment) continue;
    const number = threads.size + 1;
    threads.set(comment.id, { number, comment, anchor: anchorOf(comment, byId), replies: [] });
  }
  for (const comment of comments) {
    const first = firsts.get(comment);
    if (first && first !== comment) threads.get(first.id)?.replies.push(comment);
  }
  return [...threads.values()];
}
