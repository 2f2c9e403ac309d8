import { Activity, ShieldAlert } from 'lucide-react';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'wouter';
import { TopBar } from '../app/top-bar.tsx';
import { useTitle } from '../app/use-title.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { ConnectionBadge } from '../ui/connection-badge.tsx';
import { useHotkeys } from '../ui/hotkeys.tsx';
import { Loading, StateMessage } from '../ui/state.tsx';
import { ActorDetail } from './actor-detail.tsx';
import { ActorList } from './actor-list.tsx';
import { CrashTable } from './crash-table.tsx';
import { shortId } from './format.ts';
import { connect, retryNow, watchActor } from './inspector-connection.ts';
import styles from './inspector-page.module.css';
import { clearRecords, togglePause, useInspector } from './inspector-state.ts';
import { TokenForm } from './token-form.tsx';

/** What the document actors of the server do, live: `/debug/actors?actor=<id>`. */
export default function InspectorPage() {
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('actor')?.toLowerCase() ?? undefined;
  const access = useInspector((state) => state.access);
  const status = useInspector((state) => state.status);
  useTitle(chosen === undefined ? 'Actors' : `Actor ${shortId(chosen)}`);
  // First the line, then what is wanted of it.
  useEffect(connect, []);
  useEffect(() => watchActor(chosen), [chosen]);
  useEffect(() => () => watchActor(undefined), []);

  const choose = (id: string | undefined): void =>
    setSearch(id === undefined ? {} : { actor: id }, { replace: chosen !== undefined && id !== undefined });
  const step = (by: number): void => {
    const rows = useInspector.getState().list?.rows ?? [];
    const at = rows.findIndex(({ id }) => id === chosen);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined) choose(next.id);
  };
  useHotkeys('Inspector', [
    { keys: 'j', label: 'Next actor', run: () => step(1), repeats: true },
    { keys: 'k', label: 'Previous actor', run: () => step(-1), repeats: true },
    { keys: 'p', label: 'Pause, or go on', run: togglePause },
    { keys: 'c', label: 'Clear the events', run: clearRecords },
    { keys: 'Escape', label: 'Back to the list', run: () => choose(undefined) },
  ]);

  return (
    <div className={styles.page}>
      <TopBar end={access === 'open' && <ConnectionBadge status={status} />}>
        <h1 className={styles.title}>
          <Activity size={18} aria-hidden />
          Actors
        </h1>
      </TopBar>
      {access === 'token needed' || access === 'token wrong' ? (
        <TokenForm isWrong={access === 'token wrong'} />
      ) : access === 'forbidden' ? (
        <StateMessage
          fill
          icon={<ShieldAlert />}
          title="Only from the machine itself"
          text="The inspector is open to the machine that the server runs on. To look from elsewhere, set DEBUG_TOKEN for the server."
        >
          <Link className={buttonClass('primary')} href="/">
            All documents
          </Link>
        </StateMessage>
      ) : access === 'unknown' && status.name !== 'waiting' ? (
        <Loading fill />
      ) : (
        <>
          {status.name === 'waiting' && (
            <div className={styles.offline} role="status">
              The server does not answer. What you see is from before.
              <Button onClick={retryNow}>Try again</Button>
            </div>
          )}
          <main className={classNames(styles.panes, chosen !== undefined && styles.chosen)}>
            <section className={styles.list} aria-label="Actors in memory">
              <ActorList chosen={chosen} onChoose={choose} />
            </section>
            <section className={styles.detail} aria-label="The chosen actor">
              {chosen === undefined ? (
                <div className={styles.nobody}>
                  <StateMessage
                    icon={<Activity />}
                    title="Choose an actor"
                    text="Each document is one actor. Its state chart, messages, people and crashes are shown here while they happen."
                  />
                  <CrashTable />
                </div>
              ) : (
                <ActorDetail key={chosen} id={chosen} onClose={() => choose(undefined)} />
              )}
            </section>
          </main>
        </>
      )}
    </div>
  );
}
