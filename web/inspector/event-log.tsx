import { memo, useState } from 'react';
import type { InspectorRecord } from '../../protocol/inspector-socket.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { StateMessage } from '../ui/state.tsx';
import styles from './event-log.module.css';
import { readableDuration, readableSize, readableTime } from './format.ts';
import { describeLatency, LATENCY_PARTS, PART_LABELS, scaleOf, segmentsOf, totalOf } from './latency.ts';
import { ScrollRegion } from './scroll-region.tsx';
import { useShownRecords } from './use-shown-records.ts';

/** Rows that are shown at first: more take longer to draw than to read while they run by. */
const FIRST_ROWS = 60;

/** The latest messages of the watched actor, the newest first, with what they spent their time with. */
export function EventLog() {
  const shown = useShownRecords();
  const [isWhole, setIsWhole] = useState(false);
  const records = shown.slice(isWhole ? 0 : -FIRST_ROWS).reverse();
  const scale = scaleOf(records);
  if (records.length === 0) {
    return (
      <StateMessage
        title="Nothing has happened yet"
        text="Messages appear here from the moment on at which the actor is watched. Change the document, or join it."
      />
    );
  }
  return (
    <>
      <div className={styles.legend}>
        {LATENCY_PARTS.map((part) => (
          <span key={part} className={styles.key}>
            <i className={styles[part]} />
            {PART_LABELS[part]}
          </span>
        ))}
        <span className={styles.scale}>a whole bar is {readableDuration(scale)}</span>
      </div>
      <ScrollRegion label="Events">
        <table className={styles.table}>
          <thead>
            <tr>
              <th className={classNames(styles.timeColumn, styles.wide)}>Time</th>
              <th className={styles.fromColumn}>From</th>
              <th>Message</th>
              <th className={classNames(styles.number, styles.seqColumn)}>Seq</th>
              <th className={classNames(styles.number, styles.sizeColumn, styles.wide)}>Size</th>
              <th className={styles.barColumn}>From the ask on</th>
              <th className={styles.outcomeColumn}>Outcome</th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <Row key={record.no} record={record} scale={scale} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {!isWhole && shown.length > FIRST_ROWS && (
        <div className={styles.more}>
          <Button onClick={() => setIsWhole(true)}>Show all {shown.length} that are kept</Button>
        </div>
      )}
    </>
  );
}

const TROUBLE_LESS = new Set(['ok', 'unchanged']);
const WAITS = new Set(['waiting', 'pending']);

const Row = memo(function Row({
  record,
  scale,
}: {
  readonly record: InspectorRecord;
  readonly scale: number;
}) {
  const { type, command, from, by, at, seq, size, outcome, state, state_before, reason, events } = record;
  const total = totalOf(record);
  const isLife = type.startsWith('actor.');
  const isTrouble = type === 'actor.crashed' || !(TROUBLE_LESS.has(outcome) || WAITS.has(outcome));
  return (
    <tr className={classNames(isLife && styles.life, isTrouble && styles.trouble)}>
      <td className={classNames(styles.time, styles.wide)}>{readableTime(at)}</td>
      <td className={styles.from} title={by === undefined ? undefined : `by ${by}`}>
        {from}
      </td>
      <td className={styles.message} title={command ?? type}>
        {command ?? type}
        {command !== undefined && type !== 'execute' && <small> {type}</small>}
        {events !== undefined && <small> {events === 1 ? '1 event' : `${events} events`}</small>}
        {state_before !== undefined && (
          <small>
            {' '}
            {state_before} → {state}
          </small>
        )}
        {reason !== undefined && <small className={styles.reason}> {reason}</small>}
      </td>
      <td className={styles.number}>{seq}</td>
      <td className={classNames(styles.number, styles.wide)}>{size !== undefined && readableSize(size)}</td>
      <td className={styles.latency}>
        {!isLife && (
          <span className={styles.withBar} title={describeLatency(record, readableDuration)}>
            <Bar record={record} scale={scale} />
            <span className={styles.total}>{total === 0 ? '' : readableDuration(total)}</span>
          </span>
        )}
      </td>
      <td>
        {!isLife && (
          <span className={classNames(styles.outcome, WAITS.has(outcome) && styles.waits)}>{outcome}</span>
        )}
      </td>
    </tr>
  );
});

function Bar({ record, scale }: { readonly record: InspectorRecord; readonly scale: number }) {
  let room = 100;
  return (
    <span className={styles.bar} aria-hidden>
      {segmentsOf(record).map(({ part, us }) => {
        const width = Math.min(room, (us / scale) * 100);
        room -= width;
        return <i key={part} className={styles[part]} style={{ width: `${width}%` }} />;
      })}
    </span>
  );
}
