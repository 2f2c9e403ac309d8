import { LogOut, ShieldCheck } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { errorText } from '../../app/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import { attempt } from '../live/live-canvas.ts';
import styles from '../panel.module.css';
import { AuditTab } from './audit-tab.tsx';
import { LocksTab } from './locks-tab.tsx';
import { RewindTab } from './rewind-tab.tsx';
import { RulesTab } from './rules-tab.tsx';

const TABS = [
  { name: 'locks', label: 'Locks', Content: LocksTab },
  { name: 'rewind', label: 'Rewind', Content: RewindTab },
  { name: 'audit', label: 'Audit', Content: AuditTab },
  { name: 'rules', label: 'Rules', Content: RulesTab },
] as const;

/** What moderators may, and the way to become one. */
export function ModerationPanel() {
  const { live } = useCanvas();
  const isModerator = useCanvasState(({ session }) => session?.role === 'moderator');
  const rewindTo = useCanvasState((state) => state.rewindTo);
  const [tab, setTab] = useState('locks');
  useEffect(() => {
    if (rewindTo !== undefined) setTab('rewind');
  }, [rewindTo]);
  const panel = useRef<HTMLDivElement>(null);
  const was = useRef(isModerator);
  useEffect(() => {
    if (was.current === isModerator) return;
    was.current = isModerator;
    // The button that was pressed is gone.
    panel.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"], input')?.focus();
  }, [isModerator]);
  if (!isModerator) {
    return (
      <div ref={panel}>
        <KeyForm />
      </div>
    );
  }
  const stop = async (): Promise<void> => {
    if (await attempt('You are still a moderator', () => live.session.stopModerating())) await live.rejoin();
  };
  return (
    <div ref={panel}>
      <Tabs.Root value={tab} onValueChange={setTab}>
        <Tabs.List className={styles.tabs} aria-label="Moderation">
          {TABS.map(({ name, label }) => (
            <Tabs.Trigger key={name} value={name} className={styles.tab}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {TABS.map(({ name, Content }) => (
          <Tabs.Content key={name} value={name} tabIndex={-1}>
            <Content />
          </Tabs.Content>
        ))}
      </Tabs.Root>
      <div className={styles.divider} style={{ margin: '20px 0 10px' }} />
      <Button variant="ghost" onClick={() => void stop()}>
        <LogOut size={16} />
        Stop moderating
      </Button>
    </div>
  );
}

function KeyForm() {
  const { live } = useCanvas();
  const [key, setKey] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const become = async (): Promise<void> => {
    setBusy(true);
    try {
      await live.session.becomeModerator(key);
      await live.rejoin();
    } catch (reason) {
      setError(errorText(reason));
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (key !== '') void become();
      }}
    >
      <p className={styles.lead}>
        Moderators lock regions, put back what was painted, and change palette and limits. The key is known to
        whoever runs this server.
      </p>
      <TextField
        label="Moderator key"
        type="password"
        autoComplete="off"
        value={key}
        error={error}
        onChange={(event) => {
          setKey(event.target.value);
          setError(undefined);
        }}
      />
      <Button type="submit" variant="primary" disabled={isBusy || key === ''}>
        <ShieldCheck size={16} />
        Become a moderator
      </Button>
    </form>
  );
}
