import { expect } from 'chai';
import fc from 'fast-check';
import { PaintAcks } from '../../http/sockets/paint-acks.ts';

describe('the acknowledgements of a painter', () => {
  it('come from the canvas as long as its reader keeps up', () => {
    const acks = new PaintAcks();
    acks.open('a');
    acks.open('b');
    expect(acks.durable('a', 5)).to.equal(undefined);
    expect(acks.durable('b', 6)).to.equal(undefined);
    expect(acks.encode(['a', 'b'])).to.deep.equal(['a', 'b']);
    acks.delivered();
    expect(acks.size).to.equal(0);
    expect(acks.encode(['a'])).to.deep.equal([]);
  });

  it('are found when it is back, where what had them was not delivered', () => {
    const acks = new PaintAcks();
    for (const id of ['a', 'b', 'c']) acks.open(id);
    acks.durable('a', 5);
    acks.encode(['a']);
    acks.dropped();
    acks.durable('b', 7);
    expect(acks.missed(7)).to.deep.equal({ ids: ['a', 'b'], seq: 7 });
    expect(acks.missed(7)).to.equal(undefined);
    // Its event comes after what was shown: the canvas will tell.
    expect(acks.durable('c', 8)).to.equal(undefined);
    expect(acks.encode(['c'])).to.deep.equal(['c']);
  });

  it('come at once for what turns out to have been told before it was back', () => {
    const acks = new PaintAcks();
    acks.open('a');
    expect(acks.missed(9)).to.equal(undefined);
    expect(acks.durable('a', 4)).to.deep.equal({ ids: ['a'], seq: 4 });
    expect(acks.size).to.equal(0);
  });

  it('are one for each message, also of one that was sent twice', () => {
    const acks = new PaintAcks();
    acks.open('a');
    acks.open('a');
    acks.durable('a', 5);
    acks.encode(['a']);
    acks.delivered();
    expect(acks.size).to.equal(1);
    acks.durable('a', 5);
    expect(acks.encode(['a'])).to.deep.equal(['a']);
    acks.delivered();
    expect(acks.size).to.equal(0);
    acks.open('b');
    acks.open('b');
    acks.failed('b');
    expect(acks.size).to.equal(1);
    acks.durable('b', 6);
    expect(acks.missed(6)).to.deep.equal({ ids: ['b'], seq: 6 });
  });

  it('[CANVAS-38] are one for each message, however often its reader is behind', () => {
    // A canvas that commits, tells (or not, to one who is behind) and answers in any order that the runtime allows.
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant('paint' as const) },
      { weight: 4, arbitrary: fc.constant('commit' as const) },
      { weight: 3, arbitrary: fc.constant('answer' as const) },
      { weight: 3, arbitrary: fc.constant('tell' as const) },
      { weight: 1, arbitrary: fc.constant('drop' as const) },
      { weight: 2, arbitrary: fc.constant('return' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const acks = new PaintAcks();
        const acked: string[] = [];
        const [sent, unanswered, untold]: [string[], { id: string; seq: number }[], string[]] = [[], [], []];
        let [head, waiting, isLive] = [0, [] as string[], true];
        const commit = () => {
          const id = waiting.shift();
          if (id === undefined) return;
          head += 1;
          unanswered.push({ id, seq: head });
          if (isLive) untold.push(id);
        };
        const answer = () => {
          const oldest = unanswered.shift();
          if (oldest !== undefined) acked.push(...(acks.durable(oldest.id, oldest.seq)?.ids ?? []));
        };
        const tell = () => {
          acked.push(...acks.encode(untold.splice(0)));
          acks.delivered();
        };
        const drop = () => {
          if (!isLive) return;
          acks.encode(untold.splice(0));
          acks.dropped();
          isLive = false;
        };
        const comeBack = () => {
          if (isLive) return;
          isLive = true;
          acked.push(...(acks.missed(head)?.ids ?? []));
        };
        for (const what of steps) {
          if (what === 'paint') {
            const id = String(sent.length);
            sent.push(id);
            waiting = [...waiting, id];
            acks.open(id);
          } else if (what === 'commit') commit();
          else if (what === 'answer') answer();
          else if (what === 'tell') tell();
          else if (what === 'drop') drop();
          else comeBack();
        }
        while (waiting.length > 0) commit();
        comeBack();
        while (unanswered.length > 0) answer();
        tell();
        expect([...acked].sort()).to.deep.equal([...sent].sort());
        expect(acks.size).to.equal(0);
      }),
      { numRuns: 500 },
    );
  });
});
