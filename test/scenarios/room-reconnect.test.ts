import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { createBox, startTestServer, type TestServer } from '../helpers/server.ts';
import { RoomClient, yBox } from '../sockets/room-client.ts';

/** A snapshot every few events, and few of them kept, so that most of a short log is pruned. */
const PRUNING = { SNAPSHOT_EVENTS: '8', SNAPSHOTS_KEPT: '2' };

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const urlOf = (server: TestServer, roomId: string, query = ''): string =>
  `${server.url.replace(/^http/, 'ws')}/v1/ws/rooms/${roomId}?userId=ann${query}`;
const comeTo = (server: TestServer, roomId: string, query?: string, doc?: Y.Doc): Promise<RoomClient> =>
  new RoomClient(urlOf(server, roomId, query), doc).caughtUp();

type Step = 'draw' | 'move' | 'remove' | 'rest' | 'nothing' | 'version' | 'rename' | 'revert' | 'crowd';

/** One event of a random life. */
async function act(
  server: TestServer,
  client: RoomClient,
  roomId: string,
  what: Step,
  x: number,
): Promise<void> {
  const { api } = server;
  const keys = [...client.annotations.keys()];
  const key = keys[x % Math.max(1, keys.length)];
  const acks = client.of('ack').length;
  const edit = async (change: (annotations: Y.Map<unknown>) => void): Promise<void> => {
    client.edit(change);
    await client.until(() => client.of('ack').length > acks || client.errors.length > 0);
    expect(client.errors).to.deep.equal([]);
  };
  switch (what) {
    case 'draw':
      return edit((annotations) => annotations.set(randomUUID(), yBox(x)));
    case 'crowd':
      return edit((annotations) => {
        for (const n of range(1, 5)) annotations.set(randomUUID(), yBox(x + n));
      });
    case 'move': {
      const entry = client.annotations.get(key ?? '');
      if (entry instanceof Y.Map) {
        await edit(() => entry.set('geometry', { x, y: x, width: 5, height: 5 }));
      }
      return;
    }
    case 'remove':
      if (key !== undefined) await edit((annotations) => annotations.delete(key));
      return;
    case 'nothing':
      // Of another root: counts as an event, but no annotation knows of it.
      return edit(() => client.doc.getMap('notes').set('x', x));
    case 'rest':
      await createBox(server, roomId, x);
      return;
    case 'version':
      await api.ok('createVersion', { body: { document_id: roomId, tag: `v${x}-${randomUUID()}` } });
      return;
    case 'rename':
      await api.ok('updateDocument', { path: { id: roomId }, body: { name: `Plan ${x}` } });
      return;
    case 'revert': {
      const { items } = await api.ok('listVersions', { query: { document_id: roomId } });
      const version = items[x % Math.max(1, items.length)];
      if (version !== undefined) await api.ok('revertVersion', { path: { id: version.id }, body: {} });
    }
  }
}

/** The Y.Doc after each event of a room; those up to the last known stage are taken from there. */
async function stagesOf(
  server: TestServer,
  roomId: string,
  known: readonly Uint8Array[] = [Uint8Array.of(0, 0)],
): Promise<Uint8Array[]> {
  const recorder = await comeTo(server, roomId, `&lastSeq=${known.length - 1}`);
  expect(recorder.of('snapshot')).to.deep.equal([]);
  const doc = new Y.Doc();
  const stages = [...known];
  Y.applyUpdate(doc, known.at(-1) ?? Uint8Array.of(0, 0));
  for (const frame of recorder.frames) {
    if (frame.type === 'update') Y.applyUpdate(doc, Uint8Array.from(frame.update));
    if (frame.type !== 'roomInfo' && 'seq' in frame && frame.seq !== undefined) {
      stages[frame.seq] = Y.encodeStateAsUpdate(doc);
    }
  }
  recorder.drop();
  return stages;
}

/** Comes back after an event. @returns whether it was told only what it had missed */
async function comeBack(
  server: TestServer,
  roomId: string,
  lastSeq: number,
  stages: readonly Uint8Array[],
): Promise<boolean> {
  const head = stages.length - 1;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, stages[Math.min(lastSeq, head)] ?? Uint8Array.of(0, 0));
  const client = await comeTo(server, roomId, `&lastSeq=${lastSeq}`, doc);
  await client.settled();
  const info = await client.hear('roomInfo');
  expect(info.seq).to.equal(head);
  const isTail = client.of('snapshot').length === 0;
  // The update of a revert and what it means are one event.
  const seqs = client.seqs.filter((seq, index, all) => seq !== all[index - 1]);
  expect(seqs, `after ${lastSeq}`).to.deep.equal(isTail ? range(lastSeq + 1, head) : [head]);
  const whole = new Y.Doc();
  Y.applyUpdate(whole, stages[head] ?? Uint8Array.of(0, 0));
  const [mine, theirs] = [doc, whole].map((each) => each.getMap('annotations').toJSON());
  expect(isDeepStrictEqual(mine, theirs), `the document after ${lastSeq}`).to.equal(true);
  expect([...Y.encodeStateVector(doc)].sort()).to.deep.equal([...Y.encodeStateVector(whole)].sort());
  expect(info.stateVector).to.equal(Buffer.from(Y.encodeStateVector(whole)).toString('base64'));
  expect(doc.store.pendingStructs).to.equal(null);
  client.drop();
  return isTail;
}

describe('a room client that comes back', () => {
  const steps = fc.array(
    fc.tuple(
      fc.constantFrom<Step>(
        'draw',
        'draw',
        'move',
        'move',
        'rest',
        'remove',
        'nothing',
        'crowd',
        'version',
        'rename',
        'revert',
      ),
      fc.nat(1_000),
    ),
    { minLength: 45, maxLength: 55 },
  );
  const [life = []] = fc.sample(steps, { numRuns: 1, seed: 20_261_121 });

  it('[DOC-4] with any lastSeq gets exactly what it missed, or all of it, before and after pruning', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'troupe-reconnect-'));
    const env = { DATABASE_URL: `sqlite:///${join(directory, 'rooms.db')}` };
    let server = await startTestServer(env);
    try {
      const { id: roomId } = await server.api.ok('createDocument', { body: { name: 'Plan' } });
      const live = await comeTo(server, roomId);
      for (const [what, x] of life) await act(server, live, roomId, what, x);
      const stages = await stagesOf(server, roomId);
      const head = stages.length - 1;
      expect(head).to.be.greaterThan(30);
      await live.reach(head);
      expect([...new Set(live.seqs)]).to.deep.equal(range(1, head));
      for (const lastSeq of range(0, head + 3)) {
        expect(await comeBack(server, roomId, lastSeq, stages), `${lastSeq}`).to.equal(lastSeq <= head);
      }
      live.drop();
      await server.stop();

      // Events until the log is pruned; then a server that remembers only what is stored.
      server = await startTestServer({ ...env, ...PRUNING });
      const again = await comeTo(server, roomId);
      for (const x of range(1, 20)) await act(server, again, roomId, 'draw', x);
      const more = await stagesOf(server, roomId, stages);
      expect(more.length - 1).to.equal(head + 20);
      again.drop();
      await server.stop();
      server = await startTestServer({ ...env, ...PRUNING });
      const told: boolean[] = [];
      for (const lastSeq of range(0, more.length + 2)) {
        told.push(await comeBack(server, roomId, lastSeq, more));
      }
      const first = told.indexOf(true);
      expect(first, 'the beginning is pruned').to.be.within(head, more.length - 2);
      expect(told).to.deep.equal(told.map((_, seq) => seq >= first && seq < more.length));
    } finally {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    }
  }).timeout(120_000);
});
