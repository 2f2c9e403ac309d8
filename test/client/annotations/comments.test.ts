import { expect } from 'chai';
import * as Y from 'yjs';
import { AnnotationError } from '../../../client/annotations/annotation-error.ts';
import {
  addComment,
  editComment,
  listComments,
  readComment,
  reopenComment,
  replyToComment,
  resolveComment,
} from '../../../client/annotations/comments.ts';
import { createAnnotation, duplicateAnnotations } from '../../../client/annotations/create.ts';
import { entriesOf } from '../../../client/annotations/entries.ts';
import { readAnnotation } from '../../../client/annotations/read.ts';
import { moveAnnotations, resizeAnnotations } from '../../../client/annotations/transform.ts';
import {
  deleteAnnotations,
  restoreAnnotations,
  updateAnnotation,
} from '../../../client/annotations/update.ts';
import { BOX } from './replica.ts';

describe('comments', () => {
  it('stand at a point or follow an annotation, with their replies', () => {
    const doc = new Y.Doc();
    const box = createAnnotation(doc, BOX);
    const [free, bound] = [
      addComment(doc, { x: 1, y: 2 }, 'here'),
      addComment(doc, { annotationId: box }, 'this'),
    ];
    const reply = replyToComment(doc, bound, 'yes');
    moveAnnotations(doc, box, { x: 3, y: 3 });
    const common = { orphaned: false, status: 'open' } as const;
    const follows = { ...common, anchor: { annotationId: box }, position: { x: 3, y: 3 } };
    expect(listComments(doc)).to.have.deep.members([
      { ...common, id: free, anchor: { x: 1, y: 2 }, position: { x: 1, y: 2 }, body: 'here', parentId: null },
      { ...follows, id: bound, body: 'this', parentId: null },
      { ...follows, id: reply, body: 'yes', parentId: bound },
    ]);
    for (const comment of listComments(doc)) expect(readComment(doc, comment.id)).to.deep.equal(comment);
    expect([readComment(doc, box), readComment(doc, 'none')]).to.deep.equal([undefined, undefined]);
  });

  it('are resolved, reopened and edited; what is no comment is not', () => {
    const doc = new Y.Doc();
    const [box, id] = [createAnnotation(doc, BOX), addComment(doc, { x: 1, y: 2 }, 'here')];
    const told = (): unknown => listComments(doc).map(({ body, status }) => [body, status]);
    expect([resolveComment(doc, id), told()]).to.deep.equal([true, [['here', 'resolved']]]);
    expect([reopenComment(doc, id), editComment(doc, id, 'there'), told()]).to.deep.equal([
      true,
      true,
      [['there', 'open']],
    ]);
    expect([resolveComment(doc, box), editComment(doc, 'gone', 'x')]).to.deep.equal([false, false]);
    expect(() => editComment(doc, id, '')).to.throw(AnnotationError, 'must not be empty');
    expect(() => addComment(doc, { annotationId: id }, 'x')).to.throw(AnnotationError, 'reply');
    expect(() => replyToComment(doc, box, 'x')).to.throw(AnnotationError, 'no annotation');
  });
});

describe('a comment whose annotation is gone', () => {
  const orphan = () => {
    const doc = new Y.Doc();
    const box = createAnnotation(doc, { type: 'box', geometry: { x: 5, y: 6, width: 1, height: 1 } });
    const comment = addComment(doc, { annotationId: box }, 'Why?');
    deleteAnnotations(doc, box);
    return { doc, box, comment };
  };

  for (const [how, put] of [
    ['moved', (doc: Y.Doc, id: string) => moveAnnotations(doc, id, { x: 2, y: 3 })],
    ['resized', (doc: Y.Doc, id: string) => resizeAnnotations(doc, id, { x: 7, y: 9, width: 0, height: 0 })],
    ['updated', (doc: Y.Doc, id: string) => updateAnnotation(doc, id, { geometry: { x: 7, y: 9 } })],
  ] as const) {
    it(`stands on its own once it is ${how}, whatever becomes of the annotation`, () => {
      const { doc, box, comment } = orphan();
      put(doc, comment);
      for (const isBack of [false, true]) {
        if (isBack) restoreAnnotations(doc, box);
        expect(readAnnotation(doc, comment))
          .to.deep.include({ geometry: { x: 7, y: 9 }, parent_id: null })
          .and.not.have.property('orphaned');
      }
    });
  }

  it('[ANN-7] stands where it was made where not even an entry says where the annotation stood', () => {
    const doc = new Y.Doc();
    const box = createAnnotation(doc, { type: 'box', geometry: { x: 5, y: 6, width: 1, height: 1 } });
    const comment = addComment(doc, { annotationId: box }, 'Why?');
    const reply = replyToComment(doc, comment, 'Because.');
    moveAnnotations(doc, box, { x: 10, y: 10 });
    entriesOf(doc).delete(box);
    for (const id of [comment, reply]) {
      expect(readComment(doc, id)).to.deep.include({
        position: { x: 5, y: 6 },
        orphaned: true,
        anchor: { annotationId: box },
      });
    }
  });

  it('has copies that stand on their own beside it', () => {
    const { doc, comment } = orphan();
    const [copy = ''] = duplicateAnnotations(doc, comment, { x: 10, y: 10 });
    expect(readAnnotation(doc, copy)).to.deep.include({ geometry: { x: 15, y: 16 }, parent_id: null });
  });
});
