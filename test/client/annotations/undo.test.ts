import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { addComment, replyToComment } from '../../../client/annotations/comments.ts';
import { createAnnotation } from '../../../client/annotations/create.ts';
import { entriesOf, entryOf } from '../../../client/annotations/entries.ts';
import { listAnnotations, readAnnotation } from '../../../client/annotations/read.ts';
import { moveAnnotations } from '../../../client/annotations/transform.ts';
import { type AnnotationUndo, createUndo } from '../../../client/annotations/undo.ts';
import {
  deleteAnnotations,
  restoreAnnotations,
  updateAnnotation,
} from '../../../client/annotations/update.ts';
import { edit } from './random-edits.ts';
import { Replica, ServerSide } from './replica.ts';

const BOX = { type: 'box', geometry: { x: 0, y: 0, width: 10, height: 10 } } as const;

const undos: AnnotationUndo[] = [];

/** Two users; each step of the first one can be taken back on its own. */
function twoUsers() {
  const [ann, bob] = [new Replica(10), new Replica(20)];
  const undo = createUndo(ann.doc, { captureTimeout: 0 });
  undos.push(undo);
  return { ann, bob, undo, sync: () => Replica.sync(ann, bob) };
}

const xOf = ({ doc }: Replica, id: string): unknown => {
  const geometry = readAnnotation(doc, id)?.geometry;
  return geometry && 'x' in geometry ? geometry.x : undefined;
};
const fillOf = ({ doc }: Replica, id: string): unknown => readAnnotation(doc, id)?.style.fill;
const fill = ({ doc }: Replica, id: string, value: string): boolean =>
  updateAnnotation(doc, id, { style: { fill: value } });

/** What is there now that a client made, by its clock. */
function liveOf(doc: Y.Doc, client: number): Set<number> {
  const live = new Set<number>();
  for (const struct of doc.store.clients.get(client) ?? []) {
    if (struct.deleted) continue;
    for (let at = 0; at < struct.length; at += 1) live.add(struct.id.clock + at);
  }
  return live;
}

