import { ChevronsLeft, Pause, Play, RotateCcw, StepBack, StepForward } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../ui/button.tsx';
import { useHotkeys } from '../../ui/hotkeys.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Loading } from '../../ui/state.tsx';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import styles from '../panel.module.css';
import { Slider } from '../slider.tsx';
import { SPEEDS, TimeLapse } from './time-lapse.ts';

/** With seconds: much happens in a minute. */
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Plays how the canvas came to be. */
export function LapsePanel() {
  const { live } = useCanvas();
  const [lapse, setLapse] = useState<TimeLapse>();
  const [attempts, setAttempts] = useState(0);
  const isLoaded = useCanvasState((state) => state.isLoaded);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another time-lapse
  useEffect(() => {
    if (!isLoaded) return undefined;
    const next = new TimeLapse(live);
    void next.open();
    setLapse(next);
    return () => next.close();
  }, [live, isLoaded, attempts]);
  if (lapse === undefined) return <Loading label="The history is loading" />;
  return <Player lapse={lapse} onRetry={() => setAttempts(attempts + 1)} />;
}

function Player({ lapse, onRetry }: { readonly lapse: TimeLapse; readonly onRetry: () => void }) {
  const { store } = useCanvas();
  const state = useStore(lapse.store);
  const { phase, loaded, position, length, isPlaying, speed, moment } = state;
  const isModerator = useCanvasState(({ session }) => session?.role === 'moderator');
  useHotkeys('Time-lapse', [{ keys: 'p', label: 'Play or pause', run: () => lapse.toggle() }]);
  if (phase === 'failed') {
    return (
      <div className={styles.stack}>
        <p className={styles.lead}>The history could not be loaded. {state.error}</p>
        <Button onClick={onRetry}>
          <RotateCcw size={16} />
          Try again
        </Button>
      </div>
    );
  }
  if (phase === 'empty') return <p className={styles.lead}>Nothing has been painted here yet.</p>;
  const where =
    moment === undefined ? (position === 0 ? 'The beginning' : 'Now') : moments.format(Date.parse(moment.at));
  return (
    <div className={styles.stack}>
      <p className={styles.lead}>How this canvas came to be. Everybody else goes on painting meanwhile.</p>
      <div className={styles.card}>
        <span className={styles.cardTitle} data-part="moment">
          {where}
        </span>
        <span className={styles.muted}>
          {`Step ${position.toLocaleString('en')} of ${length.toLocaleString('en')}`}
          {moment?.kind === 'rewound' && ' · a rewind'}
        </span>
        <Slider
          label="Place in the history"
          valueText={`${where}, step ${position} of ${length}`}
          value={position}
          min={0}
          max={Math.max(1, length)}
          step={1}
          onChange={(next) => lapse.seek(next)}
        />
        <div className={styles.row}>
          <Button variant="primary" className={styles.grow} onClick={() => lapse.toggle()}>
            {isPlaying ? <Pause size={16} /> : <Play size={16} />}
            {isPlaying ? 'Pause' : 'Play'}
          </Button>
          <IconButton label="To the beginning" onClick={() => lapse.seek(0)}>
            <ChevronsLeft size={18} />
          </IconButton>
          <IconButton label="One step back" onClick={() => lapse.seek(position - 1)}>
            <StepBack size={18} />
          </IconButton>
          <IconButton label="One step on" onClick={() => lapse.seek(position + 1)}>
            <StepForward size={18} />
          </IconButton>
        </div>
      </div>
      <Segmented
        label="Speed"
        options={SPEEDS.map((each) => ({ value: String(each), label: `${each}×` }))}
        value={String(speed)}
        onChange={(value) => lapse.setSpeed(Number(value))}
      />
      {phase === 'loading' && (
        <div role="status" className={styles.muted}>
          Loading the history: {Math.round(loaded * 100)} %
        </div>
      )}
      {isModerator && moment !== undefined && (
        <Button onClick={() => store.setState({ panel: 'moderate', rewindTo: moment.seq })}>
          Rewind the canvas to here…
        </Button>
      )}
    </div>
  );
}
