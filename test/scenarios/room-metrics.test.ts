import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type TestServer, useServer } from '../helpers/server.ts';
import { YjsClients } from '../helpers/yjs-clients.ts';
import { makePng } from '../render/png-fixture.ts';
import { RoomClient, yBox } from '../sockets/room-client.ts';

const picture = makePng({ width: 30, height: 20, depth: 8, color: 2, sample: () => [1, 2, 3] });

type Figures = Readonly<Record<string, number>>;

const figuresOf = async ({ api }: TestServer): Promise<Figures> => (await api.ok('getMetrics')) as Figures;

/** Asks again until it holds. */
async function until(server: TestServer, holds: (figures: Figures) => boolean): Promise<Figures> {
  for (;;) {
    const figures = await figuresOf(server);
    if (holds(figures)) return figures;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const enter = ({ url }: TestServer, roomId: string, userId: string): Promise<RoomClient> =>
  new RoomClient(`${url.replace(/^http/, 'ws')}/v1/ws/rooms/${roomId}?userId=${userId}`).caughtUp();

describe('the metrics of rooms', () => {
  // A host that answers when the test says so.
  const waiting: ServerResponse[] = [];
  const host = createServer((_request, response) => waiting.push(response));
  before(() => once(host.listen(0, '127.0.0.1'), 'listening'));
  after(() => host.close());
  const server = useServer({ IDLE_SECONDS: '0.1', IMAGE_FETCH_ALLOW: '127.0.0.1' });

  it('tell who is there by any door, what is in memory, and how much is told', async () => {
    const { api } = server.now;
    const { id: roomId } = await api.ok('createRoom', { body: {} });
    const [ann, bob] = [await enter(server.now, roomId, 'ann'), await enter(server.now, roomId, 'bob')];
    const yjs = new YjsClients('y-websocket 3.1', () => server.now.url);
    await yjs.join(roomId);
    const listener = await server.now.join(roomId);
    const before = await until(server.now, ({ connected_clients }) => connected_clients === 4);
    expect(before).to.include({ rooms_active: 1 });
    for (let count = 0; count < 30; count += 1) {
      ann.edit((annotations) => annotations.set(crypto.randomUUID(), yBox(count)));
      await ann.until(() => ann.of('ack').length === count + 1);
    }
    await bob.reach(31);
    await listener.until(({ seqs }) => seqs.at(-1) === 31);
    const { ops_broadcast_per_sec: rate = 0, frames_broadcast_total: total = 0 } = await figuresOf(
      server.now,
    );
    // At least the frames of the listener, which are one for each event.
    expect(total - (before['frames_broadcast_total'] ?? 0)).to.be.at.least(30);
    expect(rate).to.be.at.least(3);
    for (const client of [ann, bob, listener]) client.drop();
    yjs.closeAll();
    const after = await until(server.now, ({ rooms_active }) => rooms_active === 0);
    expect(after).to.include({ connected_clients: 0 });
  }).timeout(30_000);

  it('count an export from when it is asked for until it is done', async () => {
    const { api } = server.now;
    const { port } = host.address() as AddressInfo;
    const imageUrl = `http://127.0.0.1:${port}/picture.png`;
    const { id: roomId } = await api.ok('createRoom', { body: { imageUrl } });
    expect(await figuresOf(server.now)).to.include({ export_jobs_pending: 0, export_time_ms: 0 });
    for (let count = 1; count <= 2; count += 1) {
      await api.ok('createRoomExport', { path: { roomId }, body: { format: 'png', includeComments: false } });
      expect(await figuresOf(server.now)).to.include({ export_jobs_pending: count });
    }
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const response of waiting) response.writeHead(200).end(picture);
    const done = await until(server.now, ({ export_jobs_pending }) => export_jobs_pending === 0);
    expect(done['export_time_ms']).to.be.greaterThan(0);
    expect(done['export_duration_ms_count{status="completed"}']).to.equal(2);
    expect(done['export_duration_ms_sum{status="completed"}']).to.be.closeTo(
      2 * (done['export_time_ms'] ?? 0),
      0.01,
    );
  });
});
