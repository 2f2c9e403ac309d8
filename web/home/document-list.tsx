import { FileSearch, Search, WifiOff, X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { StateMessage } from '../ui/state.tsx';
import { chosenCards } from './card-order.ts';
import type { Kind } from './document-card.ts';
import styles from './document-list.module.css';
import { DocumentTile } from './document-tile.tsx';
import { loadMoreDocuments, refreshDocuments, searchDocuments, useDocuments } from './documents-store.ts';

const FILTERS = [
  { value: 'all', label: 'All' },
  { value: 'board', label: 'Boards' },
  { value: 'text', label: 'Texts' },
  { value: 'canvas', label: 'Canvases' },
] as const;
type Filter = (typeof FILTERS)[number]['value'];

const KIND_OF: Readonly<Record<Filter, Kind | undefined>> = {
  all: undefined,
  board: 'board',
  text: 'text',
  canvas: 'canvas',
};
/** Tiles beyond these are put on the page when they are asked for. */
const STEP = 60;
const SKELETONS = 8;
const PAUSE_MS = 200;

/** The documents that are looked for. */
export function DocumentList({ searchRef }: { readonly searchRef: RefObject<HTMLInputElement | null> }) {
  const { phase, problem, cards, order, hidden, hasMore } = useDocuments();
  const [filter, setFilter] = useState<Filter>('all');
  const [query, setQuery] = useState('');
  const [most, setMost] = useState(STEP);
  useEffect(() => {
    const timer = window.setTimeout(() => void searchDocuments(query.trim()), query === '' ? 0 : PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [query]);
  useEffect(() => () => void searchDocuments(''), []);
  const chosen = chosenCards(order, cards, hidden, { kind: KIND_OF[filter], query });
  const isNarrowed = filter !== 'all' || query.trim() !== '';
  return (
    <section aria-label="Documents">
      <div className={styles.bar}>
        <Segmented label="Kind of document" options={FILTERS} value={filter} onChange={setFilter} />
        <SearchField inputRef={searchRef} query={query} onQuery={setQuery} />
      </div>
      {phase === 'ready' && problem !== undefined && (
        <p className={styles.problem} role="alert">
          <WifiOff size={16} aria-hidden />
          <span>This is not the newest list. {problem}</span>
          <Button onClick={() => void refreshDocuments()}>Try again</Button>
        </p>
      )}
      {phase === 'failed' && (
        <StateMessage icon={<WifiOff />} title="The documents did not come" text={problem ?? ''}>
          <Button variant="primary" onClick={() => void refreshDocuments(true)}>
            Try again
          </Button>
        </StateMessage>
      )}
      {phase === 'loading' && <Skeletons />}
      {phase === 'ready' && (
        <>
          <p className="visually-hidden" role="status">
            {chosen.length === 1 ? '1 document' : `${chosen.length} documents`}
          </p>
          <ul className={styles.grid}>
            {chosen.slice(0, most).map((card) => (
              <DocumentTile key={card.id} card={card} />
            ))}
          </ul>
          {chosen.length === 0 && (
            <Nothing
              isNarrowed={isNarrowed}
              onAll={() => {
                setFilter('all');
                setQuery('');
              }}
            />
          )}
          {(chosen.length > most || hasMore) && (
            <div className={styles.more}>
              <Button
                onClick={() => {
                  setMost((before) => before + STEP);
                  if (chosen.length <= most + STEP && hasMore) void loadMoreDocuments();
                }}
              >
                Show more
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function SearchField({
  inputRef,
  query,
  onQuery,
}: {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly onQuery: (query: string) => void;
}) {
  return (
    <div className={styles.search}>
      <Search size={16} aria-hidden />
      <input
        ref={inputRef}
        type="search"
        aria-label="Search by name"
        placeholder="Search by name"
        value={query}
        maxLength={256}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onQuery('');
        }}
      />
      {query !== '' && (
        <IconButton
          label="Clear the search"
          className={styles.clear}
          onClick={() => {
            onQuery('');
            inputRef.current?.focus();
          }}
        >
          <X size={15} />
        </IconButton>
      )}
    </div>
  );
}

function Nothing({ isNarrowed, onAll }: { readonly isNarrowed: boolean; readonly onAll: () => void }) {
  if (!isNarrowed) {
    return <StateMessage title="Nothing is here yet" text="Begin something above: it appears here." />;
  }
  return (
    <StateMessage icon={<FileSearch />} title="Nothing is called that" text="Look for another name or kind.">
      <Button onClick={onAll}>Show everything</Button>
    </StateMessage>
  );
}

/** As large as what comes, so that nothing jumps. */
const Skeletons = () => (
  <div className={styles.grid} role="status" aria-label="Loading the documents">
    {Array.from({ length: SKELETONS }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they never change
      <div key={index} className={styles.skeleton} />
    ))}
  </div>
);
