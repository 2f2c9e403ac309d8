import { expect } from 'chai';
import fc from 'fast-check';
import { isSeen, type Reply, ReplyTree, type Sight } from '../../../documents/annotation/reply-tree.ts';

const blank = (id: string, isAnchor: boolean): Reply => ({
  id,
  alive: false,
  parent: null,
  hasPlace: false,
  sight: 'hidden',
  isAnchor,
});

const SIZE = 8;
const nameOf = (index: number): string => `n${index}`;

const move = fc.record({
  /** Some parents are not there. */
  node: fc.nat(SIZE - 1),
  parent: fc.option(fc.nat(SIZE)),
  alive: fc.boolean(),
  hasPlace: fc.boolean(),
});

/** The rule, said once more: alive, and the parent is seen, or was an anchor and can be done without. */
function sightBy(rule: ReadonlyMap<string, Reply>, node: Reply): Sight {
  const isOnCycle = (): boolean => {
    let at = node.parent === null ? undefined : rule.get(node.parent);
    for (let steps = 0; at?.alive && steps <= rule.size; steps += 1) {
      if (at === node) return true;
      at = at.parent === null ? undefined : rule.get(at.parent);
    }
    return false;
  };
  if (!node.alive || isOnCycle()) return 'hidden';
  if (node.parent === null) return 'attached';
  const parent = rule.get(node.parent);
  if (parent === undefined) return 'hidden';
  if (sightBy(rule, parent) !== 'hidden') return 'attached';
  return node.hasPlace && parent.isAnchor ? 'orphaned' : 'hidden';
}

describe('a reply tree', () => {
  it('[ANN-7] shows the same after each change as the rule says of the whole', () => {
    const changes = fc.array(fc.array(move, { minLength: 1, maxLength: 3 }), { maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(changes, fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE }), (all, anchors) => {
        const tree = new ReplyTree<Reply>();
        const nodes = anchors.map((isAnchor, index) => blank(nameOf(index), isAnchor));
        for (const node of nodes) tree.add(node);
        const byId = new Map(nodes.map((node) => [node.id, node]));
        for (const moves of all) {
          const before = new Map(nodes.map((node) => [node, node.sight]));
          const moved: Reply[] = [];
          for (const { node: index, parent, ...standing } of moves) {
            const node = nodes[index];
            if (node === undefined) continue;
            const isMoved = tree.place(node, {
              ...standing,
              parent: parent === null ? null : nameOf(parent),
            });
            if (isMoved) moved.push(node);
          }
          const changed = tree.settle(moved);
          for (const node of nodes) expect(node.sight, node.id).to.equal(sightBy(byId, node));
          expect(changed).to.have.members(nodes.filter((node) => node.sight !== before.get(node)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('settles 10,000 replies to each other, in a chain and in a circle', () => {
    const tree = new ReplyTree<Reply>();
    const nodes = Array.from({ length: 10_000 }, (_, index) => blank(nameOf(index), index % 2 === 0));
    nodes.forEach((node, index) => {
      tree.add(node);
      tree.place(node, {
        alive: true,
        parent: index === 0 ? null : nameOf(index - 1),
        hasPlace: index % 2 === 1,
      });
    });
    const [first, second] = nodes;
    if (first === undefined || second === undefined) throw new Error('there are 10,000');
    tree.settle(nodes);
    expect(nodes.every(isSeen)).to.equal(true);
    expect(tree.isUnder(nameOf(9_999), first.id)).to.equal(true);
    expect(tree.withReplies(first.id)).to.deep.equal([first.id]);

    tree.place(first, { alive: true, parent: nameOf(9_999), hasPlace: false });
    expect(tree.settle([first])).to.have.length(10_000);
    expect(nodes.some(isSeen)).to.equal(false);
    expect(tree.isUnder(second.id, 'nobody')).to.equal(false);

    tree.place(first, { alive: false, parent: nameOf(9_999), hasPlace: false });
    tree.settle([first]);
    expect(second.sight).to.equal('orphaned');
    expect(nodes.slice(2).every(({ sight }) => sight === 'attached')).to.equal(true);
  });
});
