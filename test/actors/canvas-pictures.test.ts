import { expect } from 'chai';
import { Problem } from '../../protocol/problem.ts';
import { createCanvases } from '../helpers/canvases.ts';

const SMALL = { format: 'png', scale: 1 } as const;

describe('pictures of canvases', () => {
  it('[CANVAS-12] are drawn once for the same pixels, palette, format and scale', async () => {
    const world = createCanvases();
    const info = await world.create();
    const canvas = await world.documents.find(info.id);
    const draw = (scale: number) => world.pictures.draw(canvas, { format: 'png', scale });
    await Promise.all([draw(1), draw(1), draw(1), draw(2)]);
    expect(world.renderer.asked).to.have.length(2);
    await world.paint(info, 'ann', [0, 0, 0]);
    await draw(1);
    expect(world.renderer.asked, 'the same pixels').to.have.length(2);
    const moderator = { by: 'mo', name: 'Mo' } as Parameters<typeof world.canvases.updateCanvas>[2];
    await world.canvases.updateCanvas(info.id, { palette: ['#123456', '#654321'] }, moderator);
    const { seq } = await draw(1);
    expect(seq).to.equal(3);
    expect(world.renderer.asked.at(-1)?.palette).to.deep.equal(['#123456', '#654321']);
  });

  it('are refused where too many different ones wait, and given when these are done', async () => {
    const world = createCanvases({ pictures: { cacheBytes: 1000, pending: 2 } });
    const info = await world.create();
    const canvas = await world.documents.find(info.id);
    const release: (() => void)[] = [];
    world.renderer.draw = () => new Promise((resolve) => release.push(() => resolve(Buffer.from('x'))));
    const two = [1, 2].map((scale) => world.pictures.draw(canvas, { format: 'png', scale }));
    while (release.length === 0) await world.pictures.find(canvas, SMALL);
    const third = await world.pictures.draw(canvas, { format: 'png', scale: 3 }).catch((error) => error);
    expect(third).to.be.instanceOf(Problem).with.property('code', 'overloaded');
    release[0]?.();
    await two[0];
    while (release.length === 1) await world.pictures.find(canvas, SMALL);
    release[1]?.();
    await two[1];
    world.renderer.draw = async () => Buffer.from('y');
    expect((await world.pictures.draw(canvas, { format: 'png', scale: 3 })).bytes.toString()).to.equal('y');
  });
});
