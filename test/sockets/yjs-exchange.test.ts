import { expect } from 'chai';
import { pino } from 'pino';
import { StayLog } from '../../http/sockets/stay-log.ts';
import { YjsExchange } from '../../http/sockets/yjs-exchange.ts';
import { MAX_VECTOR_BYTES, YJS_LIMITS } from '../../http/sockets/yjs-limits.ts';
import type { ConnectionId, DocumentId, UserId } from '../../protocol/ids.ts';
import { FakeClock } from './fake-clock.ts';

/** An exchange with a document that remembers what it was compared with. */
function openExchange() {
  const clock = new FakeClock();
  const [documentId, connectionId, userId] = ['d' as DocumentId, 'c' as ConnectionId, 'ann' as UserId];
  const compared: Uint8Array[] = [];
  const exchange = new YjsExchange({
    replica: {
      difference: async (stateVector) => {
        compared.push(stateVector);
        return { updates: [], stateVector: Uint8Array.of(0) };
      },
      stateVector: async () => Uint8Array.of(0),
      merge: async () => undefined,
    },
    door: { frameDifference: (updates) => [...updates] },
    limits: YJS_LIMITS.annotation,
    clock,
    log: new StayLog(pino({ level: 'silent' }), clock, { documentId, connectionId, userId }),
    caller: { by: userId, connectionId },
    tell: () => undefined,
    onRefused: () => undefined,
    close: () => undefined,
  });
  return { exchange, compared };
}

describe('the exchange with a client of y-websocket', () => {
  it('[YJS-7] begins anew where the client began, and nothing of its message is kept but that', () => {
    const { exchange, compared } = openExchange();
    const message = Uint8Array.of(9, 9, 1, 7, 3, 9);
    exchange.answer(message.subarray(2, 5));
    exchange.answer(Uint8Array.of(0));
    exchange.resync();
    const [, , again] = compared;
    expect(again).to.deep.equal(Uint8Array.of(1, 7, 3));
    expect(again?.buffer.byteLength).to.equal(3);
  });

  it('[YJS-8] does not keep a vector that is too long to be read', () => {
    const { exchange, compared } = openExchange();
    exchange.answer(new Uint8Array(MAX_VECTOR_BYTES + 1).fill(1));
    exchange.resync();
    expect(compared[1]).to.deep.equal(Uint8Array.of(0));
  });
});
