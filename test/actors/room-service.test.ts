import { expect } from 'chai';
import type { OperationId } from '../../protocol/ids.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { createRooms } from '../helpers/rooms.ts';
import { ALICE } from '../helpers/runtime.ts';

describe('a version of a past state', () => {
  it('[DOC-3] [ROOM-22] is answered again to a retry, also once that state is no longer kept', async () => {
    const { rooms } = createRooms({ limits: { snapshotEvents: 2, snapshotsKept: 1 } });
    const { id } = await rooms.createRoom({ name: 'Attic' }, ALICE);
    const caller = { ...ALICE, operationId: 'tag it' as OperationId };
    await rooms.updateRoom(id, { name: 'Cellar' }, ALICE);
    const made = await rooms.createVersion(id, { tag: 'old', seq: 2 }, caller);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await rooms.updateRoom(id, { name }, ALICE);
    await rooms.createSnapshot(id);
    const gone = { ...caller, operationId: 'another' as OperationId };
    const refused = await rooms.createVersion(id, { tag: 'other', seq: 4 }, gone).catch(({ code }) => code);
    expect(refused).to.equal('state_gone');
    // The same operation, of a state that is not kept: what counts is what it did.
    expect(await rooms.createVersion(id, { tag: 'old', seq: 4 }, caller)).to.deep.equal(made);
  });
});

describe('the list of rooms', () => {
  it('[ROOM-20] wakes none of them, and says the same of them as each does itself', async () => {
    const store = new MemoryStore();
    const before = createRooms({ store });
    const made = await before.rooms.createRoom({ name: 'Attic' }, ALICE);
    await before.rooms.updateRoom(made.id, { name: 'Cellar' }, ALICE);
    await before.rooms.createSnapshot(made.id);
    await before.rooms.createRoom({ name: 'Hall', width: 10, height: 20 }, ALICE);
    await before.runtime.documents.stop();
    const after = createRooms({ store });
    const { items, total } = await after.rooms.listRooms({ page: 1, size: 10, includeDeleted: false });
    expect(after.runtime.documents.size).to.equal(0);
    expect(total).to.equal(2);
    for (const room of items) expect(await after.rooms.getRoom(room.id, false)).to.deep.equal(room);
    expect(items.find(({ id }) => id === made.id)).to.include({ name: 'Cellar', seq: 2, snapshotSeq: 2 });
  });
});
