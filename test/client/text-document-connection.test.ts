import { expect } from 'chai';
import { toBase64 } from 'lib0/buffer';
import type { TextConnectionOptions } from '../../client/text-connection-options.ts';
import { TextDocumentConnection } from '../../client/text-document-connection.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import { FakeTimers } from './fake-timers.ts';
import { type FakeWebSocket, fakeNetwork } from './fake-web-socket.ts';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);

/** The state that a document without a snapshot begins with. */
const fresh = (headSeq: number): TextServerMessage => ({
  type: 'state',
  version: 0,
  snapshotB64: '',
  headSeq,
});
const resumed = (version: number, headSeq: number): TextServerMessage => ({
  type: 'state',
  version,
  snapshotB64: null,
  headSeq,
});
const remote = (seq: number): TextServerMessage => ({
  type: 'remote_update',
  seq,
  deltaB64: toBase64(bytes(seq)),
  actorId: 'bob',
});
const ack = (opId: string, seq: number): TextServerMessage => ({ type: 'ack', opId, seq });

/** A connection on a fake network; operations are called op1, op2, ... */
function createScene(options: Partial<TextConnectionOptions> = {}) {
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

const opsSent = (socket: FakeWebSocket<TextServerMessage>): unknown[] =>
  socket.sentOf('update').map(({ opId }) => opId);

describe('a connection to a text document', () => {
  describe('joining', () => {
    it('says who it is in the address, below the path of the server', () => {
      const { connection, latest } = createScene({ displayName: 'Ann B.' });
      connection.join();
      expect(latest().url.href).to.equal(
        'wss://example.com/troupe/ws/documents/d1?userId=ann&displayName=Ann+B.',
      );
    });

    it('is live once the updates up to the head are here', () => {
      const { connection, latest, told } = createScene();
      connection.join();
      latest().says(fresh(2), remote(1), remote(2), remote(3));
      expect(told).to.deep.equal([
        'connecting',
        'catching-up',
        'state 0',
        'update 1',
        'update 2',
        'live',
        'update 3',
      ]);
      expect(connection.lastSeq).to.equal(3);
    });

    it('gives the bytes of snapshot and updates as they were sent', () => {
      const { connection, latest } = createScene();
      const heard: unknown[] = [];
      connection.on('state', (state) => heard.push(state));
      connection.on('remoteUpdate', (update) => heard.push(update));
      connection.join();
      latest().says({ type: 'state', version: 4, snapshotB64: '/wA=', headSeq: 5 }, remote(5));
      expect(heard).to.deep.equal([
        { snapshot: bytes(255, 0), version: 4, headSeq: 5 },
        { seq: 5, update: bytes(5), actorId: 'bob' },
      ]);
    });

    it('passes over messages of a server that is newer than the client', () => {
      const { connection, latest, told } = createScene().goLive();
      latest().saysRaw('{"type":"confetti"}');
      expect([connection.status.name, told]).to.deep.equal(['live', []]);
    });
  });

  describe('sending', () => {
    it('resolves with the seq once the server has it', async () => {
      const { connection, latest } = createScene().goLive();
      const sent = connection.send(bytes(1, 2));
      expect(latest().sentOf('update')).to.deep.equal([
        { type: 'update', opId: 'op1', baseVersion: 0, actorId: 'ann', deltaB64: 'AQI=' },
      ]);
      latest().says(ack('op1', 1));
      expect(await sent).to.deep.equal({ opId: 'op1', seq: 1 });
      expect([connection.lastSeq, connection.pendingCount]).to.deep.equal([1, 0]);
    });

    it('waits for the connection, then sends in order', () => {
      const { connection, latest } = createScene();
      for (let count = 0; count < 3; count += 1) void connection.send(bytes(count));
      connection.join();
      latest().opens();
      expect(opsSent(latest())).to.deep.equal([]);
      latest().says(fresh(0));
      expect(opsSent(latest())).to.deep.equal(['op1', 'op2', 'op3']);
    });

    it('keeps no more under way than the window', () => {
      const { connection, latest } = createScene({ window: 2 }).goLive();
      for (let count = 0; count < 4; count += 1) void connection.send(bytes(count));
      expect(opsSent(latest())).to.deep.equal(['op1', 'op2']);
      latest().says(ack('op1', 1));
      expect(opsSent(latest())).to.deep.equal(['op1', 'op2', 'op3']);
    });

    it('refuses an update over the limit without sending it', async () => {
      const { connection, latest, told } = createScene({ maxUpdateBytes: 2 }).goLive();
      const error = await connection.send(bytes(1, 2, 3)).catch((reason: unknown) => reason);
      expect(error).to.include({ code: 'too_large', opId: 'op1' });
      expect([opsSent(latest()), told]).to.deep.equal([[], ['error too_large op1']]);
    });

    it('rejects an update that the server refuses, and goes on with the others', async () => {
      const { connection, latest, told } = createScene().goLive();
      const [bad, good] = [connection.send(bytes(1)), connection.send(bytes(2))];
      latest().says({ type: 'error', code: 'bad_update', message: 'no', opId: 'op1' }, ack('op2', 1));
      expect(await bad.catch((reason: unknown) => reason)).to.include({ code: 'bad_update', opId: 'op1' });
      expect(await good).to.deep.equal({ opId: 'op2', seq: 1 });
      expect(told).to.deep.equal(['error bad_update op1', 'ack op2 1']);
    });

    for (const refusal of [
      { code: 'unavailable' as const, opId: 'op1' },
      { code: 'rate_limited' as const },
    ]) {
      it(`[CLI-5] sends everything again after a pause where the server said ${refusal.code}`, () => {
        const { connection, latest, timers } = createScene().goLive();
        void connection.send(bytes(1));
        void connection.send(bytes(2));
        latest().says({ type: 'error', message: 'not now', ...refusal });
        void connection.send(bytes(3));
        expect(opsSent(latest())).to.deep.equal(['op1', 'op2']);
        timers.pass(1_000);
        expect(opsSent(latest())).to.deep.equal(['op1', 'op2', 'op1', 'op2', 'op3']);
      });
    }
  });

  describe('coming back', () => {
    it('[CLI-2] resumes after the last seq and sends again what was not acknowledged, in order', async () => {
      const { connection, latest, timers, told } = createScene().goLive();
      const [first, second] = [connection.send(bytes(1)), connection.send(bytes(2))];
      latest().says(ack('op1', 1));
      latest().ends(1006);
      void connection.send(bytes(3));
      timers.pass(1_000);
      expect(latest().url.searchParams.get('lastSeq')).to.equal('1');
      latest().says(resumed(1, 2), remote(2));
      expect(opsSent(latest())).to.deep.equal(['op2', 'op3']);
      // It had arrived the first time: it came back as somebody's, and now it is acknowledged at its old seq.
      latest().says(ack('op2', 2), ack('op3', 3));
      expect([await first, await second]).to.deep.equal([
        { opId: 'op1', seq: 1 },
        { opId: 'op2', seq: 2 },
      ]);
      expect(told).to.deep.equal([
        'ack op1 1',
        'waiting',
        'connecting',
        'catching-up',
        'state 1 resumed',
        'update 2',
        'live',
        'ack op2 2',
        'ack op3 3',
      ]);
    });

    it('waits longer after each failure, and begins anew after a stay that lasted', () => {
      const { connection, latest, timers } = createScene({ backoff: { baseMs: 1_000, maxMs: 8_000 } });
      const delays: number[] = [];
      connection.on('status', (status) => {
        if (status.name === 'waiting') delays.push(status.delayMs);
      });
      connection.join();
      for (let count = 0; count < 5; count += 1) {
        latest().ends(1006);
        timers.pass(4_000);
      }
      latest().says(fresh(0));
      timers.pass(5_000);
      latest().ends(1013);
      expect(delays).to.deep.equal([500, 1_000, 2_000, 4_000, 4_000, 500]);
    });

    it('does not take a server that falls over at once for a success', () => {
      const { connection, latest, timers } = createScene({ backoff: { baseMs: 1_000, maxMs: 8_000 } });
      const delays: number[] = [];
      connection.on('status', (status) => {
        if (status.name === 'waiting') delays.push(status.delayMs);
      });
      connection.join();
      for (let count = 0; count < 3; count += 1) {
        latest().says(connection.lastSeq === 0 && count === 0 ? fresh(0) : resumed(0, 0));
        latest().ends(1011);
        timers.pass(4_000);
      }
      expect(delays).to.deep.equal([500, 1_000, 2_000]);
    });

    it('comes back after every close code that may pass, at once when it is told to', () => {
      for (const code of [1000, 1001, 1006, 1008, 1009, 1011, 1013, 4500]) {
        const { connection, latest, sockets } = createScene().goLive();
        latest().ends(code);
        expect(connection.status.name).to.equal('waiting');
        connection.retryNow();
        expect([connection.status.name, sockets.length]).to.deep.equal(['connecting', 2]);
      }
    });

    for (const code of [4400, 4404, 4499]) {
      it(`does not come back after ${code}: what was not acknowledged is rejected`, async () => {
        const { connection, latest, timers, sockets } = createScene().goLive();
        const sent = connection.send(bytes(1));
        latest().ends(code, 'gone');
        timers.pass(1e6);
        expect([connection.status.name, sockets.length]).to.deep.equal(['closed', 1]);
        const error = await sent.catch((reason: unknown) => reason);
        expect(error).to.include({ code: code === 4404 ? 'not_found' : 'refused', opId: 'op1' });
        const later = await connection.send(bytes(2)).catch((reason: unknown) => reason);
        expect(later).to.include({ opId: 'op2' });
      });
    }

    it('asks whether the document is gone where the handshake failed, and stays away if it is', async () => {
      const answers = [false, true];
      const { connection, latest, timers, sockets } = createScene({
        isGone: () => Promise.resolve(answers.shift() ?? false),
      });
      connection.join();
      latest().ends(1006);
      await Promise.resolve();
      timers.pass(1_000);
      expect(sockets).to.have.lengthOf(2);
      latest().ends(1006);
      const failure = await connection.whenLive().catch((error: unknown) => error);
      expect(failure).to.include({ code: 'not_found' });
      timers.pass(1e6);
      expect(sockets).to.have.lengthOf(2);
    });

    it('gives up a socket on which nothing comes, before and after the first message', () => {
      const { connection, latest, timers, sockets } = createScene({ connectTimeoutMs: 10, pingMs: 100 });
      connection.join();
      timers.pass(10);
      expect([connection.status.name, sockets[0]?.closed?.code]).to.deep.equal(['waiting', 4900]);
      connection.retryNow();
      latest().says(fresh(0));
      timers.pass(100);
      expect(latest().sentOf('ping')).to.have.lengthOf(1);
      latest().says({ type: 'pong', serverTs: 0 });
      timers.pass(100);
      expect(latest().sentOf('ping')).to.have.lengthOf(2);
      timers.pass(100);
      expect(connection.status.name).to.equal('waiting');
    });

    it('hears nothing more from a socket that it gave up', () => {
      const { connection, latest, timers, sockets, told } = createScene().goLive();
      latest().ends(1006);
      timers.pass(1_000);
      latest().says(resumed(0, 0));
      told.length = 0;
      sockets[0]?.says(remote(1));
      sockets[0]?.ends(4404);
      expect([told, connection.status.name]).to.deep.equal([[], 'live']);
    });

    it('does not send a frame for ever that closes the socket as too large', async () => {
      const { connection, latest, timers } = createScene().goLive();
      const sent = [1, 2, 3].map((value) => connection.send(bytes(value)));
      latest().ends(1009);
      timers.pass(1_000);
      latest().says(resumed(0, 0));
      expect(opsSent(latest())).to.deep.equal(['op1']);
      latest().says(ack('op1', 1));
      expect(opsSent(latest())).to.deep.equal(['op1', 'op2']);
      latest().ends(1009);
      timers.pass(1_000);
      latest().says(resumed(1, 1), ack('op3', 2));
      const [first, second, third] = await Promise.allSettled(sent);
      expect([first?.status, second?.status, third?.status]).to.deep.equal([
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
    });
  });

  describe('a hole in the log', () => {
    for (const [what, message] of [
      ['an update that is missing', remote(3)],
      ['an update that comes twice', remote(1)],
      ['an ack beyond an update that is missing', ack('op1', 3)],
    ] as const) {
      it(`[CLI-3] makes it come back for what is missing: ${what}`, () => {
        const { connection, latest, timers, told, sockets } = createScene().goLive();
        void connection.send(bytes(1));
        latest().says(remote(1), message);
        expect(told).to.deep.equal(['update 1', 'error gap', 'waiting']);
        expect(sockets[0]?.closed?.code).to.equal(4900);
        timers.pass(1_000);
        expect(latest().url.searchParams.get('lastSeq')).to.equal('1');
        latest().says(resumed(1, 3), remote(2), remote(3));
        expect([connection.status.name, connection.lastSeq]).to.deep.equal(['live', 3]);
      });
    }

    it('makes it take the whole state where the same hole shows again', () => {
      const { connection, latest, timers } = createScene().goLive();
      latest().says(remote(1), remote(3));
      timers.pass(1_000);
      latest().says(resumed(1, 3), remote(3));
      timers.pass(1_000);
      expect(latest().url.searchParams.has('lastSeq')).to.equal(false);
      latest().says({ type: 'state', version: 3, snapshotB64: 'AQ==', headSeq: 3 });
      expect([connection.status.name, connection.lastSeq]).to.deep.equal(['live', 3]);
    });

    it('shows in a stay that goes on at another place than it ended', () => {
      const { connection, latest, timers } = createScene().goLive();
      latest().says(remote(1));
      latest().ends(1006);
      timers.pass(1_000);
      latest().says(resumed(2, 2));
      expect(connection.status.name).to.equal('waiting');
    });
  });

  describe('snapshots', () => {
    it('are given at the seq that is here, once the version that was asked for is', () => {
      const { latest } = createScene({ snapshot: () => bytes(9) }).goLive();
      latest().says({ type: 'snapshot_request', version: 2 }, remote(1));
      expect(latest().sentOf('snapshot')).to.deep.equal([]);
      latest().says(remote(2), remote(3));
      expect(latest().sentOf('snapshot')).to.deep.equal([
        { type: 'snapshot', version: 2, snapshotB64: 'CQ==' },
      ]);
    });

    it('are not given by a client that has none to give', () => {
      const { latest } = createScene({ snapshot: () => undefined }).goLive();
      latest().says({ type: 'snapshot_request', version: 0 });
      expect(latest().sentOf('snapshot')).to.deep.equal([]);
    });
  });

  describe('leaving', () => {
    it('[CLI-9] closes the socket, rejects what is not acknowledged, and leaves no timer behind', async () => {
      const { connection, latest, timers } = createScene().goLive();
      const sent = connection.send(bytes(1));
      connection.leave();
      expect(await sent.catch((reason: unknown) => reason)).to.include({ code: 'left' });
      expect([latest().closed?.code, timers.waiting, connection.status.name]).to.deep.equal([
        1000,
        0,
        'closed',
      ]);
    });

    it('leaves no timer behind while it waits to come back', () => {
      const { connection, latest, timers } = createScene().goLive();
      latest().ends(1006);
      connection.leave();
      expect(timers.waiting).to.equal(0);
    });
  });
});
