import { useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { clockTime } from '../../ui/relative-time.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import { personOf, usePeople } from '../guests/people.ts';
import { lookAt } from './look-at.ts';
import { type LoggedEvent, stepsOf, stepWords } from './moments.ts';
import styles from './versions.module.css';

const PAGE = 30;

/** Who did what, as far back as it is kept; a click shows how it looked afterwards. */
export function HistorySteps({ changes }: { readonly changes: readonly LoggedEvent[] }) {
  const board = useBoard();
  const seq = useBoardState((state) => state.moment?.seq);
  const names = usePeople((state) => state.names);
  const [most, setMost] = useState(PAGE);
  const steps = useMemo(() => stepsOf(changes), [changes]);
  const head = changes.at(-1)?.seq;
  return (
    <>
      <h3 className={styles.heading}>Changes</h3>
      <ol className={styles.list}>
        {steps.slice(0, most).map((step) => {
          const isNow = step.seq === head;
          const isShown = isNow ? seq === undefined : step.seq === seq;
          const words = stepWords(
            step,
            step.users.map((user) => personOf(user, names).name),
          );
          return (
            <li key={step.seq} className={classNames(styles.version, isShown && styles.shown)}>
              <button
                type="button"
                className={styles.look}
                aria-current={isShown || undefined}
                onClick={() => {
                  if (isNow) board.store.setState({ moment: undefined });
                  else lookAt(board, step.seq, `${clockTime(step.at, Date.now())} · change ${step.seq}`);
                }}
              >
                <span>{words}</span>
                <span className={styles.by}>
                  {isNow && 'Now · '}
                  <TimeAgo at={step.at} />
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {steps.length > most && (
        <div className={styles.moreRow}>
          <Button onClick={() => setMost(most + PAGE)}>Show older changes</Button>
        </div>
      )}
    </>
  );
}
