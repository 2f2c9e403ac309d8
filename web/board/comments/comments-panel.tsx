import { MessageCircle, Search } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { useIdentity } from '../../app/identity.ts';
import { Button } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { StateMessage } from '../../ui/state.tsx';
import { useIsNarrow } from '../../ui/use-media.ts';
import { useBoard, useBoardState } from '../board-context.ts';
import { usePeople } from '../guests/people.ts';
import panel from '../side-panel.module.css';
import { showPlace } from '../viewport-space.ts';
import { authorOf, useComments } from './board-comments.ts';
import type { Thread } from './comment-index.ts';
import styles from './comments-panel.module.css';
import { openThread } from './thread-focus.ts';
import { isUnread, listThreads, type ThreadFilter } from './thread-list.ts';
import { ThreadSummary } from './thread-summary.tsx';

const FILTERS: readonly { readonly value: ThreadFilter; readonly label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
];

/** All threads of the board; a click leads to the place of one. */
export function CommentsPanel() {
  const board = useBoard();
  const { threads, facts, marks } = useComments((state) => state);
  const { userId } = useIdentity();
  const names = usePeople((state) => state.names);
  const openId = useBoardState((state) => state.thread);
  const isNarrow = useIsNarrow();
  const [filter, setFilter] = useState<ThreadFilter>('open');
  const [search, setSearch] = useState('');
  const searched = useDeferredValue(search);
  const found = listThreads(
    threads.values(),
    facts,
    { filter, search: searched },
    (comment) => authorOf(comment, facts, names).name,
  );
  // Without the list, the board shows what is open.
  useEffect(() => () => board.store.setState({ showResolved: false }), [board]);
  const choose = (next: ThreadFilter): void => {
    setFilter(next);
    // What is listed can be seen on the board.
    board.store.setState({ showResolved: next !== 'open' });
  };
  const show = useCallback(
    (thread: Thread): void => {
      board.store.setState({ moment: undefined, ...(isNarrow && { panel: undefined }) });
      showPlace(board.store, thread.position, isNarrow ? 'middle' : 'needed');
      openThread(board.store, thread.id, 'reply');
    },
    [board, isNarrow],
  );
  const count = found.length === 1 ? '1 thread' : `${found.length} threads`;
  return (
    <>
      <div className={panel.tools}>
        <Segmented label="Which comments" options={FILTERS} value={filter} onChange={choose} />
        <div className={styles.search}>
          <Search size={16} aria-hidden />
          <input
            type="search"
            className={inputClass}
            aria-label="Search in comments"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      </div>
      <p role="status" className="visually-hidden">
        {count}
      </p>
      <div className={panel.scroll}>
        {found.map((thread) => (
          <ThreadSummary
            key={thread.id}
            thread={thread}
            isOpen={thread.id === openId}
            isUnread={isUnread(thread, facts, marks, userId)}
            onShow={show}
          />
        ))}
        {found.length === 0 && (
          <Nothing
            isFiltered={search.trim() !== ''}
            isEmpty={threads.size === 0}
            filter={filter}
            onAll={() => {
              setSearch('');
              choose('all');
            }}
            onComment={() => board.store.setState({ tool: 'comment', ...(isNarrow && { panel: undefined }) })}
          />
        )}
      </div>
    </>
  );
}

function Nothing({
  isFiltered,
  isEmpty,
  filter,
  onAll,
  onComment,
}: {
  readonly isFiltered: boolean;
  readonly isEmpty: boolean;
  readonly filter: ThreadFilter;
  readonly onAll: () => void;
  readonly onComment: () => void;
}) {
  if (isEmpty) {
    return (
      <StateMessage
        icon={<MessageCircle />}
        title="No comments yet"
        text="Choose the comment tool and click where you want to say something."
      >
        <Button variant="primary" onClick={onComment}>
          Write a comment
        </Button>
      </StateMessage>
    );
  }
  const nothing = filter === 'open' ? 'Everything is resolved' : 'Nothing is resolved yet';
  return (
    <StateMessage
      icon={<MessageCircle />}
      title={isFiltered ? 'Nothing found' : nothing}
      {...(isFiltered && { text: 'No comment here has these words.' })}
    >
      <Button onClick={onAll}>Show all comments</Button>
    </StateMessage>
  );
}
