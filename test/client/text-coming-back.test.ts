import { expect } from 'chai';
import { ack, bytes, createTextScene, fresh, opsSent, remote, resumed } from './text-scene.ts';

describe('a connection to a text document', () => {
  describe('coming back', () => {
    it('[CLI-2] resumes after the last seq and sends again what was not acknowledged, in order', async () => {
      const { connection, latest, timers, told } = createTextScene().goLive();
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
      const { connection, latest, timers } = createTextScene({ backoff: { baseMs: 1_000, maxMs: 8_000 } });
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
      const { connection, latest, timers } = createTextScene({ backoff: { baseMs: 1_000, maxMs: 8_000 } });
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
        const { connection, latest, sockets } = createTextScene().goLive();
        latest().ends(code);
        expect(connection.status.name).to.equal('waiting');
        connection.retryNow();
        expect([connection.status.name, sockets.length]).to.deep.equal(['connecting', 2]);
      }
    });

    for (const code of [4400, 4404, 4499]) {
      it(`does not come back after ${code}: what was not acknowledged is rejected`, async () => {
        const { connection, latest, timers, sockets } = createTextScene().goLive();
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
      const { connection, latest, timers, sockets } = createTextScene({
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
      const { connection, latest, timers, sockets } = createTextScene({ connectTimeoutMs: 10, pingMs: 100 });
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
      const { connection, latest, timers, sockets, told } = createTextScene().goLive();
      latest().ends(1006);
      timers.pass(1_000);
      latest().says(resumed(0, 0));
      told.length = 0;
      sockets[0]?.says(remote(1));
      sockets[0]?.ends(4404);
      expect([told, connection.status.name]).to.deep.equal([[], 'live']);
    });

    it('does not send a frame for ever that closes the socket as too large', async () => {
      const { connection, latest, timers } = createTextScene().goLive();
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
        const { connection, latest, timers, told, sockets } = createTextScene().goLive();
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
      const { connection, latest, timers } = createTextScene().goLive();
      latest().says(remote(1), remote(3));
      timers.pass(1_000);
      latest().says(resumed(1, 3), remote(3));
      timers.pass(1_000);
      expect(latest().url.searchParams.has('lastSeq')).to.equal(false);
      latest().says({ type: 'state', version: 3, snapshotB64: 'AQ==', headSeq: 3 });
      expect([connection.status.name, connection.lastSeq]).to.deep.equal(['live', 3]);
    });

    it('shows in a stay that goes on at another place than it ended', () => {
      const { connection, latest, timers } = createTextScene().goLive();
      latest().says(remote(1));
      latest().ends(1006);
      timers.pass(1_000);
      latest().says(resumed(2, 2));
      expect(connection.status.name).to.equal('waiting');
    });
  });
});
