import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { AnnotationError } from '../../../client/annotations/annotation-error.ts';
import { checkGeometry } from '../../../client/annotations/check-geometry.ts';
import { checkStyle } from '../../../client/annotations/check-style.ts';
import {
  addComment,
  editComment,
  listComments,
  readComment,
  reopenComment,
  replyToComment,
  resolveComment,
} from '../../../client/annotations/comments.ts';
import {
  createAnnotation,
  duplicateAnnotations,
  type NewAnnotation,
} from '../../../client/annotations/create.ts';
import { entriesOf, entryOf } from '../../../client/annotations/entries.ts';
import { groupAnnotations, listGroup, ungroupAnnotations } from '../../../client/annotations/groups.ts';
import {
  listAnnotations,
  listDeletedAnnotations,
  observeAnnotations,
  readAnnotation,
} from '../../../client/annotations/read.ts';
import { moveAnnotations, resizeAnnotations } from '../../../client/annotations/transform.ts';
import {
  deleteAnnotations,
  restoreAnnotations,
  updateAnnotation,
} from '../../../client/annotations/update.ts';
import { parseGeometry } from '../../../documents/annotation/geometry.ts';
import { parseStyle } from '../../../documents/annotation/style.ts';
import { FieldErrors } from '../../../documents/field-errors.ts';
import { Replica } from './replica.ts';

const BOX = { type: 'box', geometry: { x: 0, y: 0, width: 10, height: 10 } } as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const isTaken = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof AnnotationError) return false;
    throw error;
  }
};

describe('creating', () => {
  it('fills in what is not given, and names it by a UUIDv4', () => {
    const doc = new Y.Doc();
    const id = createAnnotation(doc, { type: 'arrow', geometry: { x1: 1, y1: 2, x2: 3, y2: -0 } });
    expect(id).to.match(UUID);
    expect(readAnnotation(doc, id)).to.deep.equal({
      id,
      type: 'arrow',
      geometry: {
        points: [
          [1, 2],
          [3, 0],
        ],
      },
      style: {},
      content: '',
      parent_id: null,
      group_id: null,
      status: 'active',
    });
  });

  for (const [what, annotation, path] of [
    ['a geometry of another type', { type: 'box', geometry: { points: [] } }, '/geometry/x'],
    ['a size below 0', { type: 'box', geometry: { x: 0, y: 0, width: -1, height: 0 } }, '/geometry/width'],
    [
      'a number that is none',
      { type: 'box', geometry: { x: Number.NaN, y: 0, width: 1, height: 0 } },
      '/geometry/x',
    ],
    [
      'too few points',
      {
        type: 'polygon',
        geometry: {
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      },
      '/geometry/points',
    ],
    ['a colour that is none', { ...BOX, style: { fill: 'reddish' } }, '/style/fill'],
    ['a style that is not plain', { ...BOX, style: { mine: new Date() } }, '/style/mine'],
    ['a text that is too long', { ...BOX, content: 'x'.repeat(10_001) }, '/content'],
    ['half a surrogate pair', { ...BOX, content: '\ud800' }, '/content'],
    ['a comment that is nowhere', { type: 'comment', geometry: {} }, '/geometry'],
  ] as const) {
    it(`refuses ${what}, names the field, and changes nothing`, () => {
      const doc = new Y.Doc();
      expect(() => createAnnotation(doc, annotation as unknown as NewAnnotation))
        .to.throw(AnnotationError)
        .that.includes({ code: 'invalid', path });
      expect(entriesOf(doc).size).to.equal(0);
    });
  }

  it('refuses a parent that is not there', () => {
    const parent_id = '00000000-0000-4000-8000-000000000000';
    const reply = { type: 'comment', geometry: {}, parent_id } as const;
    expect(() => createAnnotation(new Y.Doc(), reply))
      .to.throw(AnnotationError)
      .that.includes({ code: 'not_found' });
  });

  it('judges geometry and style exactly as the server does', () => {
    const value = fc.oneof(
      fc.constantFrom(-1, 0, 0.5, 1, 2e6, null, '#fff', 'bold', 'round', 'red!', true),
      fc.double(),
      fc.string(),
      fc.array(fc.nat(9), { maxLength: 3 }),
    );
    const names = [
      'stroke',
      'fill',
      'stroke_width',
      'opacity',
      'dash',
      'line_cap',
      'font_size',
      'font_weight',
      'font_family',
      'z_index',
      'line_height',
      'mine',
      '__proto__',
      '\ud800',
    ];
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3, noNullPrototype: true }),
        (style) => {
          const errors = new FieldErrors();
          parseStyle(style, '', errors);
          expect(isTaken(() => checkStyle(style))).to.equal(errors.count === 0);
        },
      ),
    );
    const types = ['box', 'text', 'line', 'polygon', 'freehand', 'comment'] as const;
    const number = fc.oneof(fc.constantFrom(-1, 0, 1, 1e6, 1_000_001, Number.NaN), fc.double());
    const points = fc.array(fc.array(number, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
    const keys = {
      x: number,
      y: number,
      width: number,
      height: number,
      rotation: number,
      points,
      x1: number,
      y1: number,
      x2: number,
      y2: number,
      z: number,
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.record(keys, { requiredKeys: [], noNullPrototype: true }),
        (type, geometry) => {
          const errors = new FieldErrors();
          const parsed = parseGeometry(type, geometry, '', errors);
          expect(isTaken(() => checkGeometry(type, geometry))).to.equal(errors.count === 0);
          if (errors.count === 0) expect(checkGeometry(type, geometry)).to.deep.equal(parsed);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

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
