import type * as Y from 'yjs';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { observeAnnotations, type Point } from '../../../client/index.ts';
import { anchorPoint } from '../../../protocol/comment-anchor.ts';
import { roomsApi } from '../../app/api.ts';
import { useIdentity } from '../../app/identity.ts';
import type { Person } from '../../ui/avatar.tsx';
import type { AnnotationIndex } from '../annotation-index.ts';
import { type Board, useBoard } from '../board-context.ts';
import { meet, type Names, personOf, usePeople } from '../guests/people.ts';
import { type Comment, CommentIndex, type Thread } from './comment-index.ts';
import { CommentRecord } from './comment-record.ts';
import { readMarks, writeMarks } from './read-marks.ts';
import { type FactsOf, isUnread, latestIn, type ReadMarks } from './thread-list.ts';

export interface CommentsState {
  /** By the id of the first comment. */
  readonly threads: ReadonlyMap<string, Thread>;
  readonly facts: FactsOf;
  readonly marks: ReadMarks;
  /** What somebody else wrote last while this page was open, for those who cannot see a pin appear. */
  readonly news: Comment | undefined;
}

/** The comments of a board with all that is known of them; one for a document, for as long as that lives. */
export class BoardComments {
  readonly store: StoreApi<CommentsState>;
  readonly #roomId: string;
  readonly #index: CommentIndex;
  readonly #record: CommentRecord;
  readonly #annotations: AnnotationIndex;
  /** Threads on what this user drags: they go with what is seen, which the document gets a little later. */
  readonly #dragged = new Map<string, Point>();

  constructor({ doc, provider, room, annotations }: Board) {
    this.#roomId = room.id;
    this.#annotations = annotations;
    this.#index = new CommentIndex(doc);
    for (const id of this.#index.ids()) this.#meetAuthor(id);
    this.store = createStore<CommentsState>(() => ({
      threads: new Map(this.#index.threads),
      facts: new Map(),
      marks: readMarks(room.id) ?? { since: Number.POSITIVE_INFINITY, threads: {} },
      news: undefined,
    }));
    this.#record = new CommentRecord({
      fetch: () => roomsApi.comments(room.id),
      ids: () => this.#index.ids(),
      changed: (facts) => this.#learned(facts),
    });
    const stops = [
      observeAnnotations(doc, ({ ids, isLocal }) => this.#touched(ids, isLocal || !provider.synced, isLocal)),
      annotations.subscribeAny((ids) => this.#follow(ids)),
      provider.on('saved', (isSaved) => isSaved && this.#record.refresh()),
      provider.on('synced', (isSynced) => isSynced && this.#record.refresh()),
    ];
    doc.once('destroy', () => {
      for (const stop of stops) stop();
      this.#record.stop();
    });
    this.#record.refresh();
  }

  comment(id: string): Comment | undefined {
    return this.#index.comment(id);
  }

  /** All that is in a thread now has been seen. */
  markRead(thread: Thread): void {
    const { facts, marks } = this.store.getState();
    const latest = latestIn(thread, facts) ?? Date.now();
    if (latest <= (marks.threads[thread.id] ?? 0)) return;
    const next = { ...marks, threads: { ...marks.threads, [thread.id]: latest } };
    // Until the server has told what was there before, there is no `since` to write down.
    const isLearned = Number.isFinite(marks.since);
    this.store.setState({ marks: isLearned ? writeMarks(this.#roomId, next) : next });
  }

  #touched(ids: ReadonlySet<string>, isQuiet: boolean, isLocal: boolean): void {
    const isNew = [...ids].filter((id) => this.#index.comment(id) === undefined);
    const changed = this.#index.touch(ids);
    if (changed.size === 0) return;
    let news: Comment | undefined;
    for (const id of isNew) {
      const comment = this.#index.comment(id);
      if (comment === undefined) continue;
      this.#meetAuthor(id);
      const author = comment.author?.id ?? (isLocal ? useIdentity.getState().userId : '');
      if (isLocal || !isQuiet) this.#record.assume(id, author);
      if (!isQuiet) news = comment;
    }
    if (isNew.length > 0) this.#record.refresh();
    this.store.setState({ threads: this.#placed(), ...(news && { news }) });
  }

  #follow(ids: ReadonlySet<string>): void {
    let isMoved = false;
    for (const id of ids) {
      const shown = this.#annotations.get(id);
      if (shown === undefined) continue;
      const { x, y } = anchorPoint(shown.type, shown.geometry);
      for (const thread of this.#index.threadsOn(id)) {
        const before = this.#dragged.get(thread.id) ?? thread.position;
        isMoved ||= before.x !== x || before.y !== y;
        if (x === thread.position.x && y === thread.position.y) this.#dragged.delete(thread.id);
        else this.#dragged.set(thread.id, { x, y });
      }
    }
    if (isMoved) this.store.setState({ threads: this.#placed() });
  }

  #placed(): ReadonlyMap<string, Thread> {
    const threads = new Map(this.#index.threads);
    for (const [id, position] of this.#dragged) {
      const thread = threads.get(id);
      if (thread !== undefined) threads.set(id, { ...thread, position });
    }
    return threads;
  }

  #meetAuthor(id: string): void {
    const author = this.#index.comment(id)?.author;
    // Who is here says a name that is newer.
    if (author !== undefined && usePeople.getState().names[author.id] === undefined)
      meet(author.id, author.name, author.color);
  }

  #learned(facts: FactsOf): void {
    const { marks } = this.store.getState();
    this.store.setState({ facts });
    if (Number.isFinite(marks.since)) return;
    const since = Math.max(0, ...[...facts.values()].map(({ createdAt }) => createdAt));
    this.store.setState({ marks: writeMarks(this.#roomId, { ...marks, since }) });
  }
}

const known = new WeakMap<Y.Doc, BoardComments>();

export function commentsOf(board: Board): BoardComments {
  const comments = known.get(board.doc) ?? new BoardComments(board);
  known.set(board.doc, comments);
  return comments;
}

/** A part of the comments of this board; renders again when that part changes. */
export const useComments = <Part>(select: (state: CommentsState) => Part): Part =>
  useStore(commentsOf(useBoard()).store, select);

/** Who wrote a comment: the server's record prevails, the document's signature has the name. @param names - of `usePeople` */
export function authorOf(comment: Comment, facts: FactsOf, names: Names): Person {
  const { author: signed } = comment;
  const id = facts.get(comment.id)?.author || signed?.id || '';
  return personOf(id, signed?.id === id && !(id in names) ? { [id]: signed } : names);
}

/** How many threads are open, and in how many somebody else wrote something new. */
export function useCommentCounts(): { readonly open: number; readonly unread: number } {
  const { threads, facts, marks } = useComments((state) => state);
  const { userId } = useIdentity();
  let [open, unread] = [0, 0];
  for (const thread of threads.values()) {
    if (!thread.isResolved) open += 1;
    if (isUnread(thread, facts, marks, userId)) unread += 1;
  }
  return { open, unread };
}
