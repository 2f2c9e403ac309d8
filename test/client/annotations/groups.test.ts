import { expect } from 'chai';
import * as Y from 'yjs';
import { createAnnotation, duplicateAnnotations } from '../../../client/annotations/create.ts';
import { groupAnnotations, listGroup, ungroupAnnotations } from '../../../client/annotations/groups.ts';
import { listAnnotations, readAnnotation } from '../../../client/annotations/read.ts';
import { BOX } from './replica.ts';

describe('groups and copies', () => {
  it('group and ungroup all members, whichever of them is named', () => {
    const doc = new Y.Doc();
    const [a, b, c] = [createAnnotation(doc, BOX), createAnnotation(doc, BOX), createAnnotation(doc, BOX)];
    const group = groupAnnotations(doc, [a, b]) ?? '';
    expect(listGroup(doc, group).map(({ id }) => id)).to.deep.equal([a, b]);
    expect(readAnnotation(doc, c)?.group_id).to.equal(null);
    expect(ungroupAnnotations(doc, a)).to.have.members([a, b]);
    expect([listGroup(doc, group), groupAnnotations(doc, 'gone')]).to.deep.equal([[], undefined]);
  });

  it('are on top, beside the originals, in their order, in groups of their own', () => {
    const doc = new Y.Doc();
    const [a, b] = [
      createAnnotation(doc, BOX),
      createAnnotation(doc, { ...BOX, style: { fill: 'red' }, content: 'b' }),
    ];
    groupAnnotations(doc, [a, b]);
    const [copyOfB = '', copyOfA = ''] = duplicateAnnotations(doc, [b, a], { x: 1, y: 2 });
    expect(listAnnotations(doc).map(({ id }) => id)).to.deep.equal([a, b, copyOfA, copyOfB]);
    expect(readAnnotation(doc, copyOfB)).to.deep.include({
      geometry: { x: 1, y: 2, width: 10, height: 10 },
      content: 'b',
    });
    const [original, ...copies] = [a, copyOfA, copyOfB].map((id) => readAnnotation(doc, id)?.group_id);
    expect(copies[0]).to.equal(copies[1]).and.to.not.equal(original);
  });
});
