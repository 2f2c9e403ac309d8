import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { createAnnotation } from '../../../client/annotations/create.ts';
import { listAnnotations, readAnnotation } from '../../../client/annotations/read.ts';
import { renumber } from '../../../client/annotations/stacking.ts';
import { updateAnnotation } from '../../../client/annotations/update.ts';
import { bringForward, bringToFront, sendBackward, sendToBack } from '../../../client/annotations/z-order.ts';

const BOX = { type: 'box', geometry: { x: 0, y: 0, width: 1, height: 1 } } as const;

/** A stack with these numbers, bottom first where they are equal; `undefined`: without a number. */
function stackOf(...numbers: readonly (number | undefined)[]) {
  const doc = new Y.Doc();
  const names = new Map<string, string>();
  numbers.forEach((z_index, at) => {
    const id = createAnnotation(doc, { ...BOX, style: { z_index: z_index ?? 0 } });
    if (z_index === undefined) updateAnnotation(doc, id, { style: { z_index: null } });
    names.set(id, 'abcdefgh'[at] ?? '?');
  });
  const idOf = (name: string): string => [...names].find(([, other]) => other === name)?.[0] ?? '';
  return {
    doc,
    ids: (text: string): string[] => [...text].map(idOf),
    /** Names, bottom first. */
    order: (): string =>
      listAnnotations(doc)
        .map(({ id }) => names.get(id))
        .join(''),
    namesOf: (ids: readonly string[]): string => ids.map((id) => names.get(id)).join(''),
    zOf: (name: string): unknown => readAnnotation(doc, idOf(name))?.style.z_index,
  };
}

describe('the paint order', () => {
  it('is by number, then by creation; what is new lies on top', () => {
    const { doc, order } = stackOf(2, undefined, 1, 0);
    expect(order()).to.equal('bdca');
    const id = createAnnotation(doc, BOX);
    expect(listAnnotations(doc).at(-1)?.id).to.equal(id);
    expect(readAnnotation(doc, id)?.style).to.deep.equal({ z_index: 3 });
  });

  for (const [name, act, moved, order, count] of [
    ['bringToFront', bringToFront, 'a', 'bcda', 1],
    ['bringToFront', bringToFront, 'ca', 'bdac', 2],
    ['bringToFront', bringToFront, 'bcd', 'abcd', 1],
    ['sendToBack', sendToBack, 'd', 'dabc', 1],
    ['sendToBack', sendToBack, 'cb', 'bcad', 2],
    ['bringForward', bringForward, 'a', 'bacd', 2],
    ['bringForward', bringForward, 'ab', 'cabd', 2],
    ['bringForward', bringForward, 'ac', 'badc', 3],
    ['sendBackward', sendBackward, 'd', 'abdc', 2],
    ['sendBackward', sendBackward, 'cd', 'acdb', 2],
    ['sendBackward', sendBackward, 'a', 'abcd', 1],
  ] as const) {
    it(`changes as few numbers as there can be: ${name} of ${moved} where none has one`, () => {
      const stack = stackOf(undefined, undefined, undefined, undefined);
      const changed = act(stack.doc, stack.ids(moved));
      expect(stack.order()).to.equal(order);
      expect(changed).to.have.lengthOf(count);
      // Once more, the ends are reached.
      if (act === bringToFront || act === sendToBack)
        expect(act(stack.doc, stack.ids(moved))).to.deep.equal([]);
    });
  }

  it('changes only what is named where there is room between the numbers', () => {
    const { doc, ids, order, zOf, namesOf } = stackOf(0, 10, 20, 30);
    expect(namesOf(bringForward(doc, ids('a')))).to.equal('a');
    expect([order(), zOf('a')]).to.deep.equal(['bacd', 11]);
  });

  it('is numbered anew where the numbers end', () => {
    const { doc, ids, order, zOf } = stackOf(0, 999_999, 1_000_000);
    bringToFront(doc, ids('a'));
    expect([order(), zOf('b'), zOf('c'), zOf('a')]).to.deep.equal(['bca', 0, 1, 2]);
  });

  it('passes over comments and what is not there', () => {
    const { doc, ids, order } = stackOf(0, 0);
    const comment = createAnnotation(doc, { type: 'comment', geometry: { x: 0, y: 0 } });
    expect(bringToFront(doc, [comment, 'nothing'])).to.deep.equal([]);
    bringToFront(doc, [...ids('a'), comment]);
    expect(order().replace(/[^ab]/g, '')).to.equal('ba');
  });

  it('is always as it was asked for, with no more changes than the best of all ways', () => {
    const layer = fc.record({ z: fc.integer({ min: -2, max: 3 }), isMoved: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(layer, { minLength: 1, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (all, shares) => {
          const layers = all.map((each, at) => ({ ...each, id: String(at) }));
          const mayShare = (_: unknown, above: { readonly id: string }): boolean =>
            shares[Number(above.id)] === true;
          const numbers = renumber(layers, mayShare, 1e6);
          const after = layers.map(({ id, z }) => numbers.get(id) ?? z);
          const isRight = (values: readonly number[]): boolean =>
            values.every((value, at) => at === 0 || value - (values[at - 1] ?? 0) >= (shares[at] ? 0 : 1));
          expect(isRight(after)).to.equal(true);
          // Any set of layers that could keep its numbers is no larger than the one that does.
          for (let mask = 0; mask < 2 ** layers.length; mask += 1) {
            const kept = layers
              .map((each, at) => ({ ...each, at }))
              .filter(({ at }) => (mask & (2 ** at)) !== 0);
            const fits = kept.every(({ z, at }, i) => {
              const before = kept[i - 1];
              if (before === undefined) return true;
              const steps = shares.slice(before.at + 1, at + 1).filter((share) => !share).length;
              return z - before.z >= steps;
            });
            if (fits) expect(layers.length - numbers.size).to.be.at.least(kept.length);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
