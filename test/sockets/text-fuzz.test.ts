import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import fc from 'fast-check';
import { pino } from 'pino';
import { parse } from 'yaml';
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
import { FakeClock } from './fake-clock.ts';
import { clientFrame, handshakeText, readUntil } from './harness.ts';
import { startTextHarness } from './text-harness.ts';

const SEEDS = 2_000;
const SEEDS_ON_SOCKETS = 150;

const VALID: readonly object[] = [
  { type: 'join', userId: 'ann', displayName: 'Ann' },
  { type: 'update', opId: 'op', baseVersion: 1, actorId: 'a', deltaB64: 'AAAA' },
  { type: 'snapshot', version: 1, snapshotB64: 'AAAA' },
  { type: 'presence', cursor: { from: 1, to: 2 }, color: 'red', data: 'x' },
  { type: 'ping', ts: 1 },
];

const cut = fc
  .tuple(fc.constantFrom(...VALID), fc.nat(100), fc.string({ maxLength: 3 }))
  .map(([message, at, put]) => {
    const text = JSON.stringify(message);
    return text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1);
  });
const bent = fc
  .tuple(fc.constantFrom(...VALID), fc.nat(5), fc.jsonValue({ maxDepth: 2 }))
  .map(([message, at, value]) => {
    const entries = Object.entries(message);
    const [name = 'type'] = entries[at % entries.length] ?? [];
    return JSON.stringify({ ...message, [name]: value });
  });
const frame = fc.oneof(
  { weight: 1, arbitrary: fc.string() },
  { weight: 2, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
  { weight: 3, arbitrary: cut },
  { weight: 4, arbitrary: bent },
  { weight: 3, arbitrary: fc.constantFrom(...VALID).map((message) => JSON.stringify(message)) },
);

const contract = readFileSync(new URL(import.meta.resolve('#package/asyncapi.yaml')), 'utf8');
const ajv = new Ajv({ strict: false, formats: { uuid: true } });
ajv.addSchema({ components: parse(contract).components }, 'asyncapi');
const isServerMessage = ajv.getSchema('asyncapi#/components/schemas/TextServerMessage');

/** The payloads of whole, unmasked text frames. */
function messagesOf(bytes: Uint8Array): TextServerMessage[] {
  const messages: TextServerMessage[] = [];
  for (let at = 0; at < bytes.length; ) {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
    const short = view[1] ?? 0;
    const [head, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, view.readUInt16BE(2)]
          : [10, Number(view.readBigUInt64BE(2))];
    messages.push(JSON.parse(view.toString('utf8', head, head + length)));
    at += head + length;
  }
  return messages;
}

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
    join: () => void calls.push('join'),
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
            expect(isServerMessage?.(message), JSON.stringify([message, isServerMessage?.errors])).to.equal(
              true,
            );
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
  }).timeout(60_000);

  it(`[TEXT-14] of ${SEEDS_ON_SOCKETS} kinds on real sockets harms nobody`, async () => {
    const harness = await startTextHarness();
    const id = await harness.create();
    const witness = await harness.join(id, 'witness');
    const raw = fc.oneof(
      frame.map((text) => clientFrame(1, text)),
      fc
        .tuple(fc.nat(15), fc.uint8Array({ maxLength: 300 }))
        .map(([code, bytes]) => clientFrame(code, bytes)),
      fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    );
    let written = 1;
    await fc.assert(
      fc.asyncProperty(fc.array(raw, { minLength: 1, maxLength: 10 }), async (writes) => {
        const socket = connect(harness.port, '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(handshakeText(`/ws/documents/${id}?userId=eve`));
        await readUntil(socket, '\r\n\r\n');
        socket.resume();
        for (const bytes of writes) socket.write(bytes);
        witness.update(`fine ${written++}`, 'x');
        await witness.settled();
        socket.destroy();
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
  }).timeout(60_000);
});
