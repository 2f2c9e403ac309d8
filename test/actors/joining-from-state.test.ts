import { expect } from 'chai';
import type { AnyDocumentKind } from '../../documents/kind.ts';
import { type CounterState, counterKind } from '../helpers/counter-kind.ts';
import { Listener, nextTurn } from '../helpers/listener.ts';
import { ALICE, type RuntimeOptions } from '../helpers/runtime.ts';
import { AskingDoor, add, begin } from './asking-door.ts';

describe('a newcomer that is shown what changed out of the state', () => {
  /** Asks for the value, or for how much it has risen since what the newcomer saw. */
  class StateDoor extends AskingDoor {
    resumingFromState(afterSeq: number) {
      return { type: 'since', afterSeq };
    }
  }

  /** A counter whose events all add one: it knows what changed since any of them. */
  const counting: AnyDocumentKind = {
    ...counterKind,
    query: (state, query) => {
      const { type, afterSeq } = query as { type: string; afterSeq: number };
      const { value } = state as CounterState;
      return type === 'since' ? { of: afterSeq, risen: value - afterSeq } : value;
    },
  };

  async function joined(afterSeq: number, options: RuntimeOptions = {}) {
    const { counter, ...rest } = await begin({ kinds: [counting], ...options });
    for (let i = 0; i < 9; i++) await counter.execute(add(), ALICE);
    await nextTurn();
    const newcomer = new Listener('newcomer', new StateDoor());
    counter.join(newcomer, afterSeq);
    await nextTurn();
    return { ...rest, counter, newcomer };
  }

  it('[DOC-15] is told none of the facts that it missed, and goes on behind what it was shown', async () => {
    const { counter, newcomer } = await joined(4);
    const [welcome] = newcomer.of('welcome');
    expect(welcome).to.include({ seq: 10, after: 4 });
    expect(welcome?.opening).to.deep.equal({ of: 4, risen: 6 });
    await counter.execute(add(), ALICE);
    await nextTurn();
    expect(newcomer.seqs).to.deep.equal([11]);
    expect(newcomer.of('resync')).to.be.empty;
  });

  it('[DOC-15] needs no log for it, and no reading', async () => {
    const { newcomer } = await joined(1, { limits: { snapshotEvents: 3, snapshotsKept: 1 } });
    expect(newcomer.of('welcome')[0]?.opening).to.deep.equal({ of: 1, risen: 9 });
    const { newcomer: present } = await joined(10);
    expect(present.of('welcome')[0]).to.deep.include({ after: 10, opening: { of: 10, risen: 0 } });
  });

  it('[DOC-9] [DOC-15] waits for what it would be shown and is not durable yet', async () => {
    const { store, counter } = await begin({ kinds: [counting] });
    store.failNext('hang');
    const change = counter.execute(add(), ALICE);
    const newcomer = new Listener('newcomer', new StateDoor());
    counter.join(newcomer, 1);
    const later = counter.execute(add(), ALICE);
    await nextTurn();
    expect(newcomer.notices).to.be.empty;
    store.release();
    await Promise.all([change, later]);
    await nextTurn();
    expect(newcomer.of('welcome')[0]).to.deep.include({ seq: 2, after: 1, opening: { of: 1, risen: 1 } });
    expect(newcomer.seqs).to.deep.equal([3]);
  });

  it('[DOC-4] is told to resync where it is ahead of the document, and shown the whole', async () => {
    const { newcomer } = await joined(11);
    const [welcome] = newcomer.of('welcome');
    expect(welcome?.opening).to.equal(10);
    expect(welcome).not.to.have.property('after');
    expect(newcomer.of('resync')).to.have.length(1);
  });
});
