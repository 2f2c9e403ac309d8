import { ArrowLeft, Copy, Download, Eraser, ExternalLink, Moon, Pause, Play } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { Loading, StateMessage } from '../ui/state.tsx';
import { toast } from '../ui/toast.tsx';
import styles from './actor-detail.module.css';
import { CrashTable } from './crash-table.tsx';
import { Curve } from './curve.tsx';
import { EventLog } from './event-log.tsx';
import { readableCount, readableTime } from './format.ts';
import { fetchXStateEvents } from './inspector-connection.ts';
import { clearRecords, hidePresence, togglePause, useInspector } from './inspector-state.ts';
import { KindIcon } from './kind-icon.tsx';
import { PresenceTable } from './presence-table.tsx';
import { SequenceView } from './sequence-view.tsx';
import { StateBadge } from './state-badge.tsx';
import { StateChart } from './state-chart.tsx';

/** One actor: its chart, what it does, who is there, and how it failed. */
export function ActorDetail({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const view = useInspector((state) => state.actor);
  const trouble = useInspector((state) => state.trouble);
  const actor = view?.actor;
  return (
    <div className={styles.detail}>
      <header className={styles.header}>
        <span className={styles.back}>
          <IconButton label="Back to the list" shortcut="Esc" onClick={onClose}>
            <ArrowLeft size={18} />
          </IconButton>
        </span>
        <h2 className={styles.name}>
          {actor !== undefined && <KindIcon kind={actor.kind} size={18} />}
          {actor?.kind ?? 'document'}
          <code>{id}</code>
        </h2>
        <IconButton label="Copy the id" onClick={() => void copyId(id)}>
          <Copy size={15} />
        </IconButton>
        {actor !== undefined && <DocumentLink kind={actor.kind} id={id} />}
        {actor !== undefined && <StateBadge state={actor.state} />}
        <Controls id={id} />
      </header>
      {view === undefined ? (
        trouble === undefined ? (
          <Loading />
        ) : (
          <StateMessage title="This actor cannot be watched" text={trouble}>
            <Button onClick={onClose}>Back to the list</Button>
          </StateMessage>
        )
      ) : (
        <>
          {actor === undefined && (
            <p className={styles.absent}>
              <Moon size={16} aria-hidden />
              This document is not in memory. It is shown here as soon as somebody uses it.
            </p>
          )}
          <Figures />
          <StateChart />
          <Happenings id={id} />
        </>
      )}
    </div>
  );
}

async function copyId(id: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(id);
    toast({ title: 'The id is copied', tone: 'success' });
  } catch {
    // Not allowed, or not over plain HTTP.
    toast({ title: 'Copy the id out of the address bar', tone: 'warning' });
  }
}

const PAGES: Readonly<Record<string, string>> = { annotation: 'boards', text: 'texts', canvas: 'canvases' };

/** To the page on which people work at the document. */
function DocumentLink({ kind, id }: { readonly kind: string; readonly id: string }) {
  const page = PAGES[kind];
  if (page === undefined) return null;
  return (
    <a className={styles.open} href={`/${page}/${id}`} target="_blank" rel="noopener">
      Open
      <span className="visually-hidden"> the document in a new tab</span>
      <ExternalLink size={13} aria-hidden />
    </a>
  );
}

function Controls({ id }: { readonly id: string }) {
  const isPaused = useInspector((state) => state.paused !== undefined);
  const download = async (): Promise<void> => {
    try {
      const address = URL.createObjectURL(await fetchXStateEvents(id));
      const link = document.createElement('a');
      link.href = address;
      link.download = `actor-${id}.json`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      toast({ title: 'There is nothing to export', detail, tone: 'warning' });
    }
  };
  return (
    <span className={styles.controls}>
      <IconButton
        label={isPaused ? 'Go on' : 'Pause'}
        shortcut="P"
        aria-pressed={isPaused}
        onClick={togglePause}
      >
        {isPaused ? <Play size={17} /> : <Pause size={17} />}
      </IconButton>
      <IconButton label="Clear the events" shortcut="C" onClick={clearRecords}>
        <Eraser size={17} />
      </IconButton>
      <Button onClick={() => void download()} title="XState inspection events, for Stately's tools">
        <Download size={16} aria-hidden />
        Export for Stately
      </Button>
    </span>
  );
}

