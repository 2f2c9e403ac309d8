import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { RoomVersion } from '../../../client/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { rangeClass } from '../../ui/field.tsx';
import { clockTime, fullTime } from '../../ui/relative-time.ts';
import { useBoard, useBoardState } from '../board-context.ts';
import { personOf, usePeople } from '../guests/people.ts';
import { lookAt, momentTitle } from './look-at.ts';
import { indexAt, type LoggedEvent } from './moments.ts';
import styles from './versions.module.css';

/** Every change of the board, one beside the other; at the right end is now. */
export function MomentSlider({
  changes,
  versions,
}: {
  readonly changes: readonly LoggedEvent[];
  readonly versions: readonly RoomVersion[];
}) {
  const board = useBoard();
  const id = useId();
  const seq = useBoardState((state) => state.moment?.seq);
  const names = usePeople((state) => state.names);
  const last = changes.length - 1;
  const at = seq === undefined ? last : Math.max(0, indexAt(changes, seq));
  const change = changes[at];
  const go = (to: number): void => {
    const next = changes[to];
    if (next === undefined) return;
    if (to === last) board.store.setState({ moment: undefined });
    else lookAt(board, next.seq, versions.find((each) => each.seq === next.seq)?.tag ?? momentTitle(next));
  };
  if (change === undefined) {
    return (
      <p className={styles.kept}>
        Of what was before, only named versions are kept. What happens from now on can be looked at here.
      </p>
    );
  }
  const time = Date.parse(change.ts);
  const who = personOf(change.user, names).name;
  const isNow = at === last;
  const words = isNow ? 'Now' : `${clockTime(time, Date.now())} · ${who}`;
  return (
    <div className={styles.slider}>
      <div className={styles.sliderHead}>
        <label htmlFor={id} className={styles.label}>
          Look back
        </label>
        <output htmlFor={id} className={styles.moment} title={fullTime(time)}>
          {words}
        </output>
      </div>
      <div className={styles.track}>
        <IconButton label="Change before" disabled={at <= 0} onClick={() => go(at - 1)}>
          <ChevronLeft size={18} />
        </IconButton>
        <input
          id={id}
          type="range"
          className={rangeClass}
          min={0}
          max={Math.max(0, last)}
          value={at}
          disabled={last < 1}
          aria-valuetext={words}
          onChange={(event) => go(event.target.valueAsNumber)}
        />
        <IconButton label="Next change" disabled={isNow} onClick={() => go(at + 1)}>
          <ChevronRight size={18} />
        </IconButton>
      </div>
    </div>
  );
}
