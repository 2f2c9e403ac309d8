import { expect } from 'chai';
import fc from 'fast-check';
import {
  changesOf,
  indexAt,
  type LoggedEvent,
  stepsOf,
  stepWords,
} from '../../web/board/versions/moments.ts';

const START = Date.UTC(2026, 10, 21, 10);
const event = (seq: number, seconds: number, user: string, kind = 'annotations.edited'): LoggedEvent => ({
  seq,
  ts: new Date(START + seconds * 1000).toISOString(),
  user,
  kind,
});

describe('the history of a board', () => {
  it('leaves out what changes nothing of the picture', () => {
    const log = [
      'document.created',
      'version.created',
      'export.queued',
      'export.finished',
      'document.reverted',
    ];
    const events = log.map((kind, at) => event(at + 1, at, 'ann', kind));
    expect(changesOf(events).map(({ seq }) => seq)).to.deep.equal([1, 5]);
  });

  it('gathers edits that follow each other closely into one step, whoever made them, the newest first', () => {
    const steps = stepsOf([
      event(1, 0, 'ann', 'document.created'),
      event(2, 5, 'ann'),
      event(3, 50, 'bob'),
      event(4, 80, 'ann'),
      event(5, 200, 'bob'),
      event(6, 201, 'bob', 'document.reverted'),
      event(7, 202, 'bob'),
    ]);
    expect(steps).to.deep.equal([
      { seq: 7, at: START + 202_000, users: ['bob'], changes: 1, what: 'edited' },
      { seq: 6, at: START + 201_000, users: ['bob'], changes: 1, what: 'reverted' },
      { seq: 5, at: START + 200_000, users: ['bob'], changes: 1, what: 'edited' },
      { seq: 4, at: START + 80_000, users: ['ann', 'bob'], changes: 3, what: 'edited' },
      { seq: 1, at: START, users: ['ann'], changes: 1, what: 'created' },
    ]);
  });

  it('counts every change in exactly one step', () => {
    const kinds = fc.constantFrom(
      'document.created',
      'annotations.edited',
      'document.updated',
      'document.reverted',
    );
    const logs = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), kinds, fc.constantFrom('a', 'b')));
    fc.assert(
      fc.property(logs, (parts) => {
        let seconds = 0;
        const changes = parts.map(([pause, kind, user], at) => {
          seconds += pause;
          return event(at + 1, seconds, user, kind);
        });
        const steps = stepsOf(changes);
        expect(steps.reduce((sum, step) => sum + step.changes, 0)).to.equal(changes.length);
        expect(steps[0]?.seq).to.equal(changes.at(-1)?.seq);
      }),
    );
  });

  it('finds the change that a state of the log shows', () => {
    const changes = [event(1, 0, 'a'), event(4, 1, 'a'), event(9, 2, 'a')];
    expect([0, 1, 3, 4, 8, 9, 99].map((seq) => indexAt(changes, seq))).to.deep.equal([-1, 0, 0, 1, 1, 2, 2]);
  });

  it('says in words who did what', () => {
    const step = { seq: 1, at: START, users: ['a'], changes: 1, what: 'edited' } as const;
    expect(stepWords(step, ['Ann'])).to.equal('Ann made a change');
    expect(stepWords({ ...step, changes: 3 }, ['Ann', 'Bob'])).to.equal('Ann and Bob made 3 changes');
    expect(stepWords({ ...step, changes: 3 }, ['Ann', 'Bob', 'Cem'])).to.equal(
      'Ann and 2 others made 3 changes',
    );
    expect(stepWords({ ...step, what: 'reverted' }, [])).to.equal('Somebody brought back a version');
  });
});
