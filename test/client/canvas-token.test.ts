import { expect } from 'chai';
import type { CanvasFetch } from '../../client/canvas-bitmap.ts';
import { createCanvasScene, turn } from './canvas-scene.ts';

const answer = (status: number, body: object): Awaited<ReturnType<CanvasFetch>> => ({
  ok: status < 400,
  status,
  headers: { get: () => null },
  text: () => Promise.resolve(JSON.stringify(body)),
  arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)),
});

/** As many as the steps of a question to the server take. */
async function turns(): Promise<void> {
  for (let n = 0; n < 10; n += 1) await turn();
}

describe('the token of a canvas connection', () => {
  it('is replaced where attempts are quicker than the question why they failed', async () => {
    const refuse: (() => void)[] = [];
    const fetch: CanvasFetch = (url) =>
      url.endsWith('/v1/sessions')
        ? new Promise((resolve) => refuse.push(() => resolve(answer(401, { code: 'unauthorized' }))))
        : Promise.resolve(answer(200, {}));
    let current = 'dead';
    const token = (refused?: string): string => {
      if (refused === current) current = 'fresh';
      return current;
    };
    const scene = createCanvasScene({ asksServer: true, fetch, token });
    scene.connection.join();
    await turns();
    for (const attempt of [1, 2]) {
      scene.latest().ends(1006);
      await turns();
      expect(refuse).to.have.length(attempt);
      if (attempt === 1) scene.timers.pass(1_000);
      await turns();
    }
    for (const say of refuse) say();
    await turns();
    expect(scene.connection.status.name).to.equal('waiting');
    scene.timers.pass(10_000);
    await turns();
    expect(scene.latest().url.searchParams.get('token')).to.equal('fresh');
    expect(scene.told).to.deep.equal([]);
  });
});
