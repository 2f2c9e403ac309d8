import { expect } from 'chai';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { applyRemote } from '../../client/apply-remote.ts';
import { createScene, destroyRooms, update } from './room-scene.ts';

/** What is thrown outside of any call until `act` is over, instead of to the test runner. */
async function thrownBy(act: () => void): Promise<string[]> {
  const heard = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const thrown: string[] = [];
  const hear = (error: Error): number => thrown.push(error.message);
  process.on('uncaughtException', hear);
  try {
    act();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('uncaughtException', hear);
    for (const listener of heard) process.on('uncaughtException', listener);
  }
  return thrown;
}

describe('an observer of the application that fails', () => {
  afterEach(destroyRooms);

  it('[CLI-3] is heard of as such, and is no reason to take the room for broken', async () => {
    const { map, room, latest, sockets, provider, errors } = createScene().goLive();
    map.observe(() => {
      throw new Error('a defect of the application');
    });
    const thrown = await thrownBy(() =>
      update(
        latest(),
        1,
        room.write((entries) => entries.set('a', 1)),
      ),
    );
    expect(thrown).to.deep.equal(['a defect of the application']);
    expect([errors, sockets.length, provider.status.name, provider.lastSeq, map.get('a')]).to.deep.equal([
      [],
      1,
      'live',
      1,
      1,
    ]);
  });

  for (const [what, bytes] of [
    ['no update', [9, 9, 9]],
    ['cut off behind its structs', [0]],
  ] as const) {
    it(`does not hide that bytes are ${what}`, () => {
      const doc = new Y.Doc();
      expect(() => applyRemote(doc, Uint8Array.from(bytes), 'server')).to.throw();
      expect(toBase64(Y.encodeStateAsUpdate(doc))).to.equal(toBase64(Uint8Array.of(0, 0)));
    });
  }
});
