import { expect } from 'chai';
import * as Y from 'yjs';
import { AnnotationError } from '../../../client/annotations/annotation-error.ts';
import { addComment, replyToComment } from '../../../client/annotations/comments.ts';
import { createAnnotation } from '../../../client/annotations/create.ts';
import { listAnnotations, listDeletedAnnotations, readAnnotation } from '../../../client/annotations/read.ts';
import { moveAnnotations } from '../../../client/annotations/transform.ts';
import {
  deleteAnnotations,
  restoreAnnotations,
  updateAnnotation,
} from '../../../client/annotations/update.ts';
import { BOX, Replica } from './replica.ts';

describe('updating', () => {
  it('merges a style key by key and writes only what differs', () => {
    const replica = new Replica(10);
    const id = createAnnotation(replica.doc, {
      ...BOX,
      style: { fill: 'red', stroke: 'blue', dash: [1, 2] },
    });
    replica.updates.length = 0;
    updateAnnotation(replica.doc, id, {
      style: { fill: 'red', dash: [1, 2] },
      geometry: BOX.geometry,
      content: '',
      group_id: null,
    });
    expect(replica.updates).to.deep.equal([]);
    updateAnnotation(replica.doc, id, { style: { stroke: null, opacity: 0.5 } });
    expect(readAnnotation(replica.doc, id)?.style).to.deep.equal({ dash: [1, 2], fill: 'red', opacity: 0.5 });
  });

  it('keeps what two type into one text at the same time', () => {
    const [ann, bob] = [new Replica(10), new Replica(20)];
    const id = createAnnotation(ann.doc, { type: 'text', geometry: { x: 0, y: 0 }, content: '🙂 sun' });
    Replica.sync(ann, bob);
    updateAnnotation(ann.doc, id, { content: '🙃 sun' });
    updateAnnotation(bob.doc, id, { content: '🙂 sunrise' });
    Replica.sync(ann, bob);
    expect(readAnnotation(ann.doc, id)?.content).to.equal('🙃 sunrise');
  });

  it('refuses what does not go with the rest, and says whether the annotation is there', () => {
    const doc = new Y.Doc();
    const id = createAnnotation(doc, BOX);
    expect(() => updateAnnotation(doc, id, { resolved: true })).to.throw(AnnotationError, '/resolved');
    expect(() => updateAnnotation(doc, id, { style: { fill: 'red', opacity: 2 } })).to.throw(
      AnnotationError,
      '/style/opacity',
    );
    expect(readAnnotation(doc, id)?.style).to.deep.equal({});
    deleteAnnotations(doc, id);
    expect(updateAnnotation(doc, id, { content: 'x' })).to.equal(false);
  });
});

describe('deleting and restoring', () => {
  it('takes replies along, both ways, and leaves comments where the annotation was', () => {
    const doc = new Y.Doc();
    const box = createAnnotation(doc, { type: 'box', geometry: { x: 5, y: 6, width: 1, height: 1 } });
    const comment = addComment(doc, { annotationId: box }, 'Why?');
    const reply = replyToComment(doc, comment, 'Because.');
    moveAnnotations(doc, box, { x: 10, y: 10 });
    expect(deleteAnnotations(doc, box)).to.deep.equal([box]);
    expect(readAnnotation(doc, comment)).to.deep.include({ orphaned: true, geometry: { x: 15, y: 16 } });
    expect(deleteAnnotations(doc, comment)).to.have.members([comment, reply]);
    expect(listAnnotations(doc)).to.deep.equal([]);
    expect(listDeletedAnnotations(doc).map(({ id }) => id)).to.have.members([box, comment, reply]);
    expect(restoreAnnotations(doc, reply)).to.deep.equal([]);
    expect(restoreAnnotations(doc, [reply, comment])).to.have.members([comment, reply]);
    restoreAnnotations(doc, box);
    expect(readAnnotation(doc, comment)).to.not.have.property('orphaned');
  });
});
