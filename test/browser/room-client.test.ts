import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Annotation, Page as ListPage } from '../../protocol/entities.ts';
import { describeClient } from './client-pages.ts';

/** What an application that draws would do; `window.room` is what a test reaches. */
const CANVAS = `
  import * as Y from 'yjs';
  import * as client from '/client/index.js';

  const parameters = new URLSearchParams(location.search);
  const url = parameters.get('server');
  const roomId = parameters.get('room') ?? (await new client.RoomsApi(url).create({ name: 'Sketch' })).id;
  const doc = new Y.Doc();
  const provider = new client.RoomProvider(doc, {
    url,
    roomId,
    userId: parameters.get('user'),
    backoff: { baseMs: 20, maxMs: 100 },
  });
  // Clocks of two pages of one machine are the same.
  const arrivals = new Map();
  client.observeAnnotations(doc, ({ ids, isLocal }) => {
    if (!isLocal) for (const id of ids) if (!arrivals.has(id)) arrivals.set(id, Date.now());
  });
  Object.assign(window, { ...client, roomId, doc, provider, arrivals });
  await provider.whenSynced();
  window.isReady = true;
`;
const STROKES = 20;

interface Drawn {
  readonly id: string;
  readonly at: number;
}

describeClient('the client of rooms in a browser', CANVAS, (pages) => {
  async function open(user: string, room?: string): Promise<{ page: Page; roomId: string }> {
    const { page } = await pages.open({ user, ...(room !== undefined && { room }) });
    return { page, roomId: (await page.evaluate('roomId')) as string };
  }

  const draw = (page: Page, x: number): Promise<Drawn> =>
    page.evaluate(`(() => {
        const at = Date.now();
        const geometry = { x: ${x}, y: 20, width: 30, height: 40 };
        return { at, id: createAnnotation(doc, { type: 'box', geometry }) };
      })()`);
  const seenAt = async (page: Page, id: string): Promise<number> => {
    await page.waitForFunction(`arrivals.has('${id}')`);
    return (await page.evaluate(`arrivals.get('${id}')`)) as number;
  };
  const annotationsOf = (page: Page): Promise<unknown> => page.evaluate('listAnnotations(doc)');
  const saved = (page: Page): Promise<unknown> => page.waitForFunction('provider.saved && provider.synced');
  const listed = async (roomId: string): Promise<ListPage<Annotation>> => {
    const response = await fetch(`${pages.server.url}/v1/annotations?document_id=${roomId}&size=100`);
    return (await response.json()) as ListPage<Annotation>;
  };

  it('[ROOM-10] shows what one draws in the page of the other, and in REST', async () => {
    const { page: ann, roomId } = await open('ann');
    const { page: bob } = await open('bob', roomId);
    const latencies: number[] = [];
    for (let stroke = 0; stroke < STROKES; stroke += 1) {
      const [from, to] = stroke % 2 === 0 ? [ann, bob] : [bob, ann];
      const { id, at } = await draw(from, stroke);
      latencies.push((await seenAt(to, id)) - at);
    }
    latencies.sort((a, b) => a - b);
    process.stdout.write(`      from one page to the other: median ${latencies[STROKES / 2]} ms\n`);

    await ann.evaluate(`{
        const [first] = listAnnotations(doc);
        moveAnnotations(doc, first.id, { x: 500, y: 0 });
        addComment(doc, { annotationId: first.id }, 'Why here?');
        provider.setPresence({ cursor: { x: 1, y: 2 } });
      }`);
    await saved(ann);
    await saved(bob);
    await bob.waitForFunction(`listComments(doc).some(({ body }) => body === 'Why here?')`);
    await bob.waitForFunction(`[...provider.guests.values()].some(({ cursor }) => cursor?.x === 1)`);
    expect(await annotationsOf(ann)).to.deep.equal(await annotationsOf(bob));
    const { items, total } = await listed(roomId);
    expect(total).to.equal(STROKES + 1);
    expect(items[0]).to.deep.include({ geometry: { x: 500, y: 20, width: 30, height: 40 } });
    expect(items.at(-1)).to.include({ type: 'comment', content: 'Why here?', created_by: 'ann' });
  });

  it('brings what was drawn while the server was away', async () => {
    const { page: ann, roomId } = await open('ann');
    const { page: bob } = await open('bob', roomId);
    const drawn: Drawn[] = [];
    await pages.server.restart(async () => {
      drawn.push(await draw(ann, 1), await draw(bob, 2));
      expect(await ann.evaluate('provider.saved')).to.equal(false);
    });
    await Promise.all([ann, bob].map(saved));
    for (const page of [ann, bob]) await page.waitForFunction('listAnnotations(doc).length === 2');
    const { items } = await listed(roomId);
    expect(items.map(({ id }) => id)).to.have.members(drawn.map(({ id }) => id));
  });
});