describe('undo', () => {
  afterEach(() => {
    for (const undo of undos.splice(0)) undo.destroy();
  });

  it('takes back a gesture that was written bit by bit as one step, however long it took', () => {
    const { ann, undo } = twoUsers();
    const id = createAnnotation(ann.doc, BOX);
    const end = undo.beginStep();
    for (let bit = 0; bit < 3; bit += 1) moveAnnotations(ann.doc, id, { x: 5, y: 0 });
    end();
    moveAnnotations(ann.doc, id, { x: 100, y: 0 });
    undo.undo();
    expect(xOf(ann, id)).to.equal(15);
    undo.undo();
    expect(xOf(ann, id)).to.equal(0);
    undo.redo();
    expect(xOf(ann, id)).to.equal(15);
  });

  it('[CLI-6] takes back what its user did, step by step, and does it again', () => {
    const { ann, undo } = twoUsers();
    const id = createAnnotation(ann.doc, BOX);
    moveAnnotations(ann.doc, id, { x: 5, y: 0 });
    expect([undo.canUndo, undo.canRedo]).to.deep.equal([true, false]);
    undo.undo();
    expect(xOf(ann, id)).to.equal(0);
    undo.undo();
    expect(readAnnotation(ann.doc, id)).to.equal(undefined);
    expect([undo.undo(), undo.canUndo, undo.canRedo]).to.deep.equal([false, false, true]);
    undo.redo();
    undo.redo();
    expect([xOf(ann, id), undo.redo()]).to.deep.equal([5, false]);
  });

  it('joins what follows within the timeout into one step, unless it is told to stop', () => {
    const ann = new Replica(10);
    const undo = createUndo(ann.doc, { captureTimeout: 60_000 });
    undos.push(undo);
    const id = createAnnotation(ann.doc, BOX);
    undo.stopCapturing();
    for (let count = 0; count < 5; count += 1) moveAnnotations(ann.doc, id, { x: 1, y: 0 });
    undo.undo();
    expect(xOf(ann, id)).to.equal(0);
  });

  it('takes back only what has its origin', () => {
    const doc = new Y.Doc();
    const [mine, theirs] = [{ name: 'mine' }, { name: 'theirs' }];
    const undo = createUndo(doc, { origin: mine, captureTimeout: 0 });
    undos.push(undo);
    const id = createAnnotation(doc, BOX, mine);
    updateAnnotation(doc, id, { style: { fill: 'red' } }, theirs);
    createAnnotation(doc, BOX, theirs);
    undo.undo();
    expect(listAnnotations(doc)).to.have.lengthOf(2);
    expect(readAnnotation(doc, id)?.style.fill).to.equal('red');
  });

  it('brings back what it deleted, and not what another restored and deleted since', () => {
    const { ann, bob, undo, sync } = twoUsers();
    const id = createAnnotation(ann.doc, BOX);
    deleteAnnotations(ann.doc, id);
    undo.undo();
    expect(readAnnotation(ann.doc, id)).to.not.equal(undefined);
    undo.redo();
    sync();
    restoreAnnotations(bob.doc, id);
    deleteAnnotations(bob.doc, id);
    sync();
    undo.undo();
    expect(readAnnotation(ann.doc, id)).to.equal(undefined);
  });

  it('[CLI-6] leaves a value that another set since', () => {
    const { ann, bob, undo, sync } = twoUsers();
    const id = createAnnotation(ann.doc, BOX);
    fill(ann, id, 'red');
    sync();
    fill(bob, id, 'blue');
    sync();
    undo.undo();
    expect(fillOf(ann, id)).to.equal('blue');
  });

  it('gives back a value of another that it overwrote, and does not go back behind it', () => {
    const { ann, bob, undo, sync } = twoUsers();
    const id = createAnnotation(bob.doc, { ...BOX, style: { fill: 'white' } });
    sync();
    fill(ann, id, 'red');
    sync();
    fill(bob, id, 'blue');
    sync();
    fill(ann, id, 'green');
    undo.undo();
    expect(fillOf(ann, id)).to.equal('blue');
    undo.undo();
    expect(fillOf(ann, id)).to.equal('blue');
    undo.redo();
    expect(fillOf(ann, id)).to.equal('green');
  });

  it('does the same where both of its changes are one step', () => {
    const [ann, bob] = [new Replica(10), new Replica(20)];
    const undo = createUndo(ann.doc, { captureTimeout: 60_000 });
    undos.push(undo);
    const id = createAnnotation(bob.doc, { ...BOX, style: { fill: 'white' } });
    Replica.sync(ann, bob);
    fill(ann, id, 'red');
    Replica.sync(ann, bob);
    fill(bob, id, 'blue');
    Replica.sync(ann, bob);
    fill(ann, id, 'green');
    undo.undo();
    expect(fillOf(ann, id)).to.equal('blue');
  });

  for (const [wins, annId, bobId] of [
    ['mine', 20, 10],
    ['theirs', 10, 20],
  ] as const) {
    it(`never leaves an annotation without geometry where two moved it at once and ${wins} won`, () => {
      const [ann, bob] = [new Replica(annId), new Replica(bobId)];
      const undo = createUndo(ann.doc, { captureTimeout: 0 });
      undos.push(undo);
      const id = createAnnotation(bob.doc, BOX);
      Replica.sync(ann, bob);
      moveAnnotations(ann.doc, id, { x: 1, y: 0 });
      moveAnnotations(bob.doc, id, { x: 2, y: 0 });
      Replica.sync(ann, bob);
      const before = xOf(ann, id);
      undo.undo();
      Replica.sync(ann, bob);
      expect([xOf(ann, id), xOf(bob, id)]).to.deep.equal([before, before]);
    });
  }

  it('[CLI-6] keeps an annotation in which another has worked since, and takes it away where nobody has', () => {
    const { ann, bob, undo, sync } = twoUsers();
    const [touched, alone] = [createAnnotation(ann.doc, BOX), createAnnotation(ann.doc, BOX)];
    sync();
    fill(bob, touched, 'blue');
    sync();
    undo.undo();
    expect(readAnnotation(ann.doc, alone)).to.equal(undefined);
    undo.undo();
    expect(readAnnotation(ann.doc, touched)).to.include({ type: 'box', status: 'active' });
    expect(fillOf(ann, touched)).to.equal('blue');
  });

  it('[CLI-6] keeps a comment to which another has replied', () => {
    const { ann, bob, undo, sync } = twoUsers();
    const id = addComment(ann.doc, { x: 1, y: 1 }, 'Why?');
    sync();
    const reply = replyToComment(bob.doc, id, 'Because.');
    sync();
    undo.undo();
    expect(readAnnotation(ann.doc, reply)?.content).to.equal('Because.');
  });

  it('takes back its own letters and leaves those that another typed between them', () => {
    const { ann, bob, undo, sync } = twoUsers();
    const id = createAnnotation(bob.doc, { type: 'text', geometry: { x: 0, y: 0 }, content: 'ad' });
    sync();
    updateAnnotation(ann.doc, id, { content: 'abcd' });
    sync();
    updateAnnotation(bob.doc, id, { content: 'ab!cd' });
    sync();
    undo.undo();
    expect(readAnnotation(ann.doc, id)?.content).to.equal('a!d');
  });

  it('[CLI-6] never deletes what another made, nor changes what another set, nor breaks an annotation', () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ who: fc.constantFrom('ann', 'bob'), change: edit, meets: fc.boolean() }),
      },
      { weight: 3, arbitrary: fc.record({ back: fc.constantFrom('undo', 'redo'), meets: fc.boolean() }) },
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40, size: 'max' }),
        fc.constantFrom([10, 20] as const, [20, 10] as const),
        (steps, [annId, bobId]) => {
          const [ann, bob] = [new Replica(annId), new Replica(bobId)];
          const server = new ServerSide();
          const undo = createUndo(ann.doc, { captureTimeout: 0 });
          try {
            for (const one of steps) {
              if ('who' in one) one.change(one.who === 'ann' ? ann.doc : bob.doc);
              else {
                const theirs = liveOf(ann.doc, bobId);
                const values = valuesOf(ann.doc, bobId);
                const seen = listAnnotations(ann.doc).length;
                const known = [...entriesOf(ann.doc).keys()].filter((id) => isWhole(ann.doc, id));
                undo[one.back]();
                expect([...liveOf(ann.doc, bobId)]).to.include.members([...theirs]);
                for (const [place, value] of values)
                  expect(valuesOf(ann.doc, bobId).get(place)).to.equal(value);
                for (const id of known) {
                  if (entriesOf(ann.doc).has(id))
                    expect(isWhole(ann.doc, id), `after ${one.back} of ${seen}`).to.equal(true);
                }
              }
              if (!one.meets) continue;
              for (const { updates } of [ann, bob]) {
                for (const update of updates) {
                  for (const { path } of server.take(update)) expect(path).to.equal('/parent_id');
                }
              }
              Replica.sync(ann, bob);
              expect(entriesOf(ann.doc).toJSON()).to.deep.equal(entriesOf(bob.doc).toJSON());
            }
          } finally {
            undo.destroy();
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

const isWhole = (doc: Y.Doc, id: string): boolean => {
  const entry = entryOf(doc, id);
  return (
    entry?.get('geometry') !== undefined &&
    entry.get('type') !== undefined &&
    entry.get('style') instanceof Y.Map
  );
};

/** The values that a client set, by where they are. */
function valuesOf(doc: Y.Doc, client: number): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [id, entry] of entriesOf(doc).entries()) {
    if (!(entry instanceof Y.Map)) continue;
    for (const [key, item] of entry._map)
      if (!item.deleted && item.id.client === client) values.set(`${id}/${key}`, entry.get(key));
    const style = entry.get('style');
    if (!(style instanceof Y.Map)) continue;
    for (const [key, item] of style._map)
      if (!item.deleted && item.id.client === client) values.set(`${id}/style/${key}`, style.get(key));
  }
  return values;
}
