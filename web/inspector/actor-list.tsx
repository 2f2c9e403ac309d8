import { ArrowDown, ArrowUp, Search } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import type { InspectorRow, InspectorSort } from '../../protocol/inspector-socket.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Loading, StateMessage } from '../ui/state.tsx';
import styles from './actor-list.module.css';
import { readableCount, readableRate, shortId } from './format.ts';
import { changeQuery } from './inspector-connection.ts';
import { useInspector } from './inspector-state.ts';
import { KindIcon } from './kind-icon.tsx';
import { StateBadge } from './state-badge.tsx';

/** As many as the server shows at once. */
const MOST_ROWS = 200;

interface Column {
  readonly sort: InspectorSort;
  readonly label: string;
  /** Where the label is short for something. */
  readonly title?: string;
  readonly isNumber?: true;
  /** Left out where there is little room. */
  readonly isExtra?: true;
}

const COLUMNS: readonly Column[] = [
  { sort: 'id', label: 'Document' },
  { sort: 'state', label: 'State' },
  { sort: 'seq', label: 'Seq', title: 'The last event', isNumber: true },
  { sort: 'mailbox', label: 'Queue', title: 'Messages in the mailbox', isNumber: true, isExtra: true },
  { sort: 'pending', label: 'Pend.', title: 'What waits for the store', isNumber: true, isExtra: true },
  { sort: 'subscribers', label: 'Subs', title: 'Sockets that are joined', isNumber: true },
  { sort: 'rate', label: 'Ev/s', title: 'Events per second', isNumber: true },
];

/** All actors in memory, as the server sorts and filters them. */
export function ActorList({
  chosen,
  onChoose,
}: {
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const list = useInspector((state) => state.list);
  const query = useInspector((state) => state.query);
  const busiest = Math.max(1, ...(list?.rows ?? []).map(({ rate }) => rate));
  return (
    <>
      <div className={styles.tools}>
        <label className={styles.search}>
          <Search size={15} aria-hidden />
          <span className="visually-hidden">Filter by id, kind or state</span>
          <input
            type="search"
            placeholder="Filter by id, kind or state"
            value={query.text}
            maxLength={64}
            onChange={(event) => changeQuery({ text: event.target.value.trim() })}
          />
        </label>
        <KindFilter kinds={list?.kinds ?? {}} chosen={query.kind} />
      </div>
      {list === undefined ? (
        <Loading />
      ) : list.rows.length === 0 ? (
        <Nothing isFiltered={list.total > 0} />
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <HeaderCell key={column.sort} column={column} />
                ))}
              </tr>
            </thead>
            <tbody>
              {list.rows.map((row) => (
                <Row
                  key={row.id}
                  row={row}
                  isChosen={row.id === chosen}
                  share={Math.round((row.rate / busiest) * 20) / 20}
                  onChoose={onChoose}
                />
              ))}
            </tbody>
          </table>
          {list.matching > list.rows.length && query.limit < MOST_ROWS && (
            <div className={styles.more}>
              <Button onClick={() => changeQuery({ limit: MOST_ROWS })}>Show more</Button>
            </div>
          )}
        </div>
      )}
      {list !== undefined && (
        <footer className={styles.footer}>
          <span>
            {list.rows.length < list.matching ? `${list.rows.length} of ` : ''}
            {list.matching.toLocaleString('en')} {list.matching === 1 ? 'actor' : 'actors'}
            {list.matching < list.total && `, ${list.total.toLocaleString('en')} in memory`}
          </span>
          <span>{readableRate(list.rate)} events/s</span>
        </footer>
      )}
    </>
  );
}

function KindFilter({
  kinds,
  chosen,
}: {
  readonly kinds: Readonly<Record<string, number>>;
  readonly chosen: string | undefined;
}) {
  const names = Object.keys(kinds).sort();
  if (names.length < 2 && chosen === undefined) return null;
  return (
    <fieldset className={styles.kinds}>
      <legend className="visually-hidden">Kind of document</legend>
      {[undefined, ...names].map((kind) => (
        <button
          key={kind ?? 'all'}
          type="button"
          className={styles.kind}
          aria-pressed={kind === chosen}
          onClick={() => changeQuery({ kind })}
        >
          {kind === undefined ? 'All' : <KindIcon kind={kind} size={13} />}
          {kind !== undefined && `${kind} ${readableCount(kinds[kind] ?? 0)}`}
        </button>
      ))}
    </fieldset>
  );
}

function HeaderCell({ column }: { readonly column: Column }) {
  const { sort, label, title, isNumber, isExtra } = column;
  const query = useInspector((state) => state.query);
  const isSorted = query.sort === sort;
  const direction = query.descending ? 'descending' : 'ascending';
  return (
    <th
      aria-sort={isSorted ? direction : 'none'}
      className={classNames(isNumber && styles.number, isExtra && styles.extra)}
    >
      <button
        type="button"
        title={title}
        onClick={() => changeQuery({ sort, descending: isSorted ? !query.descending : isNumber === true })}
      >
        {label}
        {isSorted &&
          (query.descending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
      </button>
    </th>
  );
}

const Row = memo(function Row({
  row,
  isChosen,
  share,
  onChoose,
}: {
  readonly row: InspectorRow;
  readonly isChosen: boolean;
  /** Of the busiest one's rate: 0 to 1. */
  readonly share: number;
  readonly onChoose: (id: string) => void;
}) {
  const { id, kind, state, seq, mailbox, pending, subscribers, rate, crashes } = row;
  return (
    // The link in it is what a keyboard reaches.
    <tr className={classNames(styles.row, isChosen && styles.chosen)} onClick={() => onChoose(id)}>
      <td>
        <Link
          href={`/debug/actors?actor=${id}`}
          className={styles.name}
          title={`${kind} ${id}`}
          aria-current={isChosen ? 'true' : undefined}
          onClick={(event) => event.stopPropagation()}
        >
          <KindIcon kind={kind} />
          <span className="visually-hidden">{kind} </span>
          <code>{shortId(id)}</code>
          {crashes > 0 && (
            <span className={styles.crashes} title={`${crashes} crashes lately`}>
              ⚡{crashes}
            </span>
          )}
        </Link>
      </td>
      <td>
        <StateBadge state={state} />
      </td>
      <td className={styles.number}>{readableCount(seq)}</td>
      <td className={classNames(styles.number, styles.extra, mailbox > 0 && styles.waiting)}>
        {readableCount(mailbox)}
      </td>
      <td className={classNames(styles.number, styles.extra, pending > 0 && styles.waiting)}>
        {readableCount(pending)}
      </td>
      <td className={styles.number}>{readableCount(subscribers)}</td>
      <td className={classNames(styles.number, styles.rate)}>
        <span className={styles.share} style={{ width: `${share * 100}%` }} />
        <span className={styles.value}>{readableRate(rate)}</span>
      </td>
    </tr>
  );
});

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <StateMessage title="None of them" text="No actor in memory fits this filter.">
      <Button onClick={() => changeQuery({ text: '', kind: undefined })}>Show all</Button>
    </StateMessage>
  ) : (
    <StateMessage
      title="No actor in memory"
      text="A document comes into memory when somebody opens or changes it, and leaves when nobody needs it."
    >
      <Link className={buttonClass('primary')} href="/">
        Open a document
      </Link>
    </StateMessage>
  );
}
