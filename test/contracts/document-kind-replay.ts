import { expect } from 'chai';
import fc from 'fast-check';
import type { DocumentKind, Instant } from '../../documents/kind.ts';
import type { UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';

export interface KindUnderTest<State, Command, Query, Event, Fact, Answer, Step> {
  readonly kind: DocumentKind<State, Command, Query, Event, Fact, Answer>;
  /** What happens to a document, as plain data. */
  readonly steps: fc.Arbitrary<readonly Step[]>;
  /** Called once per document; turns each step into a command, which may depend on the state as it is then. */
  readonly play: () => (step: Step, state: State) => Command | undefined;
  /** Everything that readers can see, as plain data. */
  readonly observe: (state: State) => unknown;
  readonly numRuns?: number;
}

interface Logged {
  readonly bytes: Uint8Array;
  readonly instant: Instant;
  /** What came of it: fact, answer, directory rows. */
  readonly outcome: unknown;
}

interface Tried<Command> {
  readonly command: Command;
  readonly instant: Instant;
  readonly newId: () => () => string;
  /** Absent where the command was refused or changed nothing. */
  readonly bytes: Uint8Array | undefined;
}

interface Life<State, Command> {
  readonly state: State;
  readonly tried: readonly Tried<Command>[];
  readonly log: readonly Logged[];
}

const DOCUMENT_ID = '5b0c8f6e-1d55-4d0a-9a64-0c3f2f1d7a10';

/** UUIDv4s 1, 2, 3, ...; `from` makes them differ between lives. */
export function countingIds(from = 0): () => string {
  let count = from;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
  };
}

/**
 * The promise that every kind makes: state is a function of the log. Any commands, then the replay of their events
 * equals the lived state, also through a snapshot and through bytes, and a refused command changes nothing.
 */
export function itReplays<State, Command, Query, Event, Fact, Answer, Step>(
  subject: KindUnderTest<State, Command, Query, Event, Fact, Answer, Step>,
): void {
  const { kind, steps, play, observe } = subject;
  const options = { numRuns: subject.numRuns ?? 100 };

  /** Commands run against a state, each with what came of it. */
  function execute(
    state: State,
    command: Command,
    instant: Instant,
    newId: () => string,
  ): Logged | undefined {
    try {
      const executed = kind.execute(state, command, instant, newId);
      if (!('fact' in executed)) return undefined;
      const { event, fact, answer, entities, summary } = executed;
      return { bytes: kind.encode(event), instant, outcome: { fact, answer, entities, summary } };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return undefined;
    }
  }

  function live(all: readonly Step[]): Life<State, Command> {
    const state = kind.create(DOCUMENT_ID);
    const next = play();
    const log: Logged[] = [];
    const tried: Tried<Command>[] = [];
    all.forEach((step, index) => {
      const command = next(step, state);
      if (command === undefined) return;
      // Times repeat now and then: several events in one millisecond are usual.
      const at = 1_700_000_000_000 + (index >> 1);
      const instant: Instant = { at, by: `user-${index % 3}` as UserId, seq: log.length + 1 };
      const newId = (): (() => string) => countingIds(index * 1_000);
      const logged = execute(state, command, instant, newId());
      tried.push({ command, instant, newId, bytes: logged?.bytes });
      if (logged) log.push(logged);
    });
    return { state, tried, log };
  }

  const replay = (state: State, log: readonly Logged[]): unknown[] =>
    log.map(({ bytes, instant }) => {
      const { fact, answer, entities, summary } = kind.replay(
        state,
        kind.decode(bytes, kind.eventVersion),
        instant,
      );
      return { fact, answer, entities, summary };
    });

  it('[DOC-6] has the same state, facts and answers from its log as from living', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const lived = live(all);
        const replayed = kind.create(DOCUMENT_ID);
        const outcomes = replay(replayed, lived.log);
        expect(outcomes).to.deep.equal(lived.log.map(({ outcome }) => outcome));
        expect(observe(replayed)).to.deep.equal(observe(lived.state));
        expect(kind.snapshot(replayed)).to.deep.equal(kind.snapshot(lived.state));
      }),
      options,
    );
  });

  it('[DOC-6] goes on from a snapshot as from the state that it was taken of', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (all, at) => {
        const lived = live(all);
        const cut = lived.log.length === 0 ? 0 : at % (lived.log.length + 1);
        const early = kind.create(DOCUMENT_ID);
        replay(early, lived.log.slice(0, cut));
        const bytes = kind.snapshot(early);
        const restored = kind.restore(DOCUMENT_ID, bytes);
        expect(observe(restored)).to.deep.equal(observe(early));
        expect(kind.snapshot(restored)).to.deep.equal(bytes);
        replay(restored, lived.log.slice(cut));
        expect(observe(restored)).to.deep.equal(observe(lived.state));
        expect(kind.snapshot(restored)).to.deep.equal(kind.snapshot(lived.state));
      }),
      options,
    );
  });

  it('[DOC-6] makes of the same commands the same bytes, also after a snapshot', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (all, at) => {
        const lived = live(all);
        const cut = lived.tried.length === 0 ? 0 : at % (lived.tried.length + 1);
        let state = kind.create(DOCUMENT_ID);
        lived.tried.forEach(({ command, instant, newId, bytes }, index) => {
          if (index === cut) state = kind.restore(DOCUMENT_ID, kind.snapshot(state));
          expect(execute(state, command, instant, newId())?.bytes).to.deep.equal(bytes);
        });
      }),
      options,
    );
  });

  it('[DOC-7] is not changed by a command that it refuses or that says nothing new', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const state = kind.create(DOCUMENT_ID);
        const next = play();
        let seq = 0;
        all.forEach((step, index) => {
          const command = next(step, state);
          if (command === undefined) return;
          const before = kind.snapshot(state);
          const instant: Instant = { at: 1_700_000_000_000 + index, by: 'ann' as UserId, seq: seq + 1 };
          const logged = execute(state, command, instant, countingIds(index * 1_000));
          if (logged) seq += 1;
          else expect(kind.snapshot(state)).to.deep.equal(before);
        });
      }),
      options,
    );
  });
}
