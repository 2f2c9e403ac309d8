import { expect } from 'chai';
import type { Door, FactNotice, Notice, RefusalNotice, RepeatNotice } from '../../actors/door.ts';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import type { ConnectionId, OperationId, UserId } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { counterKind } from '../helpers/counter-kind.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

const line = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`);

/** Tells its own subscribers of their events in words of its own. */
class AckDoor implements Door {
  readonly name = 'acks';
  readonly opening = { type: 'value' };

  encode(notice: Notice): Uint8Array {
    return line(notice);
  }

  encodeOwn({ seq }: FactNotice): Uint8Array {
    return line({ type: 'ack', seq });
  }

  encodeRepeat({ seq, origin }: RepeatNotice): Uint8Array {
    return line({ type: 'ack', seq, again: origin.operationId });
  }
}

const add = (by = 1) => ({ type: 'add', by }) as const;
const caller = (connectionId: ConnectionId, operationId: string) => ({
  by: 'ann' as UserId,
  connectionId,
  operationId: operationId as OperationId,
});
/** What came with a seq, in the order in which it came. */
const heard = (listener: Listener): string[] =>
  (listener.notices as readonly { type: string; seq?: number }[])
    .filter(({ type }) => type === 'ack' || type === 'fact')
    .map(({ type, seq }) => `${type} ${seq}`);

describe('a repeated operation', () => {
  it('[DOC-3] is acknowledged again to the one who asks, in its place among the facts, and to nobody else', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const door = new AckDoor();
    const [ann, bob] = [new Listener('ann', door), new Listener('bob', door)];
    counter.join(ann);
    counter.join(bob);
    await Promise.all([
      counter.execute(add(), caller(ann.connectionId, 'a')), // 2
      counter.execute(add(), caller(bob.connectionId, 'b')), // 3
      counter.execute(add(), caller(ann.connectionId, 'a')), // while 2 is on its way
    ]);
    await nextTurn();
    await counter.execute(add(), caller(ann.connectionId, 'a')); // long after
    await nextTurn();
    expect(heard(ann)).to.deep.equal(['ack 2', 'fact 3', 'ack 2', 'ack 2']);
    expect(heard(bob)).to.deep.equal(['fact 2', 'ack 3']);
    expect(await counter.head()).to.equal(3);
  });

  it('[DOC-3] is not told at a door that has no word for it', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    const ann = new Listener('ann');
    await counter.execute(add(), ALICE);
    counter.join(ann);
    for (let n = 0; n < 3; n += 1) await counter.execute(add(), caller(ann.connectionId, 'a'));
    await nextTurn();
    expect(heard(ann)).to.deep.equal(['fact 2']);
  });
});

describe('a command of a subscriber', () => {
  /** Also has a word for refusals. */
  class AnsweringDoor extends AckDoor {
    encodeRefusal({ problem, origin }: RefusalNotice): Uint8Array {
      return line({ type: 'refused', code: problem.code, again: origin.operationId });
    }
  }
  const told = (listener: Listener): string[] =>
    (listener.notices as readonly { type: string; seq?: number; code?: string }[])
      .filter(({ type }) => ['ack', 'fact', 'refused'].includes(type))
      .map(({ type, seq, code }) => `${type} ${seq ?? code}`);

  it('[DOC-10] that changes nothing or is refused is answered in its place, to the one who asked', async () => {
    const store = new FaultyStore(new MemoryStore());
    const { documents } = createRuntime({ store });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const door = new AnsweringDoor();
    const [ann, bob] = [new Listener('ann', door), new Listener('bob', door)];
    counter.join(ann);
    counter.join(bob);
    const asked = { by: 'ann' as UserId, connectionId: ann.connectionId };
    store.failNext('hang');
    const all = [
      counter.execute(add(), asked), // 2
      counter.execute(add(0), asked),
      counter.execute({ type: 'look' }, asked),
      counter.execute(add(), ALICE), // 3
      counter.execute({ type: 'look' }, asked),
      counter.execute(add(0), asked),
      counter.execute(add(), asked), // 4
    ].map((promise) => promise.catch(({ code }) => code));
    await nextTurn();
    expect(told(ann)).to.be.empty;
    store.release();
    const answers = await Promise.all(all);
    expect(answers[1]).to.equal('invalid');
    expect(answers[4]).to.deep.equal({ seq: 3, answer: 3 });
    await nextTurn();
    expect(told(ann)).to.deep.equal([
      'ack 2',
      'refused invalid',
      'ack 2',
      'fact 3',
      'ack 3',
      'refused invalid',
      'ack 4',
    ]);
    expect(told(bob)).to.deep.equal(['fact 2', 'fact 3', 'fact 4']);
  });

  it("[DOC-10] that has another command's operation id is refused in its place", async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const ann = new Listener('ann', new AnsweringDoor());
    counter.join(ann);
    await counter.execute(add(), caller(ann.connectionId, 'a'));
    const refused = counter.execute({ type: 'look' }, caller(ann.connectionId, 'a'));
    expect(await refused.catch(({ code }) => code)).to.equal('invalid');
    await nextTurn();
    expect(told(ann)).to.deep.equal(['ack 2', 'refused invalid']);
  });

  it('is answered to the caller alone where it is not connected, or has left', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const [ann, gone] = [new Listener('ann', new AnsweringDoor()), new Listener('gone')];
    counter.join(ann);
    for (const who of [ALICE, caller(gone.connectionId, 'x')]) {
      expect(await counter.execute(add(0), who).catch(({ code }) => code)).to.equal('invalid');
      expect(await counter.execute({ type: 'look' }, who)).to.deep.equal({ seq: 1, answer: 1 });
    }
    await nextTurn();
    expect(told(ann)).to.be.empty;
  });
});

describe('a subscriber that comes back', () => {
  /** A counter that remembers its last three facts itself. */
  const remembering = (asked: number[]): AnyDocumentKind => ({
    ...counterKind,
    factsAfter: (state: unknown, seq: number) => {
      asked.push(seq);
      const { value } = state as { value: number };
      return seq < value - 3
        ? undefined
        : Array.from({ length: value - seq }, (_, i) => `fact ${seq + i + 1}`);
    },
  });

  it('[DOC-4] gets what it missed from the state where that remembers it, and begins anew where it forgot', async () => {
    const asked: number[] = [];
    const runtime = createRuntime({ kinds: [remembering(asked)], limits: { snapshotEvents: 5 } });
    const id = newDocumentId();
    for (let n = 0; n < 10; n += 1) await runtime.documents.open('counter', id).execute(add(), ALICE);
    await runtime.documents.stop();
    const counter = runtime.restarted().documents.open('counter', id);
    const [late, recent] = [new Listener('late'), new Listener('recent')];
    counter.join(late, 2);
    counter.join(recent, 8);
    await recent.until(() => recent.of('welcome').length === 1);
    expect(late.of('resync')).to.deep.equal([{ type: 'resync', seq: 10 }]);
    expect(late.of('welcome')[0]).to.not.have.property('after');
    expect(recent.of('welcome')[0]).to.include({ seq: 10, after: 8 });
    expect(recent.of('fact').map(({ seq, fact }) => `${seq} ${fact}`)).to.deep.equal([
      '9 fact 9',
      '10 fact 10',
    ]);
    expect(asked).to.deep.equal([2, 8]);
  });

  it('[DOC-2] is not told from the state what is not durable yet', async () => {
    const store = new FaultyStore(new MemoryStore());
    const runtime = createRuntime({ store, kinds: [remembering([])] });
    const id = newDocumentId();
    for (let n = 0; n < 3; n += 1) await runtime.documents.open('counter', id).execute(add(), ALICE);
    await runtime.documents.stop();
    const counter = runtime.restarted().documents.open('counter', id);
    await counter.head();
    store.failNext('hang');
    const pending = counter.execute(add(), ALICE);
    const ann = new Listener('ann');
    counter.join(ann, 1);
    await nextTurn();
    expect(ann.notices).to.be.empty;
    store.release();
    await pending;
    await nextTurn();
    expect(ann.of('welcome')[0]).to.include({ seq: 4, after: 1 });
    expect(ann.seqs).to.deep.equal([2, 3, 4]);
  });
});

describe('a subscriber whose document begins anew', () => {
  it('[DOC-4] gets the answer to the opening query of its door with the resync', async () => {
    const store = new FaultyStore(new MemoryStore());
    const { documents } = createRuntime({ store });
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(5), ALICE);
    const ann = new Listener('ann', new AckDoor());
    counter.join(ann);
    expect(ann.of('welcome')[0]).to.include({ opening: 5 });
    store.failNext('lose-answer');
    await counter.execute(add(2), ALICE).catch(() => undefined);
    await ann.until(() => ann.of('resync').length === 1);
    expect(ann.of('resync')).to.deep.equal([{ type: 'resync', seq: 2, opening: 7 }]);
  });

  it('is closed where the end of the document was in the log, though nobody heard of it', async () => {
    const store = new FaultyStore(new MemoryStore());
    const id = newDocumentId();
    const deleting: AnyDocumentKind = {
      ...counterKind,
      execute: (state, command, instant, newId) => {
        const executed = counterKind.execute(state as never, command as never, instant, newId);
        if (executed.event === undefined || executed.event.type !== 'deleted') return executed;
        const summary = { title: '', createdAt: 0, updatedAt: 0, deleted: true, wire: null };
        return { ...executed, summary };
      },
    };
    const runtime = createRuntime({ store, kinds: [deleting] });
    const counter = runtime.documents.open('counter', id);
    await counter.execute(add(), ALICE);
    const ann = new Listener('ann');
    counter.join(ann);
    store.failNext('lose-answer', id);
    await counter.execute({ type: 'delete' }, ALICE).catch(() => undefined);
    await ann.until(() => ann.closed !== undefined);
    expect(ann.closed).to.deep.equal({ code: 4404, reason: 'document deleted' });
  });
});
