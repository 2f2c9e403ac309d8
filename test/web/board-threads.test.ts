import { expect } from 'chai';
import * as Y from 'yjs';
import {
  addComment,
  createAnnotation,
  deleteAnnotations,
  editComment,
  listComments,
  moveAnnotations,
  observeAnnotations,
  replyToComment,
  resolveComment,
  restoreAnnotations,
} from '../../client/index.ts';
import { signComment } from '../../web/board/comments/comment-author.ts';
import { CommentIndex, type Thread } from '../../web/board/comments/comment-index.ts';
import {
  type CommentFacts,
  isUnread,
  listThreads,
  messagesOf,
  neighbourThread,
} from '../../web/board/comments/thread-list.ts';

const ANN = { id: 'ann', name: 'Ann', color: '#c2255c' };
const BOX = { type: 'box', geometry: { x: 10, y: 20, width: 30, height: 40 } } as const;

/** An index that follows its document, and the ids of the threads that each change touched. */
function followed() {
  const doc = new Y.Doc();
  const index = new CommentIndex(doc);
  const changes: string[][] = [];
  observeAnnotations(doc, ({ ids }) => changes.push([...index.touch(ids)]));
  return { doc, index, changes };
}

const shape = ({ first, replies, ...rest }: Thread) => ({
  ...rest,
  first: first.body,
  replies: replies.map(({ body }) => body).sort(),
});

/** What somebody sees who opens the board now. */
const seenAnew = (doc: Y.Doc): unknown => [...new CommentIndex(doc).threads.values()].map(shape);

describe('the threads of a board', () => {
  it('follow what they stand on, and only they are touched by its moves', () => {
    const { doc, index, changes } = followed();
    const [box, other] = [createAnnotation(doc, BOX), createAnnotation(doc, BOX)];
    const [bound, free] = [
      addComment(doc, { annotationId: box }, 'this'),
      addComment(doc, { x: 1, y: 2 }, 'here'),
    ];
    addComment(doc, { annotationId: other }, 'that');
    replyToComment(doc, bound, 'yes');
    const untouched = index.threads.get(free);
    changes.length = 0;
    moveAnnotations(doc, box, { x: 5, y: 5 });
    expect(changes).to.deep.equal([[bound]]);
    expect(index.threads.get(bound)).to.deep.include({ position: { x: 15, y: 25 } });
    expect(index.threads.get(free)).to.equal(untouched);
    expect(index.threadsOn(box).map(({ id }) => id)).to.deep.equal([bound]);
  });

  it('are the same, however they came about, as for one who opens the board now', () => {
    const { doc, index } = followed();
    const now = (): unknown => [...index.threads.values()].map(shape);
    const box = createAnnotation(doc, BOX);
    const bound = addComment(doc, { annotationId: box }, 'this');
    const answer = replyToComment(doc, bound, 'yes');
    replyToComment(doc, answer, 'an answer to an answer');
    const steps = [
      () => editComment(doc, answer, 'yes!'),
      () => resolveComment(doc, bound),
      () => deleteAnnotations(doc, box),
      () => restoreAnnotations(doc, box),
      () => deleteAnnotations(doc, answer),
      () => restoreAnnotations(doc, answer),
      () => deleteAnnotations(doc, bound),
      () => restoreAnnotations(doc, bound),
    ];
    for (const step of steps) {
      step();
      expect(now()).to.deep.equal(seenAnew(doc));
    }
    expect([...index.ids()]).to.have.members(listComments(doc).map(({ id }) => id));
    expect(now()).to.deep.equal([
      {
        id: bound,
        first: 'this',
        replies: ['an answer to an answer', 'yes!'],
        position: { x: 10, y: 20 },
        orphaned: false,
        isResolved: true,
      },
    ]);
  });

  it('stay, orphaned, where their shape was, and go when they are deleted', () => {
    const { doc, index } = followed();
    const box = createAnnotation(doc, BOX);
    const id = addComment(doc, { annotationId: box }, 'this');
    deleteAnnotations(doc, box);
    expect(index.threads.get(id)).to.deep.include({ orphaned: true, position: { x: 10, y: 20 } });
    deleteAnnotations(doc, id);
    expect(index.threads.size).to.equal(0);
  });

  it('say who wrote what, and are believed only where they say it well', () => {
    const { doc, index } = followed();
    const signed = addComment(doc, { x: 0, y: 0 }, 'mine');
    signComment(doc, signed, ANN);
    const unsigned = addComment(doc, { x: 0, y: 0 }, 'of another program');
    signComment(doc, unsigned, { id: 'x', name: '  ', color: 'red; background: url(x)' });
    expect(index.comment(signed)).to.deep.include({ author: ANN });
    expect(index.comment(unsigned)).to.deep.include({ author: undefined });
  });
});

