import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { type ChartArrow, layoutChart, STATE_HEIGHT, STATE_WIDTH, type StateBox } from './chart-layout.ts';
import { useInspector } from './inspector-state.ts';
import styles from './state-chart.module.css';

/** Below it the chart stands upright. */
const NARROW_PX = 640;

/** The lifecycle of the watched actor, with the state lit in which it is, and the way that it went last. */
export function StateChart() {
  const chart = useInspector((state) => state.chart);
  const state = useInspector(({ actor, records }) => actor?.actor?.state ?? lastState(records));
  const [isNarrow, setIsNarrow] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const head = useId();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) =>
      setIsNarrow((entry?.contentRect.width ?? NARROW_PX) < NARROW_PX),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const layout = useMemo(
    () => (chart === undefined ? undefined : layoutChart(chart, isNarrow ? 'down' : 'across')),
    [chart, isNarrow],
  );
  return (
    <div ref={frame} className={styles.frame}>
      {layout !== undefined && (
        <svg
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          style={{ maxWidth: layout.width }}
          className={styles.chart}
          role="img"
          aria-label={`State chart of the actor: ${layout.states.map(({ name }) => name).join(', ')}. It is ${state ?? 'not in memory'}.`}
        >
          <defs>
            <marker
              id={head}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto-start-reverse"
            >
              <path d="M 0 0.5 L 8 4 L 0 7.5 z" className={styles.head} />
            </marker>
          </defs>
          {layout.arrows.map((arrow) => (
            <Arrow key={arrow.key} arrow={arrow} marker={`url(#${head})`} isNarrow={isNarrow} />
          ))}
          {layout.states.map((box) => (
            <State key={box.name} box={box} isLit={box.name === state} />
          ))}
        </svg>
      )}
    </div>
  );
}

const lastState = (records: readonly { readonly state: string }[]): string | undefined =>
  records.at(-1)?.state;

function Arrow({
  arrow,
  marker,
  isNarrow,
}: {
  readonly arrow: ChartArrow;
  readonly marker: string;
  readonly isNarrow: boolean;
}) {
  const { from, to, labels, path, labelX, labelY } = arrow;
  // The number of the record that went this way last: the animation begins anew with each.
  const went = useInspector(
    ({ records }) =>
      records.findLast((record) => record.state_before === from && record.state === to)?.no ?? 0,
  );
  const isForward = !path.includes('C');
  return (
    <g>
      <path d={path} className={styles.arrow} markerEnd={marker} />
      {went > 0 && <path key={went} d={path} pathLength={1} className={styles.went} />}
      <text
        x={labelX}
        y={labelY - (isNarrow ? ((labels.length - 1) * 13) / 2 : (labels.length - 1) * 13)}
        textAnchor={isNarrow ? 'start' : 'middle'}
        className={classNames(styles.label, isForward && styles.forward)}
      >
        {labels.map((label, index) => (
          <tspan key={label} x={labelX} dy={index === 0 ? 0 : 13}>
            {label}
          </tspan>
        ))}
      </text>
    </g>
  );
}

function State({ box, isLit }: { readonly box: StateBox; readonly isLit: boolean }) {
  const { name, x, y, isFinal, isInitial, tags, inside, handles } = box;
  const notes = [...(handles.length === 0 ? [] : [`takes ${handles.length} kinds of messages`]), ...inside];
  const title = [
    name,
    ...tags.map((tag) => `tag ${tag}`),
    ...inside,
    ...(handles.length === 0 ? [] : [`beside the chart: ${handles.join(', ')}`]),
  ].join('\n');
  return (
    <g className={classNames(styles.state, isLit && styles.lit)}>
      <title>{title}</title>
      <rect x={x} y={y} width={STATE_WIDTH} height={STATE_HEIGHT} rx={12} className={styles.box} />
      {isFinal && (
        <rect
          x={x + 4}
          y={y + 4}
          width={STATE_WIDTH - 8}
          height={STATE_HEIGHT - 8}
          rx={9}
          className={styles.inner}
        />
      )}
      {isInitial && <circle cx={x + 15} cy={y + 22} r={4} className={styles.dot} />}
      <text x={x + (isInitial ? 26 : 15)} y={y + 27} className={styles.name}>
        {name}
      </text>
      {tags.length > 0 && (
        <text x={x + STATE_WIDTH - 14} y={y + 26} textAnchor="end" className={styles.tag}>
          {tags.join(' ')}
        </text>
      )}
      {notes.slice(0, 2).map((note, index) => (
        <text key={note} x={x + 15} y={y + 47 + index * 15} className={styles.note}>
          {note}
        </text>
      ))}
    </g>
  );
}
