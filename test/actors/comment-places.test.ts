import { expect } from 'chai';
import { CommentPlaces } from '../../actors/comment-places.ts';
import type { Annotation } from '../../protocol/entities.ts';

const make = (id: string, fields: Partial<Annotation>): Annotation =>
  ({ id, type: 'comment', geometry: {}, parent_id: null, ...fields }) as Annotation;

/** Places of these, and how often one was looked for. */
function places(...annotations: readonly Annotation[]) {
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const looked = { times: 0 };
  const found = new CommentPlaces((id) => {
    looked.times += 1;
    return byId.get(id);
  });
  return { of: (id: string) => found.of(byId.get(id) as Annotation), looked };
}

describe('the place of a comment', () => {
  it('is its point, its annotation’s, or that of its thread', () => {
    const { of } = places(
      make('box', { type: 'box', geometry: { x: 10, y: 20, width: 30, height: 40 } }),
      make('pin', { geometry: { x: 1, y: 2 } }),
      make('on', { geometry: { x: 0, y: 0 }, parent_id: 'box' }),
      make('reply', { parent_id: 'on' }),
      make('late', { parent_id: 'reply' }),
    );
    expect(of('pin')).to.deep.equal({ anchor: { x: 1, y: 2 }, position: { x: 1, y: 2 }, orphaned: false });
    const onBox = { anchor: { annotationId: 'box' }, position: { x: 10, y: 20 }, orphaned: false };
    for (const id of ['late', 'reply', 'on']) expect(of(id), id).to.deep.equal(onBox);
  });

  it('is where it was left, where its annotation is gone', () => {
    const { of } = places(
      make('left', { geometry: { x: 5, y: 6 }, parent_id: 'box', orphaned: true }),
      make('reply', { parent_id: 'left' }),
    );
    const left = { anchor: { annotationId: 'box' }, position: { x: 5, y: 6 }, orphaned: true };
    expect(of('left')).to.deep.equal(left);
    expect(of('reply')).to.deep.equal(left);
  });

  it('[DOC-7] is looked for once on each step, however long a thread is; a circle has an end', () => {
    const LENGTH = 20_000;
    const chain = Array.from({ length: LENGTH }, (_, i) =>
      make(`c${i}`, i === 0 ? { geometry: { x: 1, y: 2 } } : { parent_id: `c${i - 1}` }),
    );
    const { of, looked } = places(...chain);
    for (let i = 0; i < LENGTH; i++) expect(of(`c${LENGTH - 1 - i}`).position).to.deep.equal({ x: 1, y: 2 });
    expect(looked.times).to.be.lessThan(LENGTH);
    const circle = places(make('a', { parent_id: 'b' }), make('b', { parent_id: 'a' }));
    expect(circle.of('a').orphaned).to.equal(false);
  });
});
