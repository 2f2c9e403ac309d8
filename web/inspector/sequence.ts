import type { InspectorRecord } from '../../protocol/inspector-socket.ts';

export const ACTOR_LANE = 'actor';
export const STORE_LANE = 'store';
export const SUBSCRIBERS_LANE = 'subscribers';

/** Lanes of senders, from left to right; the others follow in alphabetical order. */
const SENDERS = [
  'http',
  'realtime',
  'room',
  'yjs',
  'text',
  'canvas binary',
  'canvas json',
  'system',
  'runtime',
];

/** One arrow of the sequence diagram. */
export interface SequenceStep {
  readonly key: string;
  /** Microseconds of the server's clock since the first record. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** `answer`: dashed. `trouble`: a refusal or a failure. `life`: the actor itself. */
  readonly look: 'message' | 'answer' | 'trouble' | 'life';
  readonly record: InspectorRecord;
}

export interface Sequence {
  readonly lanes: readonly string[];
  readonly steps: readonly SequenceStep[];
}

/** That the actor failed is an arrow of its own: `crashed`. */
const TROUBLE_LESS = new Set(['ok', 'pending', 'waiting', 'unchanged', 'failed']);

/** The arrows of one record: what was asked, what went to the store, who was answered and who was told. */
function stepsOf(record: InspectorRecord, begun: number): SequenceStep[] {
  const { no, type, command, from, seq, outcome } = record;
  const asked = (record.at - begun) * 1_000;
  const step = (
    name: string,
    us: number | undefined,
    rest: Omit<SequenceStep, 'key' | 'at' | 'record'>,
  ): SequenceStep[] => (us === undefined ? [] : [{ key: `${no} ${name}`, at: asked + us, record, ...rest }]);
  if (type.startsWith('actor.')) {
    const look = type === 'actor.crashed' ? 'trouble' : 'life';
    return step('life', 0, { from: ACTOR_LANE, to: ACTOR_LANE, label: type.slice('actor.'.length), look });
  }
  if (from === STORE_LANE) {
    const label = record.events === undefined ? type : `${type} · ${eventsOf(record.events)}`;
    const look = type.endsWith('Failed') ? 'trouble' : 'answer';
    return step('told', 0, { from: STORE_LANE, to: ACTOR_LANE, label, look });
  }
  const label = command ?? type;
  const hasEvent = type === 'execute' && seq !== undefined;
  const doors = record.doors?.join(', ') ?? '';
  return [
    ...step('ask', 0, { from, to: ACTOR_LANE, label, look: 'message' }),
    ...(hasEvent
      ? step('append', record.executed_us, {
          from: ACTOR_LANE,
          to: STORE_LANE,
          label: `append #${seq}`,
          look: 'message',
        })
      : []),
    ...(hasEvent
      ? step('ack', record.committed_us, {
          from: ACTOR_LANE,
          to: from,
          label: `durable #${seq}`,
          look: 'answer',
        })
      : []),
    ...(TROUBLE_LESS.has(outcome)
      ? []
      : step('refusal', record.executed_us ?? record.taken_us ?? 0, {
          from: ACTOR_LANE,
          to: from,
          label: outcome,
          look: 'trouble',
        })),
    ...step('told', record.published_us, {
      from: ACTOR_LANE,
      to: SUBSCRIBERS_LANE,
      label: `#${seq} to ${record.readers ?? 0}${doors === '' ? '' : ` · ${doors}`}`,
      look: 'message',
    }),
  ];
}

const eventsOf = (count: number): string => (count === 1 ? '1 event' : `${count} events`);

/**
 * What goes from one lane to another, and is of one sort, goes in the order of the records. Their times do not say it where
 * many go at once: each is rounded by itself.
 */
function inTurn(steps: readonly SequenceStep[]): SequenceStep[] {
  const latest = new Map<string, number>();
  return steps.map((step) => {
    const way = `${step.from} > ${step.to} ${step.look}`;
    const at = Math.max(step.at, latest.get(way) ?? step.at);
    latest.set(way, at);
    return at === step.at ? step : { ...step, at };
  });
}

/** The latest arrows of these records, in the order in which they happened, and the lanes that they need. */
export function sequenceOf(records: readonly InspectorRecord[], limit: number): Sequence {
  const begun = records[0]?.at ?? 0;
  const steps = inTurn(records.flatMap((record) => stepsOf(record, begun)))
    .sort((a, b) => a.at - b.at)
    .slice(-limit);
  const used = new Set(steps.flatMap(({ from, to }) => [from, to]));
  const known = [...SENDERS, ACTOR_LANE, STORE_LANE, SUBSCRIBERS_LANE];
  const others = [...used].filter((lane) => !known.includes(lane)).sort();
  const always = [ACTOR_LANE, STORE_LANE, SUBSCRIBERS_LANE];
  return { lanes: [...SENDERS.filter((lane) => used.has(lane)), ...others, ...always], steps };
}
