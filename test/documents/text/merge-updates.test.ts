import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { mergeUpdates } from '../../../documents/text/merge-updates.ts';
import { readYjsUpdate } from '../../../documents/yjs-update.ts';

/** Updates of clients that type and delete at random, without hearing of each other. */
function updatesOf(
  edits: readonly { client: number; at: number; text: string; cut: number }[],
): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const docs = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc();
    doc.clientID = clientID;
    doc.on('update', (update: Uint8Array) => updates.push(update));
    return doc;
  });
  for (const { client, at, text, cut } of edits) {
    const shared = docs[client]?.getText('t');
    if (shared === undefined) continue;
    shared.insert(at % (shared.length + 1), text);
    shared.delete(0, Math.min(cut, shared.length));
  }
  return updates;
}

const textOf = (updates: readonly Uint8Array[]): string => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getText('t').toString();
};

describe('merged updates', () => {
  it('[TEXT-11] have the effect of all of them, in one Yjs v1 update', () => {
    const edit = fc.record({
      client: fc.nat(2),
      at: fc.nat(50),
      text: fc.string({ minLength: 1, maxLength: 5 }),
      cut: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 30 }), fc.nat(), (edits, at) => {
        const updates = updatesOf(edits);
        const cut = at % (updates.length + 1);
        const snapshot = mergeUpdates(updates.slice(0, cut));
        const whole = mergeUpdates([snapshot, ...updates.slice(cut)]);
        expect(textOf([whole])).to.equal(textOf(updates));
        readYjsUpdate(whole);
      }),
    );
  });

  it('[TEXT-11] do not carry what was deleted', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (let day = 0; day < 365; day += 1) {
      doc.getText('t').insert(0, 'a sentence that is written every day');
      doc.getText('t').delete(0, 36);
    }
    const length = updates.reduce((sum, update) => sum + update.length, 0);
    expect(mergeUpdates(updates).length).to.be.lessThan(length / 20);
  });

  it('keep what waits for an update that is not there yet', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (const word of ['one ', 'two ', 'three']) doc.getText('t').insert(doc.getText('t').length, word);
    const [first = new Uint8Array(), ...later] = updates;
    const merged = mergeUpdates(later);
    expect(textOf([merged])).to.equal('');
    expect(textOf([mergeUpdates([merged, first])])).to.equal('one two three');
  });

  it('are an empty update where there are none', () => {
    expect(textOf([mergeUpdates([])])).to.equal('');
  });
});
