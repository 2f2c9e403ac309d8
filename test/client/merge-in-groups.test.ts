import { expect } from 'chai';
import * as Y from 'yjs';
import { mergeInGroups } from '../../client/merge-in-groups.ts';

/** A text of single keystrokes, some of them deletions, and each as an update. */
function typed(count: number): { readonly text: string; readonly updates: Uint8Array[] } {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let key = 0; key < count; key += 1) {
    if (key % 7 === 6) text.delete((key * 31) % text.length, 1);
    else text.insert((key * 17) % (text.length + 1), String(key % 10));
  }
  return { text: text.toString(), updates };
}

describe('merging many small updates', () => {
  for (const count of [1, 2, 64, 65, 5_000]) {
    it(`gives one that has all of ${count}`, () => {
      const { text, updates } = typed(count);
      const doc = new Y.Doc();
      Y.applyUpdate(doc, mergeInGroups(updates));
      expect([doc.getText('text').toString(), doc.store.pendingStructs]).to.deep.equal([text, null]);
    });
  }

  it('never merges so many at once that the work grows with their square', () => {
    const sizes: number[] = [];
    mergeInGroups(typed(5_000).updates, (group) => {
      sizes.push(group.length);
      return Y.mergeUpdates(group);
    });
    expect(Math.max(...sizes)).to.equal(64);
    expect(sizes).to.have.lengthOf.below(100);
  });
});
