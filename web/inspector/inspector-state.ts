import { create } from 'zustand';
import type { ConnectionStatus } from '../../client/connection-status.ts';
import type {
  InspectorActor,
  InspectorChart,
  InspectorCrash,
  InspectorRecord,
  InspectorRow,
  InspectorServerMessage,
  InspectorSort,
} from '../../protocol/inspector-socket.ts';
import { mergeRecords } from './record-list.ts';

/** Moments of the curve of messages a second. */
const CURVE_LENGTH = 60;

/** Whether the server lets us look. */
export type Access = 'unknown' | 'open' | 'token needed' | 'token wrong' | 'forbidden';

export interface ListQuery {
  readonly text: string;
  readonly kind: string | undefined;
  readonly sort: InspectorSort;
  readonly descending: boolean;
  readonly limit: number;
}

export interface ListState {
  readonly rows: readonly InspectorRow[];
  readonly total: number;
  readonly matching: number;
  readonly rate: number;
  readonly kinds: Readonly<Record<string, number>>;
}

interface InspectorState {
  readonly access: Access;
  readonly status: ConnectionStatus;
  readonly chart: InspectorChart | undefined;
  readonly query: ListQuery;
  /** `undefined`: not told yet. */
  readonly list: ListState | undefined;
  readonly watched: string | undefined;
  /** `undefined`: not told yet. */
  readonly actor: InspectorActor | undefined;
  readonly records: readonly InspectorRecord[];
  readonly skipped: number;
  readonly dropped: number;
  /** What is shown while it stands still; `undefined`: live. */
  readonly paused: readonly InspectorRecord[] | undefined;
  /** Cursors that move are most of the messages, and seldom what one looks for. */
  readonly hidesPresence: boolean;
  /** Messages a second, the latest last. */
  readonly curve: readonly number[];
  readonly crashes: readonly InspectorCrash[];
  readonly crashCount: number;
  /** What the server would not do. */
  readonly trouble: string | undefined;
}

const NOTHING_WATCHED = {
  actor: undefined,
  records: [],
  skipped: 0,
  dropped: 0,
  paused: undefined,
  curve: [],
  trouble: undefined,
} as const;

export const useInspector = create<InspectorState>(() => ({
  access: 'unknown',
  status: { name: 'idle' },
  chart: undefined,
  query: { text: '', kind: undefined, sort: 'subscribers', descending: true, limit: 100 },
  list: undefined,
  watched: undefined,
  ...NOTHING_WATCHED,
  hidesPresence: false,
  crashes: [],
  crashCount: 0,
}));

/** Another actor, or none, or the same anew: what is known of the one before is forgotten. */
export function forgetActor(watched: string | undefined): void {
  gathered = [];
  useInspector.setState({ watched, ...NOTHING_WATCHED });
}

/** Forgets the records that are shown. */
export const clearRecords = (): void =>
  useInspector.setState(({ paused }) => ({
    records: [],
    skipped: 0,
    dropped: 0,
    paused: paused === undefined ? undefined : [],
  }));

/** Lets what is shown stand still, or go on. */
export const hidePresence = (hidesPresence: boolean): void => useInspector.setState({ hidesPresence });

export const togglePause = (): void =>
  useInspector.setState(({ paused, records }) => ({ paused: paused === undefined ? records : undefined }));

/** What was told since the last second was counted. */
let counted = { id: '', messages: 0 };

/** To be called once a second. */
export function countMessages(): void {
  useInspector.setState(({ actor, curve }) => {
    if (actor === undefined) return {};
    const { id, messages } = actor;
    const fresh = counted.id === id ? Math.max(0, messages - counted.messages) : 0;
    counted = { id, messages };
    return { curve: [...curve.slice(1 - CURVE_LENGTH), fresh] };
  });
}

/** What was told of the watched actor is shown this often: more would not be seen. */
const SHOWN_MS = 250;
let gathered: Extract<InspectorServerMessage, { type: 'records' }>[] = [];

function showGathered(): void {
  const news = gathered;
  gathered = [];
  useInspector.setState(({ watched, records: known }) => {
    const mine = news.filter(({ id }) => id === watched);
    const last = mine.at(-1);
    if (last === undefined) return {};
    const records = mine.reduce((merged, { records }) => mergeRecords(merged, records), known);
    return { records, skipped: last.skipped, dropped: last.dropped };
  });
}

/** What a frame of the server means for what is shown. */
export function receive(message: InspectorServerMessage): void {
  if (message.type === 'records') {
    if (gathered.push(message) === 1) setTimeout(showGathered, SHOWN_MS);
    return;
  }
  useInspector.setState((state) => {
    switch (message.type) {
      case 'welcome':
        return { chart: message.chart, access: 'open' };
      case 'actors': {
        const known = new Map((state.list?.rows ?? []).map((row) => [row.id, row]));
        for (const row of message.rows) known.set(row.id, row);
        const order = message.order ?? (state.list?.rows ?? []).map(({ id }) => id);
        const rows = order.flatMap((id) => known.get(id) ?? []);
        const { total, matching, rate, kinds } = message;
        return { list: { rows, total, matching, rate, kinds } };
      }
      case 'actor':
        return message.id === state.watched ? { actor: message } : {};
      case 'crashes':
        return { crashes: message.crashes, crashCount: message.total };
      case 'error':
        return { trouble: message.message };
      case 'pong':
        return {};
    }
  });
}