function Figures() {
  const view = useInspector((state) => state.actor);
  const curve = useInspector((state) => state.curve);
  const actor = view?.actor;
  if (view === undefined) return null;
  const figures: readonly (readonly [string, string, string])[] =
    actor === undefined
      ? []
      : [
          ['seq', String(actor.seq), 'The last event that was applied'],
          ['durable', String(actor.committed), 'The last event that is in the log'],
          ['snapshot', String(actor.snapshot_seq), 'The newest snapshot in the store'],
          ['mailbox', String(actor.mailbox), 'Messages that wait while it loads or leaves'],
          ['pending', String(actor.pending), 'Events and answers that wait for the store'],
          ['asks', String(actor.asks), 'Requests without an answer yet'],
          ['sockets', String(actor.subscribers), 'Subscribers, through whatever door'],
          ['crashes', String(actor.crashes), 'Lately'],
          ['last used', readableTime(Date.parse(actor.last_used)).slice(0, 8), 'By a request or a socket'],
        ];
  return (
    <div className={styles.figures}>
      <dl className={styles.numbers}>
        {figures.map(([name, value, title]) => (
          <div key={name} title={title}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Curve values={curve} total={view.messages} />
    </div>
  );
}

const TABS = ['Events', 'Sequence', 'Presence', 'Crashes'] as const;

function Happenings({ id }: { readonly id: string }) {
  const visitors = useInspector((state) => state.actor?.actor?.visitors ?? NOBODY);
  const total = useInspector((state) => state.actor?.actor?.subscribers ?? 0);
  const crashes = useInspector((state) => state.crashes);
  const counts: Readonly<Record<(typeof TABS)[number], number>> = {
    Events: 0,
    Sequence: 0,
    Presence: total,
    Crashes: crashes.filter((crash) => crash.id === id).length,
  };
  const [tab, setTab] = useState<string>('Events');
  return (
    <Tabs.Root className={styles.tabs} value={tab} onValueChange={setTab}>
      <Tabs.List className={styles.tabList} aria-label="What is shown of this actor">
        {TABS.map((name) => (
          <Tabs.Trigger key={name} value={name} className={styles.tab}>
            {name}
            {counts[name] > 0 && <span className={styles.count}>{readableCount(counts[name])}</span>}
          </Tabs.Trigger>
        ))}
        <Missing />
      </Tabs.List>
      {(tab === 'Events' || tab === 'Sequence') && <PresenceFilter />}
      <Tabs.Content value="Events">
        <EventLog />
      </Tabs.Content>
      <Tabs.Content value="Sequence">
        <SequenceView />
      </Tabs.Content>
      <Tabs.Content value="Presence">
        <PresenceTable visitors={visitors} total={total} />
      </Tabs.Content>
      <Tabs.Content value="Crashes">
        <CrashTable id={id} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

const NOBODY = [] as const;

function PresenceFilter() {
  const hidesPresence = useInspector((state) => state.hidesPresence);
  return (
    <label className={styles.filter}>
      <input
        type="checkbox"
        checked={hidesPresence}
        onChange={(event) => hidePresence(event.target.checked)}
      />
      Without presence
    </label>
  );
}

/** What the server counted instead of telling it. */
function Missing() {
  const skipped = useInspector((state) => state.skipped);
  const dropped = useInspector((state) => state.dropped);
  const fresh = useInspector((state) =>
    state.paused === undefined ? 0 : (state.records.at(-1)?.no ?? 0) - (state.paused.at(-1)?.no ?? 0),
  );
  return (
    <span className={styles.missing}>
      {fresh > 0 && <b>{readableCount(fresh)} new while paused</b>}
      {skipped > 0 && (
        <span title="The actor was too busy to record each message; these were only counted">
          {readableCount(skipped)} counted only
        </span>
      )}
      {dropped > 0 && (
        <span title="This page was too slow to take them">{readableCount(dropped)} not told</span>
      )}
    </span>
  );
}
