import { expect } from 'chai';
import type { CanvasDocument } from '../../actors/canvas-document.ts';
import { planRewind } from '../../actors/canvas-rewind.ts';
import { pixelCount } from '../../protocol/canvas-pixels.ts';
import { Problem } from '../../protocol/problem.ts';
import { createCanvases, MO } from '../helpers/canvases.ts';

const refusalOf = async (promise: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error('it was not refused');
};

describe('a rewind of a canvas', () => {
  it('takes in what is painted while it is worked out, and leaves alone what comes then', async () => {
    const world = createCanvases();
    const info = await world.create();
    const canvas = await world.documents.find(info.id);
    await world.paint(info, 'ann', [0, 0, 1]);
    await world.paint(info, 'bob', [0, 0, 2]);
    let left = 5;
    /** Somebody paints each time that the head is asked for. */
    const busy = Object.assign(Object.create(null), {
      head: async () => {
        const head = await canvas.head();
        if (left-- > 0) await world.paint(info, 'cid', [left, 1, 3]);
        return head;
      },
      queryAt: canvas.queryAt.bind(canvas),
      log: canvas.log.bind(canvas),
    }) as CanvasDocument;
    const plan = await planRewind(busy, 2, {});
    expect(plan.seenUpTo).to.be.within(4, 7);
    expect(pixelCount(plan.pixels)).to.equal(plan.seenUpTo - 2);
    const head = await canvas.head();
    const { answer } = await canvas.execute({ type: 'canvas.rewind', name: 'Mo', to: 2, ...plan }, MO);
    expect(answer.pixels).to.equal(plan.seenUpTo - 2);
    const { bytes } = await canvas.query({ type: 'canvas.bitmap' });
    expect(bytes[0]).to.equal(1);
    expect([...bytes.slice(8, 13)].filter((color) => color === 3)).to.have.length(head - plan.seenUpTo);
  });

  it('[CANVAS-20] says 410 where the state, or what came after it, is no longer kept', async () => {
    const world = createCanvases();
    const info = await world.create();
    const canvas = await world.documents.find(info.id);
    for (let n = 0; n < 6; n += 1) await world.paint(info, 'ann', [n, 0, 1]);
    const gone = (name: 'queryAt' | 'log'): CanvasDocument =>
      Object.assign(Object.create(null), {
        head: canvas.head.bind(canvas),
        queryAt:
          name === 'queryAt'
            ? async () => {
                throw new Problem('state_gone', 'It is not kept.');
              }
            : canvas.queryAt.bind(canvas),
        log: (_after: number, upTo?: number) => canvas.log(5, upTo),
      }) as CanvasDocument;
    expect(await refusalOf(planRewind(gone('queryAt'), 2, {}))).to.include({
      code: 'state_gone',
      status: 410,
    });
    expect(await refusalOf(planRewind(gone('log'), 2, {}))).to.include({ code: 'state_gone', status: 410 });
  });

  it('is refused where too many wait', async () => {
    const world = createCanvases();
    const info = await world.create();
    const seq = await world.paint(info, 'ann', [0, 0, 1]);
    await world.paint(info, 'ann', [0, 0, 2]);
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        world.canvases.rewind(info.id, { seq }, true, MO).catch((error: Problem) => error.code),
      ),
    );
    expect(answers).to.include('overloaded');
    expect(answers.filter((answer) => answer !== 'overloaded')).to.have.length.of.at.least(20);
  });
});
