import { anchorPoint, type Point } from '../protocol/comment-anchor.ts';
import type { Annotation, RoomComment } from '../protocol/entities.ts';

/** Where a comment is, and by what. */
export interface CommentPlace {
  readonly anchor: RoomComment['anchor'];
  readonly position: Point;
  readonly orphaned: boolean;
}

/**
 * Where the comments of a document are: at a point, on an annotation, or where the first comment of their thread is.
 * Walks up each thread once, however long it is.
 */
export class CommentPlaces {
  readonly #find: (id: string) => Annotation | undefined;
  readonly #known = new Map<string, CommentPlace>();

  /** @param find what a comment may hang on, directly or not */
  constructor(find: (id: string) => Annotation | undefined) {
    this.#find = find;
  }

  of(comment: Annotation): CommentPlace {
    const thread = new Set<string>();
    let at = comment;
    let place = this.#known.get(at.id);
    while (place === undefined) {
      thread.add(at.id);
      const parent = at.parent_id === null ? undefined : this.#find(at.parent_id);
      if (parent?.type !== 'comment' || thread.has(parent.id)) {
        place = placeOfFirst(at, parent);
      } else {
        at = parent;
        place = this.#known.get(at.id);
      }
    }
    for (const id of thread) this.#known.set(id, place);
    return place;
  }
}

/** @param on the annotation that a thread's first comment is on */
function placeOfFirst(comment: Annotation, on: Annotation | undefined): CommentPlace {
  const { parent_id, orphaned = false, type, geometry } = comment;
  const own = anchorPoint(type, geometry);
  const position = on === undefined || orphaned ? own : anchorPoint(on.type, on.geometry);
  return { anchor: parent_id === null ? own : { annotationId: parent_id }, position, orphaned };
}
