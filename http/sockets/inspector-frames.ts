import type { ActorView } from '../../actors/inspection.ts';
import type { Chart } from '../../actors/inspection-chart.ts';
import type { ActorRow } from '../../actors/inspection-list.ts';
import type { InspectionRecord } from '../../actors/inspection-record.ts';
import type {
  InspectorActor,
  InspectorChart,
  InspectorRecord,
  InspectorRow,
  InspectorServerMessage,
} from '../../protocol/inspector-socket.ts';
import { frameText } from './frames.ts';

/** Where the frames of one inspector go. */
export interface InspectorOutlet {
  tell(message: InspectorServerMessage): void;
  /** So much waits in the socket that nothing more is said but that. */
  isBehind(): boolean;
}

/** A whole text frame. */
export const encodeInspector = (message: InspectorServerMessage): Uint8Array =>
  frameText(JSON.stringify(message));

export const chartOf = ({ id, initial, states }: Chart): InspectorChart => ({
  id,
  initial,
  states: states.map(({ isFinal, tags, entry, handles, transitions, name }) => ({
    name,
    final: isFinal,
    tags: [...tags],
    entry: [...entry],
    handles: [...handles],
    transitions: transitions.map(({ actions, ...transition }) => ({ ...transition, actions: [...actions] })),
  })),
});

export const rowOf = ({ lastUsed, rate, ...row }: ActorRow): InspectorRow => ({
  ...row,
  rate: Math.round(rate * 10) / 10,
  last_used: new Date(lastUsed).toISOString(),
});

export function actorOf({ id, messages, actor }: ActorView): InspectorActor {
  if (actor === undefined) return { type: 'actor', id, messages };
  const { id: _, snapshotSeq, lastUsed, isDeleted, visitors, ...figures } = actor;
  return {
    type: 'actor',
    id,
    messages,
    actor: {
      ...figures,
      snapshot_seq: snapshotSeq,
      last_used: new Date(lastUsed).toISOString(),
      deleted: isDeleted,
      visitors: visitors.map(({ connectionId, userId, door, shows }) => ({
        connection_id: connectionId,
        user_id: userId,
        door,
        shows: [...shows],
      })),
    },
  };
}

/** Field by field: there are thousands a second of a busy document. */
export function recordOf(record: InspectionRecord): InspectorRecord {
  const { no, type, command, from, by, connectionId, at, seq, size, events, doors, readers } = record;
  const { taken, executed, committed, published, outcome, state, stateBefore, reason } = record;
  const wire: { -readonly [Key in keyof InspectorRecord]: InspectorRecord[Key] } = {
    no,
    type,
    from,
    at,
    outcome,
    state,
  };
  if (command !== undefined) wire.command = command;
  if (by !== undefined) wire.by = by;
  if (connectionId !== undefined) wire.connection_id = connectionId;
  if (taken !== undefined) wire.taken_us = microseconds(taken - at);
  if (executed !== undefined) wire.executed_us = microseconds(executed - at);
  if (committed !== undefined) wire.committed_us = microseconds(committed - at);
  if (published !== undefined) wire.published_us = microseconds(published - at);
  if (seq !== undefined) wire.seq = seq;
  if (size !== undefined) wire.size = size;
  if (events !== undefined) wire.events = events;
  if (doors !== undefined) wire.doors = [...doors];
  if (readers !== undefined) wire.readers = readers;
  if (stateBefore !== undefined) wire.state_before = stateBefore;
  if (reason !== undefined) wire.reason = reason;
  return wire;
}

/** Whole ones. The clock may be set back meanwhile. */
const microseconds = (ms: number): number => Math.max(0, Math.round(ms * 1000));
