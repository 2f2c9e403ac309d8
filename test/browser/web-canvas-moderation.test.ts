import { expect } from 'chai';
import type { NewCanvas } from '../../client/canvases-api.ts';
import { describeWebApp, MODERATOR_KEY } from './web-app.ts';
import { openTwo } from './web-canvas-visitor.ts';

const [WHITE, BLACK, CRIMSON, SKY] = ['#ffffff', '#000000', '#be0039', '#3690ea'];

describeWebApp('the moderation of a pixel canvas', {}, (app) => {
  const two = (settings?: Partial<NewCanvas>) => openTwo(app, settings);

  it('locks a region that a moderator drags, for everybody and at once, and opens it again', async () => {
    const { canvas, api, ann, bob } = await two();
    await ann.moderate();
    await ann.button('Drag a region').click();
    await ann.drag([10, 10], [19, 15]);
    await ann.page.getByLabel('Reason').fill('Art jam');
    await Promise.all([bob.isTold('Art jam'), ann.button('Lock').click()]);
    const { items } = await api.locks(canvas.id);
    expect(items[0]).to.include({ x: 10, y: 10, width: 10, height: 6, reason: 'Art jam' });
    await Promise.all([bob.isTold('Locked at 10, 12'), bob.drag([8, 12], [12, 12])]);
    await bob.sees([9, 12], BLACK);
    expect(await bob.colorAt([11, 12])).to.equal(WHITE);
    await bob.page.getByText('Locked: Art jam').waitFor();
    await Promise.all([bob.isTold('A region is open again'), ann.button('Unlock').click()]);
    await bob.click([11, 12]);
    await ann.sees([11, 12], BLACK);
  });

  it('says why the server painted nothing, and takes it back', async () => {
    const { canvas, api, ann } = await two();
    // The page does not know of the lock while it has no connection, so only the server can refuse.
    await ann.page.context().setOffline(true);
    await app.server.restart(async () => {
      await ann.drag([3, 3], [4, 3]);
      await ann.sees([3, 3], BLACK);
    });
    const { token } = await app.ask<{ token: string }>('POST', '/v1/sessions', {
      moderatorKey: MODERATOR_KEY,
    });
    const locked = await fetch(`${app.url}/v1/canvases/${canvas.id}/locks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ x: 0, y: 0, width: 9, height: 9, reason: 'Too late' }),
    });
    expect(locked.ok).to.equal(true);
    await Promise.all([
      ann.isTold('Too late'),
      ann.page
        .context()
        .setOffline(false)
        .then(() => ann.page.evaluate(`dispatchEvent(new Event('online'))`)),
    ]);
    await ann.sees([3, 3], WHITE);
    expect((await api.bitmap(canvas.id)).bytes[3 * 60 + 3]).to.equal(0);
  });

  it('rewinds after it has said how many pixels that would put back', async () => {
    const { ann, bob } = await two();
    await bob.drag([2, 2], [6, 2]);
    await ann.sees([6, 2], BLACK);
    await ann.moderate();
    await ann.drag([2, 8], [4, 8]);
    await bob.sees([4, 8], BLACK);
    await ann.tab('Rewind').click();
    // Only what Bob painted, who is found by one of his pixels.
    await ann.page.getByLabel('Back to').selectOption('event');
    await ann.page.getByLabel('Event', { exact: true }).fill('1');
    await ann.page.getByLabel('What').selectOption('user');
    await ann.button('Pick by a pixel').click();
    await ann.click([3, 2]);
    await ann.page.getByText('Bob', { exact: true }).waitFor();
    await ann.button('See what would change').click();
    await ann.page.getByRole('heading', { name: 'Put back 5 pixels?' }).waitFor();
    expect(await bob.colorAt([3, 2])).to.equal(BLACK);
    await Promise.all([bob.isTold('A moderator put back 5 pixels'), ann.button('Rewind').click()]);
    await bob.sees([3, 2], WHITE);
    await bob.sees([3, 8], BLACK);
    await ann.tab('Audit').click();
    await ann.page.getByText('Put back 5 pixels to event 1').waitFor();
  });

  it('paints in the colours of a palette that a moderator changes', async () => {
    const { ann, bob } = await two({ palette: ['#ffffff', '#000000', '#be0039'] });
    await bob.chooseColor('Crimson');
    await bob.click([7, 7]);
    await ann.sees([7, 7], CRIMSON);
    await ann.moderate();
    await ann.tab('Rules').click();
    await ann.page.getByLabel('Colour 3, Crimson').fill(SKY);
    await Promise.all([bob.isTold('The palette changed'), ann.button('Save palette').click()]);
    await bob.sees([7, 7], SKY);
    await bob.page.getByRole('radio', { name: 'Sky blue' }).waitFor();
  });

  it('can be looked at, but not painted on, once it is archived', async () => {
    const { canvas, api, ann } = await two();
    await api.update(canvas.id, { status: 'archived' });
    await ann.page.getByText('This canvas is archived').waitFor();
    await Promise.all([ann.isTold('This canvas can only be looked at'), ann.click([5, 5])]);
    expect(await ann.colorAt([5, 5])).to.equal(WHITE);
  });
});
