import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import type { InspectorServerMessage } from '../../protocol/inspector-socket.ts';
import { HeardFrames } from '../helpers/heard-frames.ts';
import { type TestServer, useServer } from '../helpers/server.ts';
import { YjsClients } from '../helpers/yjs-clients.ts';
import { makePng } from '../render/png-fixture.ts';
import { RoomClient, yBox } from '../sockets/room-client.ts';

const picture = makePng({ width: 30, height: 20, depth: 8, color: 2, sample: () => [1, 2, 3] });

type Figures = Readonly<Record<string, number>>;

const figuresOf = async ({ api }: TestServer): Promise<Figures> => (await api.ok('getMetrics')) as Figures;

/** Resolves once a document is not in memory any more, as the inspector tells who watches it. @returns the watching socket */
async function forgotten({ url }: TestServer, id: string): Promise<WebSocket> {
  const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/debug/actors/stream`);
  const { hear } = new HeardFrames(ws, (data) => JSON.parse(String(data)) as InspectorServerMessage);
  await hear('welcome');
  ws.send(JSON.stringify({ type: 'watch', id }));
  await hear('actor', ({ actor }) => actor === undefined);
  return ws;
}

const enter = ({ url }: TestServer, roomId: string, userId: string): Promise<RoomClient> =>
  new RoomClient(`${url.replace(/^http/, 'ws')}/v1/ws/rooms/${roomId}?userId=${userId}`).caughtUp();

describe('the metrics of rooms', () => {
  // A host that answers when the test says so.
  let answer = (): void => undefined;
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const host = createServer(async (_request, response) => {
    await mayAnswer;
    response.writeHead(200).end(picture);
  });
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
    const before = await figuresOf(server.now);
    expect(before).to.include({ connected_clients: 4, rooms_active: 1 });
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
    const inspector = await forgotten(server.now, roomId);
    // Only the inspector is there.
    expect(await figuresOf(server.now)).to.include({ connected_clients: 1, rooms_active: 0 });
    inspector.terminate();
  });

  it('count an export from when it is asked for until it is done', async () => {
    const { api } = server.now;
    const { port } = host.address() as AddressInfo;
    const imageUrl = `http://127.0.0.1:${port}/picture.png`;
    const { id: roomId } = await api.ok('createRoom', { body: { imageUrl } });
    expect(await figuresOf(server.now)).to.include({ export_jobs_pending: 0, export_time_ms: 0 });
    const listener = await server.now.join(roomId);
    const jobs: string[] = [];
    for (let count = 1; count <= 2; count += 1) {
      const body = { format: 'png', includeComments: false } as const;
      jobs.push((await api.ok('createRoomExport', { path: { roomId }, body })).jobId);
      expect(await figuresOf(server.now)).to.include({ export_jobs_pending: count });
    }
    answer();
    for (const id of jobs) await listener.hearEnd(id);
    const done = await figuresOf(server.now);
    expect(done).to.include({ export_jobs_pending: 0 });
    expect(done['export_time_ms']).to.be.greaterThan(0);
    expect(done['export_duration_ms_count{status="completed"}']).to.equal(2);
    expect(done['export_duration_ms_sum{status="completed"}']).to.be.closeTo(
      2 * (done['export_time_ms'] ?? 0),
      0.01,
    );
  });
});
