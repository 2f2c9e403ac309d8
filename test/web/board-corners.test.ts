import { expect } from 'chai';
import { handleAt, handlesOf } from '../../web/board/stage/handles.ts';

const POINTS = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 20 },
];

describe('the handles of a shape whose corners are moved', () => {
  const kinds = (shape?: 'open' | 'closed') =>
    handlesOf({ kind: 'ends', points: POINTS, shape }).map(({ handle }) => handle);

  it('are its corners, and the middles of the sides that have room for one', () => {
    const corners = [0, 1, 2].map((index) => ({ kind: 'end', index }));
    expect(kinds()).to.deep.equal(corners);
    expect(kinds('open')).to.deep.equal([...corners, { kind: 'middle', index: 0 }]);
    // The side that leads back to the first corner counts, of a polygon.
    expect(kinds('closed')).to.deep.equal([
      ...corners,
      { kind: 'middle', index: 0 },
      { kind: 'middle', index: 2 },
    ]);
  });

  it('are met where they stand', () => {
    const handles = handlesOf({ kind: 'ends', points: POINTS, shape: 'closed' });
    expect(handleAt(handles, { x: 51, y: 1 })).to.deep.equal({ kind: 'middle', index: 0 });
    expect(handleAt(handles, { x: 99, y: 18 })).to.deep.equal({ kind: 'end', index: 2 });
    expect(handleAt(handles, { x: 30, y: 60 })).to.equal(undefined);
  });
});
