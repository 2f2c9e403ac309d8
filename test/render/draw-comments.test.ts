import { expect } from 'chai';
import { commentThreads } from '../../render/comment-threads.ts';
import { annotation, draw, inkBounds, pixel } from './scene-fixture.ts';

const page = { width: 1000, height: 1000 };
const OPEN = [0xf0, 0x8c, 0x00, 255];
const GRAY = [0x86, 0x8e, 0x96, 255];
const box = annotation('box', { x: 300, y: 200, width: 100, height: 80 }, { stroke: 'none' });

describe('render: comments', () => {
  it('[IMG-7] are not there without being asked for', () => {
    const picture = draw([annotation('comment', { x: 500, y: 300 }, {}, { content: 'Hello' })], page);
    expect(inkBounds(picture)).to.equal(undefined);
  });

  it('[IMG-7] have a badge at their anchor and a legend at the bottom left', () => {
    const picture = draw([annotation('comment', { x: 500, y: 300 }, {}, { content: 'Hello' })], {
      ...page,
      comments: true,
    });
    expect(pixel(picture, 508, 300)).to.deep.equal(OPEN);
    expect(inkBounds(picture, { x0: 0, y0: 700, x1: 400, y1: 1000 })).to.not.equal(undefined);
    expect(inkBounds(picture, { x0: 600, y0: 0, x1: 1000, y1: 1000 })).to.equal(undefined);
  });

  it('stand on the annotation that they are about, where they have no place of their own', () => {
    const note = annotation('comment', {}, {}, { content: 'Here', parent_id: box.id });
    expect(pixel(draw([box, note], { ...page, comments: true }), 308, 200)).to.deep.equal(OPEN);
  });

  it('are grey when they are resolved', () => {
    const note = annotation('comment', { x: 500, y: 300 }, {}, { content: 'Done', resolved: true });
    expect(pixel(draw([note], { ...page, comments: true }), 508, 300)).to.deep.equal(GRAY);
  });

  it('lie above all annotations', () => {
    const cover = annotation(
      'box',
      { x: 450, y: 250, width: 100, height: 100 },
      { fill: 'blue', z_index: 99 },
    );
    const note = annotation('comment', { x: 500, y: 300 }, {}, { content: 'Above' });
    expect(pixel(draw([note, cover], { ...page, comments: true }), 508, 300)).to.deep.equal(OPEN);
  });

  it('are numbered in order of creation; replies stand in the thread of the first comment', () => {
    const first = annotation('comment', { x: 1, y: 2 });
    const second = annotation('comment', {}, {}, { parent_id: box.id });
    const reply = annotation('comment', {}, {}, { parent_id: first.id });
    const deeper = annotation('comment', {}, {}, { parent_id: reply.id });
    const threads = commentThreads([box, first, second, reply, deeper]);
    expect(threads.map(({ number, comment }) => [number, comment.id])).to.deep.equal([
      [1, first.id],
      [2, second.id],
    ]);
    expect(threads[0]?.replies.map(({ id }) => id)).to.deep.equal([reply.id, deeper.id]);
    expect(threads.map(({ anchor }) => anchor)).to.deep.equal([
      { x: 1, y: 2 },
      { x: 300, y: 200 },
    ]);
  });

  it('[ANN-7] stand on what they are about, wherever they were put, and at their place once that is gone', () => {
    const turned = annotation('ellipse', { x: 10, y: 20, width: 100, height: 40, rotation: 90 });
    const note = annotation('comment', { x: 1, y: 2 }, {}, { parent_id: turned.id });
    const loose = annotation('comment', { x: 3, y: 4 });
    const reply = annotation('comment', { x: 5, y: 6 }, {}, { parent_id: loose.id });
    const anchorsOf = (all: Parameters<typeof commentThreads>[0]) =>
      commentThreads(all).map(({ anchor }) => anchor);
    expect(anchorsOf([turned, note, loose, reply])).to.deep.equal([
      { x: 80, y: -10 },
      { x: 3, y: 4 },
    ]);
    expect(anchorsOf([note])).to.deep.equal([{ x: 1, y: 2 }]);
  });

  it('are gathered into threads however long those are', () => {
    const notes = Array.from({ length: 10_000 }, (_, i) =>
      annotation(
        'comment',
        i === 0 ? { x: 1, y: 2 } : {},
        {},
        { id: `${i}`, parent_id: i === 0 ? null : `${i - 1}` },
      ),
    );
    const [thread, ...others] = commentThreads(notes.toReversed());
    expect(others).to.deep.equal([]);
    expect(thread?.comment.id).to.equal('0');
    expect(thread?.replies).to.have.length(9_999);
  });

  it('are left out where they answer each other in a circle', () => {
    const one = annotation('comment', {}, {}, { id: 'one', parent_id: 'two' });
    const two = annotation('comment', {}, {}, { id: 'two', parent_id: 'one' });
    expect(commentThreads([one, two])).to.deep.equal([]);
  });

  it('never fill the page with their legend', () => {
    const notes = Array.from({ length: 200 }, (_, i) =>
      annotation('comment', { x: 900, y: 500 }, {}, { content: 'A remark '.repeat(60) + i }),
    );
    const picture = draw(notes, { ...page, comments: true });
    expect(inkBounds(picture, { x0: 0, y0: 0, x1: 800, y1: 250 })).to.equal(undefined);
  });
});
