import { expect } from 'chai';
import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { BadAwareness, decodeAwareness, encodeAwareness } from '../../http/sockets/awareness-update.ts';
import { MAX_AWARENESS_STATE_BYTES } from '../../http/sockets/yjs-limits.ts';
import { decodeYjsMessage } from '../../http/sockets/yjs-messages.ts';
import { Problem } from '../../protocol/problem.ts';
import { awareness, bytesOf, sync } from './yjs-harness.ts';

const SEEDS = 5_000;

const doc = new Y.Doc();
doc.getMap('annotations').set('a', 'b');
const update = Y.encodeStateAsUpdate(doc);
const entry = { clientId: 7, clock: 3, state: '{"name":"Ann"}' };

const VALID: readonly Uint8Array[] = [
  sync(0, Y.encodeStateVector(doc)),
  sync(1, update),
  sync(2, update),
  awareness(entry),
  awareness(entry, { clientId: 8, clock: 0, state: null }),
  Uint8Array.of(3),
];

/** A message as a provider of y-websocket writes it. */
const written = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array =>
  bytesOf((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });

const problemOf = (bytes: Uint8Array): string => {
  try {
    decodeYjsMessage(bytes);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'none';
};

describe('messages of the y-websocket protocol', () => {
  it('are read as y-protocols writes them', () => {
    const state = Y.encodeStateVector(doc);
    expect(decodeYjsMessage(written(0, (encoder) => writeSyncStep1(encoder, doc)))).to.deep.equal({
      type: 'step1',
      stateVector: state,
    });
    expect(decodeYjsMessage(written(0, (encoder) => writeSyncStep2(encoder, doc)))).to.deep.equal({
      type: 'update',
      update,
      isAnswer: true,
    });
    expect(decodeYjsMessage(written(0, (encoder) => writeUpdate(encoder, update)))).to.deep.equal({
      type: 'update',
      update,
      isAnswer: false,
    });
    expect(decodeYjsMessage(Uint8Array.of(3))).to.deep.equal({ type: 'queryAwareness' });
    const own = new Awareness(new Y.Doc());
    own.setLocalState({ name: 'Ann' });
    const told = written(1, (encoder) =>
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(own, [own.clientID])),
    );
    expect(decodeYjsMessage(told)).to.deep.equal({
      type: 'awareness',
      entries: [{ clientId: own.clientID, clock: 1, state: '{"name":"Ann"}' }],
    });
    own.destroy();
  });

  it('are refused where they are cut off, go on, or are of no known type', () => {
    for (const message of VALID) {
      for (let end = 0; end < message.length; end += 1) {
        expect(problemOf(message.subarray(0, end)), `${end} of ${message}`).to.equal('bad_message');
      }
      expect(problemOf(Uint8Array.of(...message, 0))).to.equal('bad_message');
    }
    for (const type of [2, 4, 99]) expect(problemOf(Uint8Array.of(type, 0))).to.equal('bad_message');
    expect(problemOf(Uint8Array.of(0, 3, 0))).to.equal('bad_message');
  });

  it('[YJS-8] of awareness are refused before they are parsed where they are larger than a document of clients needs', () => {
    const large = Array.from({ length: 20 }, (_, clientId) => ({
      ...entry,
      clientId,
      state: JSON.stringify({ name: 'x'.repeat(15_000) }),
    }));
    expect(problemOf(awareness(...large.slice(0, 17)))).to.equal('none');
    expect(() => decodeYjsMessage(awareness(...large))).to.throw(Problem, 'larger than 262144 bytes');
    const unreadable = large.map((each) => ({ ...each, state: each.state.slice(1) }));
    expect(() => decodeYjsMessage(awareness(...unreadable))).to.throw(Problem, 'larger than 262144 bytes');
  });

  it('never show what lies beside them in memory', () => {
    // A chunk of the socket has many messages: this one says that it has 100 bytes, and 3 are its own.
    const chunk = Buffer.alloc(200, 0x41);
    chunk.set([0, 2, 100, 1, 2, 3], 50);
    expect(problemOf(chunk.subarray(50, 56))).to.equal('bad_message');
    chunk.set([1, 100, 1, 7, 3, 90], 50);
    expect(problemOf(chunk.subarray(50, 56))).to.equal('bad_message');
  });

  it(`are read or refused, whatever the bytes are (${SEEDS} seeds)`, () => {
    const bent = fc
      .tuple(fc.constantFrom(...VALID), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([message, at, put]) => {
        const bytes = Uint8Array.from(message);
        bytes.set(put.subarray(0, bytes.length), at % Math.max(1, bytes.length - put.length + 1));
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), bent), (bytes) => {
        const code = problemOf(bytes);
        if (code !== 'none') expect(code).to.equal('bad_message');
      }),
      { numRuns: SEEDS },
    );
  });
});

describe('awareness updates', () => {
  const stateOf = (state: string): Uint8Array =>
    bytesOf((encoder) => {
      for (const number of [1, 7, 3]) encoding.writeVarUint(encoder, number);
      encoding.writeVarString(encoder, state);
    });

  it('come through as they were: another client reads the same of them', () => {
    const states = ['{}', '{"a":[1,2,{"b":null}]}', ' { "spaced" : true } ', '{"🙂":"\\ud83d"}'];
    for (const state of states) {
      const [read] = decodeAwareness(stateOf(state));
      expect(read).to.deep.equal({ clientId: 7, clock: 3, state });
      const other = new Awareness(new Y.Doc());
      applyAwarenessUpdate(other, encodeAwareness([read ?? entry]), 'test');
      expect(other.getStates().get(7)).to.deep.equal(JSON.parse(state));
      other.destroy();
    }
  });

  it('are refused where they would make another client fail', () => {
    const bad = [
      '',
      '{',
      '{"a":}',
      '[]',
      '"text"',
      '7',
      'true',
      '\ufeff{}',
      `{"a":${'['.repeat(65)}${']'.repeat(65)}}`,
      JSON.stringify({ a: 'x'.repeat(MAX_AWARENESS_STATE_BYTES) }),
    ];
    for (const state of bad) {
      expect(() => decodeAwareness(stateOf(state)), state.slice(0, 20)).to.throw(BadAwareness);
    }
    const broken = stateOf('{"a":"xx"}');
    broken.set([0xff, 0xfe], broken.length - 4);
    expect(() => decodeAwareness(broken)).to.throw(BadAwareness);
    expect(() => decodeAwareness(Uint8Array.of(255, 255, 255, 255, 15))).to.throw(BadAwareness, 'too many');
  });
});
