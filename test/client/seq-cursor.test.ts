import { expect } from 'chai';
import { SeqCursor } from '../../client/seq-cursor.ts';

describe('the cursor of a client', () => {
  it('moves by one, and only by one', () => {
    const cursor = new SeqCursor(4);
    expect([cursor.take(5), cursor.take(5), cursor.take(2), cursor.take(7), cursor.last]).to.deep.equal([
      'next',
      'known',
      'known',
      'gap',
      5,
    ]);
  });

  it('goes where a state takes it, backward too', () => {
    const cursor = new SeqCursor(9);
    cursor.moveTo(3);
    expect([cursor.take(4), cursor.last]).to.deep.equal(['next', 4]);
  });
});
