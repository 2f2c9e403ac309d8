import { Archive, CloudOff, Crosshair, History, PlugZap, ShieldAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import styles from './canvas-banner.module.css';
import { useCanvas, useCanvasState } from './live/canvas-context.ts';

const AWAY_AFTER_MS = 3_000;
const OFFLINE = 'Offline. What you paint is kept.';
/** A browser does not tell why a socket was refused. */
const UNREACHED = 'No connection to this canvas yet. It may be full.';

/** What is other than usual on this canvas, with a way on; nothing where all is as usual. */
export function CanvasBanner() {
  const { live, store } = useCanvas();
  const aim = useCanvasState((state) => state.aim);
  const ended = useCanvasState((state) => state.ended);
  const showsPast = useCanvasState((state) => state.showsPast);
  const isArchived = useCanvasState(({ facts }) => facts?.canvas.status === 'archived');
  const isSpectator = useCanvasState(({ facts }) => facts !== undefined && facts.you === null);
  const isLoaded = useCanvasState((state) => state.isLoaded);
  const isAway = useIsAway();
  if (ended !== undefined && ended.code !== 'left') {
    const text =
      ended.code === 'unauthorized'
        ? 'Your session is no longer taken.'
        : `The server ended the connection: ${ended.message}`;
    return (
      <Banner icon={<PlugZap size={18} />} text={text} tone="danger">
        <Button onClick={() => void live.rejoin()}>Join again</Button>
      </Banner>
    );
  }
  if (aim !== undefined) {
    return (
      <Banner icon={<Crosshair size={18} />} text={aim.hint} tone="accent">
        <Button onClick={() => store.setState({ aim: undefined })}>Cancel</Button>
      </Banner>
    );
  }
  if (isAway) {
    return (
      <Banner icon={<CloudOff size={18} />} text={isLoaded ? OFFLINE : UNREACHED} tone="warning">
        <Button onClick={() => live.connection.retryNow()}>Try now</Button>
      </Banner>
    );
  }
  if (showsPast) {
    return (
      <Banner icon={<History size={18} />} text="You look at the past." tone="accent">
        <Button onClick={() => store.setState({ panel: undefined })}>Back to now</Button>
      </Banner>
    );
  }
  if (isArchived) {
    return (
      <Banner
        icon={<Archive size={18} />}
        text="This canvas is archived: you can look, but not paint."
        tone="warning"
      />
    );
  }
  if (isSpectator) {
    return (
      <Banner icon={<ShieldAlert size={18} />} text="You are watching without a session." tone="warning">
        <Button onClick={() => void live.rejoin()}>Join to paint</Button>
      </Banner>
    );
  }
  return null;
}

/** Whether there has been no connection for a while: a short break is not worth a word. */
function useIsAway(): boolean {
  const isBroken = useCanvasState(({ status }) => status.name !== 'live' && status.name !== 'catching-up');
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    if (!isBroken) {
      setAway(false);
      return undefined;
    }
    const timer = setTimeout(() => setAway(true), AWAY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isBroken]);
  return isAway;
}

function Banner({
  icon,
  text,
  tone,
  children,
}: {
  readonly icon: ReactNode;
  readonly text: string;
  readonly tone: 'accent' | 'warning' | 'danger';
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.banner} data-tone={tone} role="status">
      <span className={styles.icon}>{icon}</span>
      <span className={styles.text}>{text}</span>
      {children}
    </div>
  );
}
