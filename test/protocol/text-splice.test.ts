import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { spliceBetween } from '../../protocol/text-splice.ts';

describe('the splice between two texts', () => {
  it('makes the one of the other, in a Y.Text too, and leaves what both begin and end with', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '🀀'), maxLength: 8 });
    fc.assert(
      fc.property(words, words, words, words, (begin, before, after, end) => {
        const [one, other] = [begin + before + end, begin + after + end];
        const { at, removed, inserted } = spliceBetween(one, other);
        expect(one.slice(0, at) + inserted + one.slice(at + removed)).to.equal(other);
        expect(removed).to.be.at.most(before.length);
        const text = new Y.Doc().getText();
        text.insert(0, one);
        text.delete(at, removed);
        text.insert(at, inserted);
        expect(text.toString()).to.equal(other);
      }),
    );
  });
});
