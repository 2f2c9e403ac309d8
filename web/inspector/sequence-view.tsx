import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { InspectorRecord } from '../../protocol/inspector-socket.ts';
import { classNames } from '../ui/class-names.ts';
import { StateMessage } from '../ui/state.tsx';
import { readableDuration, readableTime } from './format.ts';
import { describeLatency } from './latency.ts';
import { ACTOR_LANE, type SequenceStep, sequenceOf } from './sequence.ts';
import styles from './sequence-view.module.css';
import { useShownRecords } from './use-shown-records.ts';

/** Arrows that are shown. */
const MOST_STEPS = 80;
/** Of a lane, as there is room: narrower the words do not fit, wider the eye gets lost. */
const LANE_WIDTHS = { least: 92, most: 180 };
const STEP_HEIGHT = 30;
/** How far an arrow to the actor itself swings out. */
const LOOP_WIDTH = 34;

/** Who sent what to whom, downwards in the order in which it happened; not to scale. */
export function SequenceView() {
  const records = useShownRecords();
  const { lanes, steps } = useMemo(() => sequenceOf(records, MOST_STEPS), [records]);
  const [shown, setShown] = useState<InspectorRecord>();
  const [room, setRoom] = useState(0);
  const scroll = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  const last = steps.at(-1)?.key;
  const isEmpty = steps.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: there is nothing to measure as long as it is empty
  useEffect(() => {
    const element = scroll.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, [isEmpty]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new arrow is what moves it
  useEffect(() => {
    const element = scroll.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [last]);
  if (isEmpty) {
    return (
      <StateMessage
        title="No messages yet"
        text="Arrows appear here when the actor gets messages. Change the document, or join it."
      />
    );
  }
  const laneWidth = Math.min(LANE_WIDTHS.most, Math.max(LANE_WIDTHS.least, Math.floor(room / lanes.length)));
  const height = steps.length * STEP_HEIGHT + 14;
  return (
    <>
      <section
        ref={scroll}
        className={styles.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Sequence of messages"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < STEP_HEIGHT;
        }}
      >
        <div className={styles.lanes} style={{ width: lanes.length * laneWidth }} aria-hidden>
          {lanes.map((lane) => (
            <span
              key={lane}
              style={{ width: laneWidth }}
              className={classNames(styles.lane, lane === ACTOR_LANE && styles.actor)}
            >
              {lane}
            </span>
          ))}
        </div>
        <Steps
          lanes={lanes}
          laneWidth={laneWidth}
          steps={steps}
          height={height}
          shown={shown}
          onShow={setShown}
        />
      </section>
      <p className={styles.about}>
        {shown === undefined
          ? 'Point at an arrow, or choose it, to see what is known of its message.'
          : aboutOf(shown)}
      </p>
    </>
  );
}

function Steps({
  lanes,
  laneWidth,
  steps,
  height,
  shown,
  onShow,
}: {
  readonly lanes: readonly string[];
  readonly laneWidth: number;
  readonly steps: readonly SequenceStep[];
  readonly height: number;
  readonly shown: InspectorRecord | undefined;
  readonly onShow: (record: InspectorRecord) => void;
}) {
  const head = useId();
  const width = lanes.length * laneWidth;
  const xOf = (lane: string): number => (Math.max(0, lanes.indexOf(lane)) + 0.5) * laneWidth;
  return (
    <svg width={width} height={height} className={styles.steps} role="img" aria-label={summaryOf(steps)}>
      <defs>
        <marker id={head} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M 0 0.5 L 8 4 L 0 7.5 z" className={styles.head} />
        </marker>
      </defs>
      {lanes.map((lane) => (
        <line
          key={lane}
          x1={xOf(lane)}
          x2={xOf(lane)}
          y1={0}
          y2={height}
          className={classNames(styles.lifeline, lane === ACTOR_LANE && styles.actorLife)}
        />
      ))}
      {steps.map((step, index) => {
        const { key, from, to, label, look, record } = step;
        const [x1, x2] = [xOf(from), xOf(to)];
        const y = index * STEP_HEIGHT + 22;
        const isLoop = from === to;
        const path = isLoop
          ? `M ${x1 + 5} ${y - 9} h ${LOOP_WIDTH} v 12 h ${-LOOP_WIDTH}`
          : `M ${x1 + Math.sign(x2 - x1) * 5} ${y} H ${x2 - Math.sign(x2 - x1) * 6}`;
        return (
          <g
            key={key}
            className={classNames(styles.step, styles[look], shown?.no === record.no && styles.chosen)}
            onPointerEnter={() => onShow(record)}
            onPointerDown={() => onShow(record)}
          >
            <rect x={0} y={y - 20} width={width} height={STEP_HEIGHT} className={styles.hit} />
            <path d={path} markerEnd={`url(#${head})`} className={styles.arrow} />
            <text
              x={isLoop ? x1 + LOOP_WIDTH + 12 : (x1 + x2) / 2}
              y={isLoop ? y + 1 : y - 5}
              textAnchor={isLoop ? 'start' : 'middle'}
              className={styles.label}
            >
              {label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** In words: the latest few; all of them are in the table of events. */
const summaryOf = (steps: readonly SequenceStep[]): string =>
  `The latest ${steps.length} messages. Last: ${steps
    .slice(-3)
    .map(({ from, to, label }) => `${from} to ${to}, ${label}`)
    .join('; ')}`;

function aboutOf(record: InspectorRecord): string {
  const { no, type, command, from, by, connection_id, at, seq, outcome, state } = record;
  return [
    `#${no} ${readableTime(at)}`,
    `${type}${command === undefined ? '' : ` ${command}`} from ${from}${by === undefined ? '' : ` by ${by}`}`,
    ...(connection_id === undefined ? [] : [`connection ${connection_id.slice(0, 8)}`]),
    ...(seq === undefined ? [] : [`seq ${seq}`]),
    `${outcome}, ${state}`,
    describeLatency(record, readableDuration),
  ].join('  ·  ');
}
