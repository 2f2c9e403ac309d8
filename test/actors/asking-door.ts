import type { Door, Notice } from '../../actors/door.ts';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import { Problem } from '../../protocol/problem.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { type CounterState, counterKind } from '../helpers/counter-kind.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { ALICE, createRuntime, newDocumentId, type RuntimeOptions } from '../helpers/runtime.ts';

/** Asks for the value where a subscriber begins, and for its double where it goes on. */
export class AskingDoor implements Door {
  readonly name = 'asking';
  readonly opening = { type: 'value' };
  readonly resuming = { type: 'double' };

  encode(notice: Notice): Uint8Array {
    return Buffer.from(`${JSON.stringify(notice)}\n`);
  }
}

export const add = (by = 1) => ({ type: 'add', by }) as const;

/** A counter that also knows its double, and hides what is deleted. */
export const kind: AnyDocumentKind = {
  ...counterKind,
  query: (state, query) => {
    const { value, deleted } = state as CounterState;
    if (deleted) throw new Problem('not_found', 'The counter is deleted.');
    if ((query as { type: string }).type === 'double') return value * 2;
    return counterKind.query(state as CounterState, query as { type: 'value' });
  },
};

/** A runtime on a store that fails when it is told to, with a counter that is at 1. */
export async function begin(options: RuntimeOptions = {}) {
  const store = new FaultyStore(new MemoryStore());
  const runtime = createRuntime({ kinds: [kind], ...options, store });
  const counter = runtime.documents.open('counter', newDocumentId());
  await counter.execute(add(), ALICE);
  return { ...runtime, store, counter };
}
