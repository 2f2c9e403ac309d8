import { expect } from 'chai';
import type * as Y from 'yjs';
import { createAnnotation } from '../../client/annotations/create.ts';
import { listAnnotations } from '../../client/annotations/read.ts';
import { moveAnnotations } from '../../client/annotations/transform.ts';
import type { Annotation } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { Random } from '../../tools/soak/random.ts';
import { ProviderMember } from '../../tools/soak/rooms/provider-member.ts';
import { RealtimeReader } from '../../tools/soak/rooms/realtime-reader.ts';
import { RoomLedger } from '../../tools/soak/rooms/room-ledger.ts';
import { comparableOf, projectionOf, readRoom } from '../../tools/soak/rooms/room-view.ts';
import { YjsMember } from '../../tools/soak/rooms/yjs-member.ts';
import { type Fault, FaultyStore } from '../helpers/faulty-store.ts';
import { createBox, startTestServer } from '../helpers/server.ts';

/** What each who draws has under way when the room crashes. */
const FRAMES = 5;
const LOOK_MS = 10;

const draw = (doc: Y.Doc, x: number): string =>
  createAnnotation(doc, { type: 'box', geometry: { x, y: 0, width: 10, height: 10 } });

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

const CRASHES: readonly (readonly [string, readonly Fault[]])[] = [
  ['before anything was stored', ['refuse']],
  ['after it was stored, without an answer', ['lose-answer']],
  ['twice in a row', ['refuse', 'lose-answer']],
  ['of nothing but a disk that is slow', ['hang']],
];

describe('a room that crashes in the middle, with clients of all doors and edits under way', () => {
  for (const [how, faults] of CRASHES) {
    it(`[ROOM-11] [YJS-7] leaves everybody equal to its log: ${how}`, async () => {
      let store: FaultyStore | undefined;
      const server = await startTestServer({}, (inner) => {
        store = new FaultyStore(inner);
        return store;
      });
      const { id: roomId } = await server.api.ok('createRoom', { body: {} });
      const ledger = new RoomLedger();
      const place = (name: string) => ({ url: server.url, roomId, name });
      const providers = ['ann', 'bob'].map((name) => new ProviderMember(place(name), ledger, new Random(1)));
      const yjs = [
        new YjsMember(place('carl'), 'y-websocket 3.1', new Random(2)),
        new YjsMember(place('dora'), 'y-websocket 2.1', new Random(3)),
      ];
      const reader = new RealtimeReader(place('reader'), ledger);
      const members = [...providers, ...yjs];
      try {
        await until(() => [...members, reader].every(({ isSettled }) => isSettled));
        for (const fault of faults) store?.failNext(fault, roomId as DocumentId);
        for (let frame = 0; frame < FRAMES; frame += 1) {
          for (const [index, { doc }] of members.entries()) {
            const id = draw(doc, 100 * index + frame);
            moveAnnotations(doc, id, { x: 1, y: 1 });
          }
        }
        // What REST asks for meanwhile is answered, or refused as unavailable: then nobody knows.
        const asking = server.api.send('createAnnotation', {
          body: { document_id: roomId, type: 'text', geometry: { x: 1, y: 1 }, content: 'by REST' },
        });
        await until(() => store?.hasFailed === true);
        store?.release();
        expect((await asking).status).to.be.oneOf([201, 503]);

        await until(() => members.every(({ isSettled }) => isSettled));
        const last = await createBox(server, roomId);
        await until(() => members.every(({ doc }) => listAnnotations(doc).some(({ id }) => id === last.id)));
        const drawn = members.length * FRAMES;
        await until(() => members.every(({ doc }) => listAnnotations(doc).length > drawn));
        const { seq } = await server.api.ok('getRoom', { path: { roomId } });
        await until(() => reader.lastSeq >= seq && reader.isSettled);

        const log = await readRoom(place('late'), ledger);
        for (const { name, doc } of members) {
          expect(doc.getMap('annotations').toJSON(), name).to.deep.equal(log.getMap('annotations').toJSON());
          expect(doc.store.pendingStructs, name).to.equal(null);
        }
        const { items } = await server.api.ok('listAnnotations', {
          query: { document_id: roomId, size: 100 },
        });
        expect(comparableOf(items, log)).to.deep.equal(projectionOf(log));
        const byId = (annotations: readonly Annotation[]) => new Map(annotations.map((one) => [one.id, one]));
        expect(byId(reader.annotations)).to.deep.equal(byId(items));
        expect(items.filter(({ type }) => type === 'box')).to.have.lengthOf(drawn + 1);
        expect(ledger.violations).to.deep.equal([]);
        const crashes = server.lines.filter(({ msg }) => msg === 'document crashed').length;
        expect(crashes).to.equal(faults.filter((fault) => fault !== 'hang').length);
        log.destroy();
      } finally {
        for (const member of [...members, reader]) member.leave();
        ledger.destroy();
        await server.stop();
      }
    }).timeout(120_000);
  }
});
