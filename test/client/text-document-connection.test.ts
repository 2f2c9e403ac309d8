import { expect } from 'chai';
import { ack, bytes, createTextScene, fresh, opsSent, remote } from './text-scene.ts';

describe('a connection to a text document', () => {
  describe('joining', () => {
    it('says who it is in the address, below the path of the server', () => {
      const { connection, latest } = createTextScene({ displayName: 'Ann B.' });
      connection.join();
      expect(latest().url.href).to.equal(
        'wss://example.com/troupe/ws/documents/d1?userId=ann&displayName=Ann+B.',
      );
    });

    it('is live once the updates up to the head are here', () => {
      const { connection, latest, told } = createTextScene();
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
      const { connection, latest } = createTextScene();
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
      const { connection, latest, told } = createTextScene().goLive();
      latest().saysRaw('{"type":"confetti"}');
      expect([connection.status.name, told]).to.deep.equal(['live', []]);
    });
  });

  describe('sending', () => {
    it('resolves with the seq once the server has it', async () => {
      const { connection, latest } = createTextScene().goLive();
      const sent = connection.send(bytes(1, 2));
      expect(latest().sentOf('update')).to.deep.equal([
        { type: 'update', opId: 'op1', baseVersion: 0, actorId: 'ann', deltaB64: 'AQI=' },
      ]);
      latest().says(ack('op1', 1));
      expect(await sent).to.deep.equal({ opId: 'op1', seq: 1 });
      expect([connection.lastSeq, connection.pendingCount]).to.deep.equal([1, 0]);
    });

    it('waits for the connection, then sends in order', () => {
      const { connection, latest } = createTextScene();
      for (let count = 0; count < 3; count += 1) void connection.send(bytes(count));
      connection.join();
      latest().opens();
      expect(opsSent(latest())).to.deep.equal([]);
      latest().says(fresh(0));
      expect(opsSent(latest())).to.deep.equal(['op1', 'op2', 'op3']);
    });

    it('keeps no more under way than the window', () => {
      const { connection, latest } = createTextScene({ window: 2 }).goLive();
      for (let count = 0; count < 4; count += 1) void connection.send(bytes(count));
      expect(opsSent(latest())).to.deep.equal(['op1', 'op2']);
      latest().says(ack('op1', 1));
      expect(opsSent(latest())).to.deep.equal(['op1', 'op2', 'op3']);
    });

    it('refuses an update over the limit without sending it', async () => {
      const { connection, latest, told } = createTextScene({ maxUpdateBytes: 2 }).goLive();
      const error = await connection.send(bytes(1, 2, 3)).catch((reason: unknown) => reason);
      expect(error).to.include({ code: 'too_large', opId: 'op1' });
      expect([opsSent(latest()), told]).to.deep.equal([[], ['error too_large op1']]);
    });

    it('rejects an update that the server refuses, and goes on with the others', async () => {
      const { connection, latest, told } = createTextScene().goLive();
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
        const { connection, latest, timers } = createTextScene().goLive();
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

  describe('snapshots', () => {
    it('are given at the seq that is here, once the version that was asked for is', () => {
      const { latest } = createTextScene({ snapshot: () => bytes(9) }).goLive();
      latest().says({ type: 'snapshot_request', version: 2 }, remote(1));
      expect(latest().sentOf('snapshot')).to.deep.equal([]);
      latest().says(remote(2), remote(3));
      expect(latest().sentOf('snapshot')).to.deep.equal([
        { type: 'snapshot', version: 2, snapshotB64: 'CQ==' },
      ]);
    });

    it('are not given by a client that has none to give', () => {
      const { latest } = createTextScene({ snapshot: () => undefined }).goLive();
      latest().says({ type: 'snapshot_request', version: 0 });
      expect(latest().sentOf('snapshot')).to.deep.equal([]);
    });
  });

  describe('leaving', () => {
    it('[CLI-9] closes the socket, rejects what is not acknowledged, and leaves no timer behind', async () => {
      const { connection, latest, timers } = createTextScene().goLive();
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
      const { connection, latest, timers } = createTextScene().goLive();
      latest().ends(1006);
      connection.leave();
      expect(timers.waiting).to.equal(0);
    });
  });
});
