import { toBase64 } from 'lib0/buffer';
import type { TextConnectionOptions } from '../../client/text-connection-options.ts';
import { TextDocumentConnection } from '../../client/text-document-connection.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import { FakeTimers } from './fake-timers.ts';
import { type FakeWebSocket, fakeNetwork } from './fake-web-socket.ts';

export const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);

/** The state that a document without a snapshot begins with. */
export const fresh = (headSeq: number): TextServerMessage => ({
  type: 'state',
  version: 0,
  snapshotB64: '',
  headSeq,
});
/** The state of a stay that goes on. */
export const resumed = (version: number, headSeq: number): TextServerMessage => ({
  type: 'state',
  version,
  snapshotB64: null,
  headSeq,
});
export const remote = (seq: number): TextServerMessage => ({
  type: 'remote_update',
  seq,
  deltaB64: toBase64(bytes(seq)),
  actorId: 'bob',
});
export const ack = (opId: string, seq: number): TextServerMessage => ({ type: 'ack', opId, seq });

/** A connection on a fake network; operations are called op1, op2, ... */
export function createTextScene(options: Partial<TextConnectionOptions> = {}) {
  const timers = new FakeTimers();
  const { WebSocket, sockets } = fakeNetwork<TextServerMessage>();
  const told: string[] = [];
  let made = 0;
  const connection = new TextDocumentConnection({
    url: 'https://example.com/troupe',
    documentId: 'd1',
    userId: 'ann',
    WebSocket,
    timers,
    random: () => 0.5,
    newOpId: () => `op${++made}`,
    isGone: () => Promise.resolve(false),
    ...options,
  });
  connection.on('status', ({ name }) => told.push(name));
  connection.on('state', ({ version, snapshot }) =>
    told.push(`state ${version}${snapshot === null ? ' resumed' : ''}`),
  );
  connection.on('remoteUpdate', ({ seq }) => told.push(`update ${seq}`));
  connection.on('ack', ({ opId, seq }) => told.push(`ack ${opId} ${seq}`));
  connection.on('error', ({ code, opId }) =>
    told.push(`error ${code}${opId === undefined ? '' : ` ${opId}`}`),
  );
  const latest = (): FakeWebSocket<TextServerMessage> => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket yet');
    return socket;
  };
  const scene = { timers, sockets, told, connection, latest };
  return {
    ...scene,
    /** Joins and catches up with a document that has nothing. */
    goLive() {
      connection.join();
      latest().opens();
      latest().says(fresh(0));
      told.length = 0;
      return scene;
    },
  };
}

/** Operations that the client sent on a socket, in order. */
export const opsSent = (socket: FakeWebSocket<TextServerMessage>): unknown[] =>
  socket.sentOf('update').map(({ opId }) => opId);
