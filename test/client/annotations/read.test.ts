import { expect } from 'chai';
import * as Y from 'yjs';
import { replyToComment } from '../../../client/annotations/comments.ts';
import { createAnnotation } from '../../../client/annotations/create.ts';
import { entriesOf, entryOf } from '../../../client/annotations/entries.ts';
import { listAnnotations, observeAnnotations, readAnnotation } from '../../../client/annotations/read.ts';
import { moveAnnotations } from '../../../client/annotations/transform.ts';
import { deleteAnnotations, updateAnnotation } from '../../../client/annotations/update.ts';
import { BOX, Replica } from './replica.ts';

describe('reading', () => {
  it('[CLI-8] shows nothing that the server would not show, and fails on nothing', () => {
    const doc = new Y.Doc();
    const entries = entriesOf(doc);
    const a = createAnnotation(doc, { type: 'comment', geometry: { x: 0, y: 0 } });
    const b = replyToComment(doc, a, 'b');
    entryOf(doc, a)?.set('parent_id', b);
    entries.set('rubbish', 1);
    entries.set(
      '00000000-0000-4000-8000-000000000000',
      new Y.Map([
        ['type', 'box'],
        ['geometry', 7],
      ] as const as never),
    );
    entries.set('00000000-0000-4000-8000-000000000001', new Y.Map<unknown>([['type', 'circle']]));
    expect([listAnnotations(doc), readAnnotation(doc, 'rubbish'), readAnnotation(doc, a)]).to.deep.equal([
      [],
      undefined,
      undefined,
    ]);
    expect(updateAnnotation(doc, 'rubbish', { content: 'x' })).to.equal(false);
  });

  it('is not stopped by thousands of replies to replies', () => {
    const doc = new Y.Doc();
    let id = createAnnotation(doc, { type: 'comment', geometry: { x: 0, y: 0 } });
    doc.transact(() => {
      for (let count = 0; count < 5_000; count += 1) {
        const next = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
        entriesOf(doc).set(
          next,
          new Y.Map<unknown>([
            ['type', 'comment'],
            ['parent_id', id],
          ]),
        );
        id = next;
      }
    });
    expect(listAnnotations(doc)).to.have.lengthOf(5_001);
  });

  it('tells which annotations changed, by whom, once for each transaction', () => {
    const [ann, bob] = [new Replica(10), new Replica(20)];
    const told: unknown[] = [];
    const stop = observeAnnotations(bob.doc, ({ ids, origin, isLocal }) =>
      told.push([[...ids], origin, isLocal]),
    );
    const id = createAnnotation(ann.doc, BOX);
    Replica.sync(ann, bob);
    updateAnnotation(ann.doc, id, { style: { fill: 'red' }, content: 'x' });
    Replica.sync(ann, bob);
    moveAnnotations(bob.doc, id, { x: 1, y: 1 }, { origin: 'me' });
    stop();
    deleteAnnotations(bob.doc, id);
    expect(told).to.deep.equal([
      [[id], 'remote', false],
      [[id], 'remote', false],
      [[id], 'me', true],
    ]);
  });
});
