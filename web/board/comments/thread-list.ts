import type { Comment, Thread } from './comment-index.ts';

export type ThreadFilter = 'open' | 'resolved' | 'all';

/** What the server alone knows of a comment. */
export interface CommentFacts {
  /** Id of a user. */
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export type FactsOf = ReadonlyMap<string, CommentFacts>;

/** Oldest first; what the server has not told of yet is the newest. */
export const byAge =
  (facts: FactsOf) =>
  (a: { readonly id: string }, b: { readonly id: string }): number => {
    const [first, second] = [facts.get(a.id)?.createdAt, facts.get(b.id)?.createdAt];
    if (first !== second)
      return (first ?? Number.POSITIVE_INFINITY) < (second ?? Number.POSITIVE_INFINITY) ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  };

/** All comments of a thread as they are read: the first one, then the replies by age. */
export const messagesOf = ({ first, replies }: Thread, facts: FactsOf): readonly Comment[] => [
  first,
  ...[...replies].sort(byAge(facts)),
];

/** When somebody wrote in it last; `undefined`: just now, the server has not told of it yet. */
export function latestIn(thread: Thread, facts: FactsOf): number | undefined {
  const times = [thread.first, ...thread.replies].map(({ id }) => facts.get(id)?.createdAt);
  return times.includes(undefined) ? undefined : Math.max(...times.map((time) => time ?? 0));
}

const passes = (thread: Thread, filter: ThreadFilter): boolean =>
  filter === 'all' || thread.isResolved === (filter === 'resolved');

/**
 * The threads that a list shows, those with the newest message first.
 *
 * @param search - each of its words must be in a message or the name of an author
 * @param nameOf - of the author of a comment
 */
export function listThreads(
  threads: Iterable<Thread>,
  facts: FactsOf,
  { filter, search }: { readonly filter: ThreadFilter; readonly search: string },
  nameOf: (comment: Comment) => string,
): readonly Thread[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const says = ({ first, replies }: Thread): string =>
    [first, ...replies]
      .map((comment) => `${nameOf(comment)}\n${comment.body}`)
      .join('\n')
      .toLocaleLowerCase();
  return [...threads]
    .filter((thread) => passes(thread, filter))
    .filter((thread) => {
      const text = words.length === 0 ? '' : says(thread);
      return words.every((word) => text.includes(word));
    })
    .map((thread) => ({ thread, latest: latestIn(thread, facts) ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) =>
      a.latest === b.latest ? (a.thread.id < b.thread.id ? -1 : 1) : a.latest < b.latest ? 1 : -1,
    )
    .map(({ thread }) => thread);
}

/** The thread after (1) or before (-1) the one that is open, in the order of the board: row by row. */
export function neighbourThread(
  threads: Iterable<Thread>,
  open: string | undefined,
  step: 1 | -1,
): Thread | undefined {
  const inOrder = [...threads].sort(
    (a, b) => a.position.y - b.position.y || a.position.x - b.position.x || (a.id < b.id ? -1 : 1),
  );
  if (inOrder.length === 0) return undefined;
  const at = inOrder.findIndex(({ id }) => id === open);
  if (at === -1) return step === 1 ? inOrder[0] : inOrder.at(-1);
  return inOrder[(at + step + inOrder.length) % inOrder.length];
}

/** A reader's place in each thread: when the newest message was written that has been seen. */
export interface ReadMarks {
  /** What was written until then, before the first visit, counts as seen. */
  readonly since: number;
  readonly threads: Readonly<Record<string, number>>;
}

/** Has somebody else written in it since it was looked at? */
export function isUnread(thread: Thread, facts: FactsOf, marks: ReadMarks, me: string): boolean {
  const seen = Math.max(marks.since, marks.threads[thread.id] ?? 0);
  return [thread.first, ...thread.replies].some((comment) => {
    const known = facts.get(comment.id);
    return known !== undefined && known.author !== me && known.createdAt > seen;
  });
}
