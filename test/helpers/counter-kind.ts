import type { Applied, DocumentKind, Executed, Instant, Unchanged } from '../../documents/kind.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';

export interface CounterState {
  value: number;
  deleted: boolean;
  readonly work: Set<EntityId>;
}

export type CounterCommand =
  | { readonly type: 'add'; readonly by: number }
  | { readonly type: 'delete' }
  | { readonly type: 'begin'; readonly id: EntityId }
  | { readonly type: 'explode' }
  | { readonly type: 'look' };

export type CounterQuery = { readonly type: 'value' } | { readonly type: 'explode' };

type CounterEvent =
  | { readonly type: 'added'; readonly by: number }
  | { readonly type: 'deleted' }
  | { readonly type: 'begun'; readonly id: EntityId };

export interface CounterFact {
  readonly type: CounterEvent['type'];
  readonly value: number;
}

/** The smallest kind of document that has everything the runtime cares about. */
export const counterKind: DocumentKind<
  CounterState,
  CounterCommand,
  CounterQuery,
  CounterEvent,
  CounterFact,
  number
> = {
  name: 'counter',
  eventVersion: 1,

  create: () => ({ value: 0, deleted: false, work: new Set() }),

  execute(state, command, instant): Executed<CounterEvent, CounterFact, number> | Unchanged<number> {
    if (state.deleted) throw new Problem('not_found', 'The counter is deleted.');
    switch (command.type) {
      case 'add': {
        if (command.by === 0) throw Problem.invalid('/body/by', 'must not be 0');
        const event: CounterEvent = { type: 'added', by: command.by };
        return { event, ...apply(state, event, instant) };
      }
      case 'delete': {
        const event: CounterEvent = { type: 'deleted' };
        return { event, ...apply(state, event, instant) };
      }
      case 'begin': {
        const event: CounterEvent = { type: 'begun', id: command.id };
        return { event, ...apply(state, event, instant) };
      }
      case 'look':
        return { answer: state.value };
      case 'explode':
        throw new TypeError('a defect in a command');
    }
  },

  replay: apply,

  query(state, query) {
    if (query.type === 'explode') throw new TypeError('a defect in a query');
    return state.value;
  },

  unfinished: (state) => [...state.work].map((id) => ({ type: 'work', id })),

  snapshot: (state) => Buffer.from(JSON.stringify({ ...state, work: [...state.work] })),
  restore(_id, bytes) {
    const { value, deleted, work } = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
      value: number;
      deleted: boolean;
      work: EntityId[];
    };
    return { value, deleted, work: new Set(work) };
  },
  encode: (event) => Buffer.from(JSON.stringify(event)),
  decode: (bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')) as CounterEvent,
};

function apply(state: CounterState, event: CounterEvent, instant: Instant): Applied<CounterFact, number> {
  switch (event.type) {
    case 'added':
      state.value += event.by;
      break;
    case 'deleted':
      state.deleted = true;
      break;
    case 'begun':
      state.work.add(event.id);
      return {
        fact: { type: event.type, value: state.value },
        answer: state.value,
        entities: [{ id: event.id, type: 'work', createdAt: instant.at, deleted: false, open: true }],
        effects: [{ type: 'work', id: event.id } as { type: string }],
      };
  }
  const fact = { type: event.type, value: state.value };
  const first = instant.seq === 1 || event.type === 'deleted';
  return {
    fact,
    answer: state.value,
    ...(first
      ? {
          summary: {
            title: 'counter',
            createdAt: instant.at,
            updatedAt: instant.at,
            deleted: state.deleted,
            wire: { deleted: state.deleted },
          },
        }
      : {}),
  };
}
