import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { SOCKET_LIMITS } from '../../http/sockets/limits.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const READERS = 100;
const STALLED = 3;
const UPDATE_BYTES = 96 * 1024;
const UPDATES = 160;
/** Sent before the sender waits for an ack: much for one turn of the server, little against the backlog. */
const WINDOW = 4;
/** An update as a frame: base64, and what is around it. */
const FRAME_BYTES = Math.ceil(UPDATE_BYTES / 3) * 4 + 1024;

/** Where the seq stands, so that 2 GB of frames need not be parsed. */
const SEQ = /"seq":(\d+)/;

/** A reader that keeps only the numbers of what it hears. */
class Reader {
  readonly ws: WebSocket;
  readonly seqs: number[] = [];
  readonly closed: Promise<number>;
  #heard: () => void = () => undefined;

  constructor(url: string) {
    this.ws = new WebSocket(url, { perMessageDeflate: false });
    this.ws.on('message', (data: Buffer) => {
      const seq = SEQ.exec(data.toString('latin1', 0, 200))?.[1];
      if (seq !== undefined) this.seqs.push(Number(seq));
      this.#heard();
    });
    this.closed = once(this.ws, 'close').then(([code]) => code as number);
  }

  async until(seq: number): Promise<void> {
    while ((this.seqs.at(-1) ?? 0) < seq) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('a hundred readers of a text document, of whom some stall', () => {
  let server: TestServer;
  const ends: Socket[] = [];
  const accepted = (message: unknown): void => {
    ends.push((message as { readonly socket: Socket }).socket);
  };
  before(async () => {
    server = await startTestServer({ LOG_LEVEL: 'info' });
    subscribe('net.server.socket', accepted);
  });
  after(async () => {
    unsubscribe('net.server.socket', accepted);
    await server.stop();
  });

  it('[TEXT-15] cost the server a bounded backlog each; the others get all, in order; they come back for the rest', async () => {
    const { id } = await server.api.ok('createTextDocument', { body: { title: 'Long' } });
    const url = `${server.url.replace('http', 'ws')}/ws/documents/${id}`;
    const open = async (userId: string, query = ''): Promise<Reader> => {
      const reader = new Reader(`${url}?userId=${userId}${query}`);
      await reader.until(1); // the event that made the document
      return reader;
    };
    const readers = await Promise.all(range(1, READERS).map((n) => open(`reader ${n}`)));
    const stalled = readers.slice(0, STALLED);
    const reading = readers.slice(STALLED);
    for (const { ws } of stalled) ws.pause();

    const sender = await open('sender');
    const given = () => server.lines.filter(({ msg }) => msg === 'slow reader closed');
    let mostWaiting = 0;
    for (const n of range(1, UPDATES)) {
      const deltaB64 = Buffer.alloc(UPDATE_BYTES, n).toString('base64');
      sender.ws.send(JSON.stringify({ type: 'update', opId: `op ${n}`, deltaB64 }));
      if (n % WINDOW === 0) await sender.until(n + 1);
      mostWaiting = Math.max(mostWaiting, ...ends.map(({ writableLength }) => writableLength));
      // In time to hear why: one that does not answer the close is cut after some seconds.
      if (given().length === STALLED) for (const { ws } of stalled) ws.resume();
    }
    const head = UPDATES + 1;
    await Promise.all([sender, ...reading].map((reader) => reader.until(head)));

    for (const { seqs } of [sender, ...reading]) expect(seqs).to.deep.equal(range(1, head));
    expect(mostWaiting).to.be.within(1, SOCKET_LIMITS.backlogBytes + FRAME_BYTES);
    expect(given().map(({ user }) => user)).to.have.members(['reader 1', 'reader 2', 'reader 3']);
    for (const line of given()) expect(line['waiting']).to.be.at.most(SOCKET_LIMITS.backlogBytes);

    for (const { seqs, closed } of stalled) {
      expect(await closed).to.equal(1013);
      const last = seqs.at(-1) ?? 0;
      expect(last).to.be.within(1, head - 1);
      expect(seqs).to.deep.equal(range(1, last));
      const back = new Reader(`${url}?userId=back&lastSeq=${last}`);
      await back.until(head);
      expect(back.seqs).to.deep.equal(range(last + 1, head));
      back.ws.terminate();
    }
    for (const { ws } of [sender, ...reading]) ws.terminate();
  }).timeout(120_000);
});
