import { documentLogic } from './document-machine.ts';
import type { InspectionRecord } from './inspection-record.ts';

/**
 * Version of the protocol between XState programs and Stately's inspector that these events follow: that of the package
 * `@statelyai/inspect`, whose `StatelyInspectionEvent` they are.
 */
const PROTOCOL_VERSION = '0.7.0';

interface Base {
  readonly rootId: string;
  readonly sessionId: string;
  /** Milliseconds since 1970, as text. */
  readonly createdAt: string;
  readonly id: string;
  readonly _version: string;
}

type InspectedSnapshot = {
  readonly status: 'active' | 'done' | 'error';
  readonly value?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly error?: string;
};

/** An event of XState's inspection, in the form in which Stately's tools take it. */
export type XStateInspectionEvent = Base &
  (
    | {
        readonly type: '@xstate.actor';
        readonly name: string;
        readonly definition?: string;
        readonly parentId?: string;
        readonly snapshot: InspectedSnapshot;
      }
    | { readonly type: '@xstate.event'; readonly event: InspectedEvent; readonly sourceId?: string }
    | {
        readonly type: '@xstate.snapshot';
        readonly event: InspectedEvent;
        readonly snapshot: InspectedSnapshot;
      }
  );

interface InspectedEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface InspectedActor {
  readonly id: string;
  /** XState's id of the root actor. */
  readonly root: string;
  /** Of the present incarnation; `undefined`: it is not in memory. */
  readonly session: string | undefined;
  readonly state: string;
  readonly records: readonly InspectionRecord[];
}

/** The machine's configuration, with its functions by name. Its context is made at the start of each actor. */
const DEFINITION = JSON.stringify({ ...documentLogic.config, context: undefined }, (_key, value: unknown) =>
  typeof value === 'function' ? { type: value.name } : value,
);

/**
 * What is remembered of one actor, as Stately's inspector shows it. Who sends messages (doors, store, runtime) stands
 * there as an actor too; events and snapshots have types, sizes, ids and codes only.
 */
export function toXStateEvents({
  id,
  root,
  session,
  state,
  records,
}: InspectedActor): XStateInspectionEvent[] {
  const events: XStateInspectionEvent[] = [];
  const senders = new Set<string>();
  const begun = records[0]?.at ?? Date.now();
  let present = session ?? `${root}/absent`;

  const base = (sessionId: string, at: number): Base => ({
    rootId: root,
    sessionId,
    createdAt: String(Math.floor(at)),
    id: `${present}/${events.length}`,
    _version: PROTOCOL_VERSION,
  });
  const actor = (at: number, value: string): void => {
    events.push({
      ...base(present, at),
      type: '@xstate.actor',
      name: id,
      definition: DEFINITION,
      parentId: root,
      snapshot: { status: 'active', value },
    });
  };

  events.push({
    ...base(root, begun),
    type: '@xstate.actor',
    name: 'documents',
    snapshot: { status: 'active' },
  });
  // The record of its start may be forgotten: then it is the one that runs now.
  const first = records.find(({ session }) => session !== undefined);
  if (first !== records[0] || first === undefined) actor(begun, records[0]?.stateBefore ?? state);

  for (const record of records) {
    const { at } = record;
    if (record.type === 'actor.started') {
      present = record.session ?? present;
      actor(at, record.state);
      continue;
    }
    const event = eventOf(record);
    if (record.from !== 'runtime') {
      const sender = `${root}/${record.from}`;
      if (!senders.has(sender)) {
        senders.add(sender);
        events.push({
          ...base(sender, at),
          type: '@xstate.actor',
          name: record.from,
          parentId: root,
          snapshot: { status: 'active' },
        });
      }
      events.push({ ...base(present, at), type: '@xstate.event', event, sourceId: sender });
    } else events.push({ ...base(present, at), type: '@xstate.event', event, sourceId: root });
    events.push({
      ...base(present, record.executed ?? at),
      type: '@xstate.snapshot',
      event,
      snapshot: snapshotOf(record),
    });
  }
  return events;
}

function eventOf({ type, command, by, connectionId, size }: InspectionRecord): InspectedEvent {
  return {
    type: command === undefined ? type : `${type} ${command}`,
    ...(by === undefined ? {} : { by }),
    ...(connectionId === undefined ? {} : { connection_id: connectionId }),
    ...(size === undefined ? {} : { size }),
  };
}

function snapshotOf({ type, state, reason, seq, outcome }: InspectionRecord): InspectedSnapshot {
  if (type === 'actor.crashed')
    return { status: 'error', ...(reason === undefined ? {} : { error: reason }) };
  if (type === 'actor.stopped') return { status: 'done', value: state };
  return { status: 'active', value: state, context: { ...(seq === undefined ? {} : { seq }), outcome } };
}
