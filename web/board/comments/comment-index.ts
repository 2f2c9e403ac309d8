import * as Y from 'yjs';
import { type CommentView, type Point, readComment } from '../../../client/index.ts';
import { type CommentAuthor, signatureOf } from './comment-author.ts';

/** A comment as the document has it. */
export interface Comment extends CommentView {
  readonly author: CommentAuthor | undefined;
  readonly isEdited: boolean;
}

/** A comment with what was answered. Another object as soon as anything in it is different. */
export interface Thread {
  /** That of its first comment. */
  readonly id: string;
  readonly first: Comment;
  /** In no order: only the server knows when each was made. */
  readonly replies: readonly Comment[];
  readonly position: Point;
  readonly orphaned: boolean;
  readonly isResolved: boolean;
}

/**
 * The threads of a document, kept up to date by what was touched: while a shape with comments is dragged, only those
 * comments are read anew at each step, however many others there are.
 */
export class CommentIndex {
  readonly #doc: Y.Doc;
  readonly #comments = new Map<string, Comment>();
  /** Ids of comments by what they hang on, also of those that cannot be seen: they come back with it. */
  readonly #hanging = new Map<string, Set<string>>();
  readonly #parents = new Map<string, string>();
  readonly #threads = new Map<string, Thread>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.touch(entries(doc).keys());
  }

  /** By the id of their first comment, in the order in which they came here. */
  get threads(): ReadonlyMap<string, Thread> {
    return this.#threads;
  }

  /** Any comment that is there. */
  comment(id: string): Comment | undefined {
    return this.#comments.get(id);
  }

  /** Threads that stand on an annotation. */
  threadsOn(annotationId: string): readonly Thread[] {
    return [...(this.#hanging.get(annotationId) ?? [])].flatMap((id) => this.#threads.get(id) ?? []);
  }

  /** Ids of all comments that are there, replies too. */
  ids(): IterableIterator<string> {
    return this.#comments.keys();
  }

  /** @param ids - of entries that were changed. @returns ids of the threads that are different now, or gone */
  touch(ids: Iterable<string>): ReadonlySet<string> {
    const touched = new Set(ids);
    for (const id of touched) this.#link(id);
    const concerned = this.#withHanging(touched);
    const changed = new Set<string>();
    for (const id of concerned) {
      const before = this.#comments.get(id);
      if (before !== undefined) changed.add(this.#firstOf(before).id);
      this.#read(id, touched.has(id) ? undefined : before);
    }
    for (const id of concerned) {
      const comment = this.#comments.get(id);
      if (comment !== undefined) changed.add(this.#firstOf(comment).id);
    }
    for (const id of changed) this.#build(id);
    return changed;
  }

  #link(id: string): void {
    const entry = entries(this.#doc).get(id);
    const known = this.#parents.get(id);
    const isComment = entry instanceof Y.Map && entry.get('type') === 'comment';
    const parent = isComment ? entry.get('parent_id') : undefined;
    const now = typeof parent === 'string' ? parent.toLowerCase() : undefined;
    if (now === known) return;
    if (known !== undefined) this.#hanging.get(known)?.delete(id);
    if (now === undefined) {
      this.#parents.delete(id);
      return;
    }
    this.#parents.set(id, now);
    const others = this.#hanging.get(now) ?? new Set();
    this.#hanging.set(now, others.add(id));
  }

  /** The comments among the ids, and all that hang on any of them. */
  #withHanging(ids: ReadonlySet<string>): ReadonlySet<string> {
    const all = new Set(ids);
    for (const id of all) for (const hanging of this.#hanging.get(id) ?? []) all.add(hanging);
    return all;
  }

  /** @param known - as it was, where the entry itself was not touched */
  #read(id: string, known: Comment | undefined): void {
    const view = readComment(this.#doc, id);
    if (view === undefined) this.#comments.delete(id);
    else {
      const signature = known ?? signatureOf(this.#doc, id);
      this.#comments.set(id, { ...view, author: signature.author, isEdited: signature.isEdited });
    }
  }

  #firstOf(comment: Comment): Comment {
    let first = comment;
    const passed = new Set<string>();
    while (first.parentId !== null && !passed.has(first.id)) {
      passed.add(first.id);
      const parent = this.#comments.get(first.parentId);
      if (parent === undefined) return first;
      first = parent;
    }
    return first;
  }

  #build(id: string): void {
    const first = this.#comments.get(id);
    if (first === undefined || first.parentId !== null) {
      this.#threads.delete(id);
      return;
    }
    const replies = [...this.#withHanging(new Set([id]))].flatMap((reply) =>
      reply === id ? [] : (this.#comments.get(reply) ?? []),
    );
    const { position, orphaned, status } = first;
    this.#threads.set(id, { id, first, replies, position, orphaned, isResolved: status === 'resolved' });
  }
}

const entries = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('annotations');
