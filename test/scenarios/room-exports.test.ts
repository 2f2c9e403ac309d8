import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createBox, startTestServer, type TestServer } from '../helpers/server.ts';
import { makePng } from '../render/png-fixture.ts';

/** A snapshot every few events, and one of them kept: what is not pinned is soon gone. */
const PRUNING = { SNAPSHOT_EVENTS: '5', SNAPSHOTS_KEPT: '1' };
const TAG = 'before lunch';
const LATER_EDITS = 24;

const picture = makePng({ width: 60, height: 40, depth: 8, color: 2, sample: (x, y) => [x * 4, y * 6, 90] });

/** How the same state is drawn in different ways. */
const PICTURES = [
  { format: 'png', includeComments: true },
  { format: 'png', scale: 2, background: 'transparent' },
  { format: 'jpg', scale: 0.5, dpi: 144 },
] as const;

/** Something of everything that is drawn. */
async function fill({ api }: TestServer, roomId: string): Promise<void> {
  const path = { roomId };
  await api.ok('uploadRoomImage', { path, bytes: picture, headers: { 'Content-Type': 'image/png' } });
  const add = (body: object) =>
    api.ok('createAnnotation', { body: { document_id: roomId, ...body } as never });
  const box = await add({ type: 'box', geometry: { x: 5, y: 5, width: 20, height: 10, rotation: 20 } });
  await add({ type: 'text', geometry: { x: 10, y: 20 }, content: 'Grüße, 世界', style: { font_size: 8 } });
  await add({
    type: 'freehand',
    geometry: {
      points: [
        [1, 1, 0.2],
        [30, 20, 0.9],
        [50, 5, 0.4],
      ],
    },
  });
  await api.ok('createRoomComment', { path, body: { anchor: { annotationId: box.id }, body: 'Why?' } });
  await api.ok('createRoomComment', { path, body: { anchor: { x: 40, y: 30 }, body: 'Here' } });
}

/** Asks for all pictures of the tag and waits for them. */
async function draw(server: TestServer, roomId: string): Promise<Buffer[]> {
  const client = await server.join(roomId);
  const files: Buffer[] = [];
  for (const body of PICTURES) {
    const { jobId } = await server.api.ok('createRoomExport', {
      path: { roomId },
      body: { tag: TAG, ...body },
    });
    expect(await client.hearEnd(jobId)).to.include({ status: 'completed' });
    files.push(await server.api.bytes('downloadExport', { path: { id: jobId } }));
  }
  client.drop();
  return files;
}

/** Edits until the log no longer has what the tag names. */
async function editUntilPruned({ api }: TestServer, roomId: string, seq: number): Promise<void> {
  const { items } = await api.ok('listAnnotations', { query: { document_id: roomId, size: 100 } });
  for (const { id, type } of items)
    if (type !== 'comment') await api.ok('deleteAnnotation', { path: { id } });
  for (let count = 0; count < LATER_EDITS; count += 1) {
    await api.ok('createAnnotation', {
      body: { document_id: roomId, type: 'ellipse', geometry: { x: count, y: 0, width: 9, height: 9 } },
    });
  }
  await api.ok('createRoomSnapshot', { path: { roomId } });
  const firstSeq = async (): Promise<number> =>
    (await api.ok('listRoomEvents', { path: { roomId }, query: { limit: 1 } })).firstSeq;
  while ((await firstSeq()) <= seq) await api.ok('createRoomSnapshot', { path: { roomId } });
}

describe('exports of a room at a tag', () => {
  for (const store of ['memory', 'sqlite'] as const) {
    it(`[ANN-6] [ROOM-22] are the same bytes each time, after edits, after pruning and a restart, with ${store}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'troupe-exports-'));
      const env = {
        ...PRUNING,
        DATABASE_URL: store === 'memory' ? 'memory://' : `sqlite:///${folder}/rooms.db`,
        EXPORTS_DIR: join(folder, 'exports'),
      };
      let server = await startTestServer(env);
      try {
        const { id: roomId } = await server.api.ok('createRoom', { body: {} });
        await fill(server, roomId);
        const { seq } = await server.api.ok('createRoomVersion', { path: { roomId }, body: { tag: TAG } });
        const first = await draw(server, roomId);
        expect(first.map(({ length }) => length > 100)).to.deep.equal([true, true, true]);
        const expectSame = async (when: string): Promise<void> => {
          const again = await draw(server, roomId);
          for (const [index, bytes] of again.entries()) {
            expect(bytes.equals(first[index] ?? Buffer.alloc(0)), `picture ${index} ${when}`).to.equal(true);
          }
        };
        await expectSame('at once');
        await createBox(server, roomId, 7);
        await expectSame('after an edit');
        await editUntilPruned(server, roomId, seq);
        await expectSame('after pruning');
        if (store === 'sqlite') {
          await server.shutDown();
          server = await startTestServer(env);
          await expectSame('after a restart');
        }
      } finally {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      }
    }).timeout(120_000);
  }
});
