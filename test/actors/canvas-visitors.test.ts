import { expect } from 'chai';
import { CanvasVisitors } from '../../actors/canvas-visitors.ts';
import type { UserId } from '../../protocol/ids.ts';
import { createCanvases } from '../helpers/canvases.ts';
import { newDocumentId } from '../helpers/runtime.ts';

describe('those who are at canvases', () => {
  it('[CANVAS-15] are counted canvas by canvas, from the first to the last', () => {
    const visitors = new CanvasVisitors();
    const [wall, floor] = [newDocumentId(), newDocumentId()];
    visitors.arrive(wall);
    visitors.arrive(wall);
    visitors.arrive(floor);
    visitors.depart(wall);
    expect([visitors.at(wall), visitors.at(floor)]).to.deep.equal([1, 1]);
    visitors.depart(wall);
    expect([visitors.at(wall), visitors.at(floor)]).to.deep.equal([0, 1]);
  });

  it('[CANVAS-15] are in the figures of a canvas', async () => {
    const world = createCanvases();
    const { id } = await world.create();
    const canvas = await world.documents.find(id);
    world.visitors.arrive(canvas.id);
    expect((await world.canvases.readStats(id)).online).to.equal(1);
  });
});

describe('a canvas that is made without rate limits', () => {
  it('[CANVAS-33] has those of the configuration, and keeps its own where it names some', async () => {
    const rateLimits = {
      perUser: { pixelsPerSecond: 7, burst: 8 },
      perAddress: { pixelsPerSecond: 9, burst: 10 },
      connectionsPerAddress: 11,
    };
    const own = { ...rateLimits, connectionsPerAddress: 3 };
    const { canvases } = createCanvases({ rateLimits });
    const mo = { by: 'mo' as UserId, name: 'Mo' };
    const wall = { name: 'Wall', width: 8, height: 6 };
    expect((await canvases.createCanvas(wall, mo)).rateLimits).to.deep.equal(rateLimits);
    expect((await canvases.createCanvas({ ...wall, rateLimits: own }, mo)).rateLimits).to.deep.equal(own);
  });
});