describe('the list of threads', () => {
  const { doc, index } = followed();
  const a = addComment(doc, { x: 50, y: 10 }, 'First thing');
  const b = addComment(doc, { x: 0, y: 90 }, 'Second thing');
  const c = addComment(doc, { x: 10, y: 10 }, 'Third');
  const r1 = replyToComment(doc, a, 'later answer');
  const r2 = replyToComment(doc, a, 'earlier answer');
  resolveComment(doc, b);
  const fact = (createdAt: number, author = 'ann'): CommentFacts => ({ createdAt, author });
  const facts = new Map([
    [a, fact(1)],
    [b, fact(2)],
    [c, fact(3)],
    [r1, fact(9, 'bob')],
    [r2, fact(5)],
  ]);
  const nameOf = ({ id }: { readonly id: string }): string => facts.get(id)?.author ?? '';
  const ids = (filter: 'open' | 'resolved' | 'all', search = ''): readonly string[] =>
    listThreads(index.threads.values(), facts, { filter, search }, nameOf).map(({ id }) => id);
  const threadOf = (id: string): Thread => {
    const thread = index.threads.get(id);
    if (thread === undefined) throw new Error('no such thread');
    return thread;
  };

  it('has those with the newest message first, open, resolved or all', () => {
    expect([ids('open'), ids('resolved'), ids('all')]).to.deep.equal([[a, c], [b], [a, c, b]]);
  });

  it('finds words in messages, replies and names', () => {
    expect(ids('all', 'THING')).to.deep.equal([a, b]);
    expect(ids('all', 'earlier')).to.deep.equal([a]);
    expect(ids('all', 'bob first')).to.deep.equal([a]);
    expect(ids('all', 'nowhere')).to.deep.equal([]);
  });

  it('reads replies by age, what was sent just now last', () => {
    const messages = messagesOf(threadOf(a), new Map([...facts].filter(([id]) => id !== r2)));
    expect(messages.map(({ body }) => body)).to.deep.equal(['First thing', 'later answer', 'earlier answer']);
    expect(messagesOf(threadOf(a), facts).map(({ id }) => id)).to.deep.equal([a, r2, r1]);
  });

  it('steps through the board row by row, round and round', () => {
    const step = (from: string | undefined, by: 1 | -1): string | undefined =>
      neighbourThread(index.threads.values(), from, by)?.id;
    expect([step(undefined, 1), step(c, 1), step(a, 1), step(b, 1)]).to.deep.equal([c, a, b, c]);
    expect([step(undefined, -1), step(c, -1)]).to.deep.equal([b, b]);
    expect(neighbourThread([], undefined, 1)).to.equal(undefined);
  });

  it('counts as unread what others wrote since it was looked at, and not before the first visit', () => {
    const unread = (marks: { since: number; threads: Record<string, number> }, me = 'ann'): boolean =>
      isUnread(threadOf(a), facts, marks, me);
    expect(unread({ since: 0, threads: {} })).to.equal(true);
    expect(unread({ since: 9, threads: {} })).to.equal(false);
    expect(unread({ since: 0, threads: { [a]: 9 } })).to.equal(false);
    expect(unread({ since: 0, threads: { [a]: 8 } })).to.equal(true);
    expect(unread({ since: 5, threads: {} }, 'bob')).to.equal(false);
  });
});
