import { expect } from 'chai';
import fc from 'fast-check';
import { pino } from 'pino';
import { IdleWatch } from '../../http/sockets/idle-watch.ts';
import { TextDoor } from '../../http/sockets/text-door.ts';
import { TEXT_LIMITS } from '../../http/sockets/text-limits.ts';
import { createTextParser } from '../../http/sockets/text-route.ts';
import { TextSession } from '../../http/sockets/text-session.ts';
import type { TextDocumentPort } from '../../http/sockets/text-stay.ts';
import type { ConnectionId } from '../../protocol/ids.ts';
import type { TextCommand } from '../../protocol/text-messages.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import { newDocumentId } from '../helpers/runtime.ts';
import { createChecker } from './contract-checker.ts';
import { FakeClock } from './fake-clock.ts';
import { clientFrame } from './harness.ts';
import { rubbishBytes, rubbishTexts, writeAt } from './rubbish-messages.ts';
import { startTextHarness } from './text-harness.ts';
import { payloadsOf } from './ws-frames.ts';

const SEEDS = 2_000;
const SEEDS_ON_SOCKETS = 150;

const VALID: readonly object[] = [
  { type: 'join', userId: 'ann', displayName: 'Ann' },
  { type: 'update', opId: 'op', baseVersion: 1, actorId: 'a', deltaB64: 'AAAA' },
  { type: 'snapshot', version: 1, snapshotB64: 'AAAA' },
  { type: 'presence', cursor: { from: 1, to: 2 }, color: 'red', data: 'x' },
  { type: 'ping', ts: 1 },
];

const frame = rubbishTexts(VALID);
const check = createChecker('TextServerMessage');

/** The messages of whole, unmasked text frames. */
const messagesOf = (bytes: Uint8Array): TextServerMessage[] =>
  payloadsOf(bytes).map(({ payload }) => JSON.parse(Buffer.from(payload).toString()) as TextServerMessage);

/** One for all: it reads the contract. */
const parser = createTextParser();

/** A session between a connection and a document that only write down what they are told. */
function session(visitor: boolean) {
  const [commands, said, calls, closed]: [TextCommand[], TextServerMessage[], string[], number[]] = [
    [],
    [],
    [],
    [],
  ];
  const document: TextDocumentPort = {
    id: newDocumentId(),
    execute: async (command) => {
      commands.push(command);
      return { seq: 2, answer: { stored: false } };
    },
    head: async () => 5,
    join: (subscriber) => {
      calls.push('join');
      subscriber.deliver(new Uint8Array(), false);
    },
    leave: () => void calls.push('leave'),
    setPresence: () => void calls.push('presence'),
    touchPresence: () => undefined,
  };
  const clock = new FakeClock();
  const under = new TextSession({
    connection: {
      deliver: (frames) => void said.push(...messagesOf(frames)),
      close: (code) => void closed.push(code),
    },
    document,
    door: new TextDoor(),
    parser,
    limits: TEXT_LIMITS,
    clock,
    idleWatch: new IdleWatch(clock, TEXT_LIMITS.idleMs),
    logger: pino({ level: 'silent' }),
    onRejected: () => undefined,
    connectionId: '6f9619ff-8b86-4011-b42d-00c04fc964ff' as ConnectionId,
    ...(visitor ? { visitor: { userId: 'ann' as never, displayName: 'ann' } } : {}),
  });
  under.opened();
  return { under, commands, said, calls, closed };
}

describe('rubbish at the text door', () => {
  it(`[TEXT-14] of ${SEEDS} kinds is answered by an error, or means what it says; never both, never a throw`, async () => {
    const isWellFormed = (text: string): boolean => {
      try {
        parser.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(frame, { minLength: 1, maxLength: 12 }),
        async (visitor, frames) => {
          const { under, commands, said, calls, closed } = session(visitor);
          for (const text of frames) {
            const before = commands.length + said.length + calls.length;
            under.text(text);
            await new Promise((resolve) => setImmediate(resolve));
            const what = commands.length + said.length + calls.length - before;
            const isSnapshot = commands.at(-1)?.type === 'snapshot' && said.at(-1)?.type === 'snapshot_ack';
            const repeatsJoin = what === 0 && text.includes('"join"');
            expect(what === 1 || (what === 2 && isSnapshot) || repeatsJoin, text).to.equal(true);
            if (!isWellFormed(text)) expect(said.at(-1)?.type, text).to.equal('error');
          }
          for (const message of said) {
            expect(check(message), JSON.stringify(message)).to.equal('');
          }
          for (const command of commands) {
            if (command.type === 'update') expect(command.delta.length).to.be.greaterThan(0);
          }
          expect(closed).to.deep.equal([]);
          under.ended();
        },
      ),
      { numRuns: SEEDS },
    );
  }).timeout(120_000);

  it(`[TEXT-14] of ${SEEDS_ON_SOCKETS} kinds on real sockets harms nobody`, async () => {
    const harness = await startTextHarness();
    const id = await harness.create();
    const witness = await harness.join(id, 'witness');
    const raw = rubbishBytes(frame.map((text) => clientFrame(1, text)));
    let written = 1;
    await fc.assert(
      fc.asyncProperty(fc.array(raw, { minLength: 1, maxLength: 10 }), async (writes) => {
        await writeAt(harness, `/ws/documents/${id}?userId=eve`, writes, async () => {
          witness.update(`fine ${written++}`, 'x');
          await witness.settled();
        });
      }),
      { numRuns: SEEDS_ON_SOCKETS },
    );
    await witness.hear('ack', ({ opId }) => opId === `fine ${written - 1}`);
    const head = await harness.runtime.documents.open('text', id).head();
    await witness.seq(head);
    expect(witness.seqs).to.deep.equal(Array.from({ length: head }, (_, index) => index + 1));
    expect(harness.logged.filter(({ level }) => level >= 50)).to.deep.equal([]);
    expect(harness.runtime.crashes).to.deep.equal([]);
    while (harness.sockets.count() > 1) await witness.settled();
    await witness.leave();
    await harness.close();
  }).timeout(120_000);
});
