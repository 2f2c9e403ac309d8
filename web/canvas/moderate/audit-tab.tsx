import { ChevronLeft, ChevronRight, RefreshCw, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CanvasAuditAction, CanvasAuditPage } from '../../../client/index.ts';
import { errorText } from '../../app/error-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Loading } from '../../ui/state.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useCanvas } from '../live/canvas-context.ts';
import styles from '../panel.module.css';
import { auditWords } from './audit-words.ts';

const ACTIONS: readonly { readonly value: CanvasAuditAction | ''; readonly label: string }[] = [
  { value: '', label: 'Everything' },
  { value: 'lock', label: 'Locks' },
  { value: 'unlock', label: 'Unlocks' },
  { value: 'rewind', label: 'Rewinds' },
  { value: 'palette', label: 'Palette' },
  { value: 'limits', label: 'Limits' },
  { value: 'update', label: 'Name' },
  { value: 'archive', label: 'Archiving' },
  { value: 'create', label: 'Creation' },
];
const SIZE = 10;

interface Query {
  readonly action: CanvasAuditAction | '';
  readonly user: { readonly id: string; readonly name: string } | undefined;
  readonly page: number;
}

/** What moderators did, newest first. */
export function AuditTab() {
  const { live } = useCanvas();
  const [query, setQuery] = useState<Query>({ action: '', user: undefined, page: 1 });
  const [answer, setAnswer] = useState<CanvasAuditPage | string>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    const abort = new AbortController();
    const { action, user, page } = query;
    const load = async (): Promise<void> => {
      try {
        const api = live.api({ withToken: true, signal: abort.signal });
        const filters = {
          ...(action === '' ? {} : { action }),
          ...(user === undefined ? {} : { user: user.id }),
        };
        setAnswer(await api.audit(live.canvasId, { ...filters, page, size: SIZE }));
      } catch (error) {
        if (!abort.signal.aborted) setAnswer(errorText(error));
      }
    };
    void load();
    return () => abort.abort();
  }, [live, query, turn]);
  return (
    <div className={styles.stack}>
      <div className={styles.row} style={{ alignItems: 'end' }}>
        <div className={styles.grow} style={{ marginBottom: -12 }}>
          <SelectField
            label="What"
            value={query.action}
            options={ACTIONS}
            onChange={(event) =>
              setQuery({ ...query, action: event.target.value as Query['action'], page: 1 })
            }
          />
        </div>
        <IconButton label="Look again" onClick={() => setTurn(turn + 1)}>
          <RefreshCw size={17} />
        </IconButton>
      </div>
      {query.user !== undefined && (
        <Button onClick={() => setQuery({ ...query, user: undefined, page: 1 })}>
          <X size={15} />
          Only {query.user.name}
        </Button>
      )}
      {answer === undefined && <Loading />}
      {typeof answer === 'string' && <p role="alert">{answer}</p>}
      {typeof answer === 'object' && (
        <Entries
          answer={answer}
          onUser={(user) => setQuery({ ...query, user, page: 1 })}
          onPage={(page) => setQuery({ ...query, page })}
        />
      )}
    </div>
  );
}

function Entries({
  answer: { items, page, size, total },
  onUser,
  onPage,
}: {
  readonly answer: CanvasAuditPage;
  readonly onUser: (user: { readonly id: string; readonly name: string }) => void;
  readonly onPage: (page: number) => void;
}) {
  const pages = Math.max(1, Math.ceil(total / size));
  if (items.length === 0) return <p className={styles.lead}>Nothing of that kind has happened.</p>;
  return (
    <>
      <ul className={styles.list}>
        {items.map((entry) => (
          <li key={entry.id} className={styles.card}>
            <span className={styles.cardTitle}>{auditWords(entry)}</span>
            {entry.reason && <span>“{entry.reason}”</span>}
            <span className={styles.muted}>
              <button
                type="button"
                className={styles.link}
                onClick={() => onUser({ id: entry.userId, name: entry.name })}
              >
                {entry.name}
              </button>
              {' · '}
              <TimeAgo at={Date.parse(entry.at)} />
              {` · event ${entry.seq}`}
            </span>
          </li>
        ))}
      </ul>
      <nav className={styles.row} aria-label="Pages of the audit log">
        <IconButton label="Newer" disabled={page <= 1} onClick={() => onPage(page - 1)}>
          <ChevronLeft size={18} />
        </IconButton>
        <span className={styles.muted}>{`Page ${page} of ${pages}`}</span>
        <IconButton label="Older" disabled={page >= pages} onClick={() => onPage(page + 1)}>
          <ChevronRight size={18} />
        </IconButton>
      </nav>
    </>
  );
}
