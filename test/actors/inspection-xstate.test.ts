import { expect } from 'chai';
import { Inspection } from '../../actors/inspection.ts';
import type { XStateInspectionEvent } from '../../actors/inspection-xstate.ts';
import { Problem } from '../../protocol/problem.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

const add = { type: 'add', by: 1 } as const;

function create() {
  const store = new FaultyStore(new MemoryStore());
  const { documents } = createRuntime({ store });
  return {
    store,
    inspection: new Inspection(documents),
    counter: documents.open('counter', newDocumentId()),
  };
}

type EventOf<Type> = Extract<XStateInspectionEvent, { type: Type }>;
const of = <Type extends XStateInspectionEvent['type']>(events: XStateInspectionEvent[], type: Type) =>
  events.filter((event): event is EventOf<Type> => event.type === type);

describe("the export for Stately's tools", () => {
  it('[INS-8] registers the root, the actor with its machine, and who sends, before what they do', async () => {
    const { inspection, counter } = create();
    const watch = inspection.watch(counter.id);
    await counter.execute(add, ALICE);
    const events = inspection.export(counter.id);
    const registered = new Set<string>();
    for (const event of events) {
      if (event.type === '@xstate.actor') registered.add(event.sessionId);
      expect(registered.has(event.sessionId), event.sessionId).to.equal(true);
      if (event.type === '@xstate.event') expect(registered.has(event.sourceId ?? '')).to.equal(true);
      expect(event).to.include({ rootId: events[0]?.sessionId, _version: '0.7.0' });
      expect(event.createdAt).to.match(/^\d{13}$/);
    }
    expect(new Set(events.map(({ id }) => id)).size).to.equal(events.length);
    const actor = of(events, '@xstate.actor').find(({ name }) => name === counter.id);
    expect(actor).to.deep.include({
      sessionId: watch.view().actor?.session,
      parentId: events[0]?.rootId,
      snapshot: { status: 'active', value: 'loading' },
    });
    const definition = JSON.parse(actor?.definition ?? '');
    expect(definition).to.include({ id: 'document', initial: 'loading' });
    expect(Object.keys(definition.states)).to.deep.equal(['loading', 'active', 'passivating', 'stopped']);
    watch.close();
  });

  it('[INS-8] has an event and a snapshot for each message, in order', async () => {
    const { inspection, counter } = create();
    const watch = inspection.watch(counter.id);
    await counter.execute(add, ALICE);
    await counter.query({ type: 'value' });
    const events = inspection.export(counter.id);
    const messages = of(events, '@xstate.event').map(({ event }) => event.type);
    expect(messages).to.deep.equal(['execute add', 'loaded', 'committed', 'query value']);
    const values = of(events, '@xstate.snapshot').map(({ snapshot }) => snapshot.value);
    expect(values).to.deep.equal(['active', 'active', 'active', 'active']);
    expect(of(events, '@xstate.snapshot')[0]?.snapshot.context).to.deep.equal({ seq: 1, outcome: 'ok' });
    watch.close();
  });

  it('[INS-8] has each incarnation as an actor of its own, and how the one before ended', async () => {
    const { inspection, counter, store } = create();
    await counter.execute(add, ALICE);
    const watch = inspection.watch(counter.id);
    store.failNext('refuse');
    await counter.execute(add, ALICE).catch(() => undefined);
    await counter.execute(add, ALICE);
    const events = inspection.export(counter.id);
    const incarnations = of(events, '@xstate.actor').filter(({ name }) => name === counter.id);
    expect(new Set(incarnations.map(({ sessionId }) => sessionId)).size).to.equal(2);
    const failed = of(events, '@xstate.snapshot').find(({ snapshot }) => snapshot.status === 'error');
    expect(failed).to.deep.include({
      sessionId: incarnations[0]?.sessionId,
      snapshot: { status: 'error', error: 'Error: disk full' },
    });
    watch.close();
  });

  it('[INS-8] of an actor that nobody watches says where it is, and of none that it is not there', async () => {
    const { inspection, counter } = create();
    await counter.execute(add, ALICE);
    const events = inspection.export(counter.id);
    expect(events.map(({ type }) => type)).to.deep.equal(['@xstate.actor', '@xstate.actor']);
    expect(events[1]).to.deep.include({ name: counter.id, snapshot: { status: 'active', value: 'active' } });
    expect(() => inspection.export(newDocumentId())).to.throw(Problem, 'There is no actor in memory');
  });
});
