import { expect } from 'chai';
import * as Y from 'yjs';
import { AnnotationError } from '../../../client/annotations/annotation-error.ts';
import { addComment } from '../../../client/annotations/comments.ts';
import { createAnnotation, type NewAnnotation } from '../../../client/annotations/create.ts';
import { readAnnotation } from '../../../client/annotations/read.ts';
import { boundsOf } from '../../../client/annotations/shape.ts';
import {
  moveAnnotations,
  resizeAnnotations,
  rotateAnnotations,
} from '../../../client/annotations/transform.ts';

const BOX = { type: 'box', geometry: { x: 10, y: 20, width: 30, height: 40 } } as const;
const LINE = {
  type: 'line',
  geometry: {
    points: [
      [0, 0],
      [10, 20],
    ],
  },
} as const;
const PEN = {
  type: 'freehand',
  geometry: {
    points: [
      [0, 0, 0.5],
      [10, 10, 1],
      [20, 0],
    ],
  },
} as const;
const NOTE = { type: 'text', geometry: { x: 0, y: 0 }, content: 'hello' } as const;

function drawn(...annotations: readonly NewAnnotation[]) {
  const doc = new Y.Doc();
  const ids = annotations.map((annotation) => createAnnotation(doc, annotation));
  let updates = 0;
  doc.on('update', () => {
    updates += 1;
  });
  return {
    doc,
    ids,
    geometries: (): unknown[] => ids.map((id) => readAnnotation(doc, id)?.geometry),
    updates: () => updates,
  };
}

describe('moving', () => {
  it('takes every kind of geometry along, in one transaction', () => {
    const { doc, ids, geometries, updates } = drawn(BOX, LINE, PEN, NOTE, {
      type: 'comment',
      geometry: { x: 1, y: 1 },
    });
    expect(moveAnnotations(doc, ids, { x: 5, y: -5 })).to.deep.equal(ids);
    expect(geometries()).to.deep.equal([
      { x: 15, y: 15, width: 30, height: 40 },
      {
        points: [
          [5, -5],
          [15, 15],
        ],
      },
      {
        points: [
          [5, -5, 0.5],
          [15, 5, 1],
          [25, -5],
        ],
      },
      { x: 5, y: -5 },
      { x: 6, y: -4 },
    ]);
    expect(updates()).to.equal(1);
  });

  it('leaves comments to what they are anchored to, and passes over what is gone', () => {
    const { doc, ids } = drawn(BOX);
    const comment = addComment(doc, { annotationId: ids[0] ?? '' }, 'Why?');
    expect(moveAnnotations(doc, [...ids, comment, 'gone'], { x: 1, y: 1 })).to.deep.equal(ids);
    expect(moveAnnotations(doc, ids, { x: 0, y: 0 })).to.deep.equal([]);
  });

  it('stops all at the edge of the coordinates, so that nothing is bent', () => {
    const { doc, ids, geometries } = drawn(BOX, LINE);
    moveAnnotations(doc, ids, { x: 5e6, y: 0 });
    expect(geometries()).to.deep.equal([
      { x: 999_970, y: 20, width: 30, height: 40 },
      {
        points: [
          [999_960, 0],
          [999_970, 20],
        ],
      },
    ]);
  });

  it('refuses a distance that is no number', () => {
    const { doc, ids } = drawn(BOX);
    expect(() => moveAnnotations(doc, ids, { x: Number.NaN, y: 0 })).to.throw(AnnotationError, '/by/x');
  });
});

describe('resizing', () => {
  it('makes one fill a box; points are scaled, a text gets a width', () => {
    const to = { x: 100, y: 100, width: 20, height: 10 };
    for (const [annotation, geometry] of [
      [
        { ...BOX, geometry: { ...BOX.geometry, rotation: 30 } },
        { ...to, rotation: 30 },
      ],
      [
        LINE,
        {
          points: [
            [100, 100],
            [120, 110],
          ],
        },
      ],
      [
        PEN,
        {
          points: [
            [100, 100, 0.5],
            [110, 110, 1],
            [120, 100],
          ],
        },
      ],
      [NOTE, to],
    ] as const) {
      const { doc, ids, geometries } = drawn(annotation);
      expect(resizeAnnotations(doc, ids, to)).to.deep.equal(ids);
      expect(geometries()).to.deep.equal([geometry]);
    }
  });

  it('mirrors where a size is negative', () => {
    const to = { x: 100, y: 100, width: -10, height: 20 };
    const { doc, ids, geometries } = drawn(BOX, LINE);
    for (const id of ids) resizeAnnotations(doc, id, to);
    expect(geometries()).to.deep.equal([
      { x: 90, y: 100, width: 10, height: 20 },
      {
        points: [
          [100, 100],
          [90, 120],
        ],
      },
    ]);
  });

  it('does not stretch what has no extent', () => {
    const flat = {
      type: 'line',
      geometry: {
        points: [
          [0, 5],
          [10, 5],
        ],
      },
    } as const;
    const { doc, ids, geometries } = drawn(flat);
    resizeAnnotations(doc, ids, { x: 0, y: 0, width: 100, height: 50 });
    expect(geometries()).to.deep.equal([
      {
        points: [
          [0, 0],
          [100, 0],
        ],
      },
    ]);
  });

  it('takes several from the rectangle around them to the box', () => {
    const { doc, ids, geometries } = drawn(
      { type: 'box', geometry: { x: 0, y: 0, width: 10, height: 10 } },
      { type: 'ellipse', geometry: { x: 10, y: 10, width: 10, height: 10, rotation: 90 } },
    );
    resizeAnnotations(doc, ids, { x: 100, y: 0, width: 40, height: 20 });
    expect(geometries()).to.deep.equal([
      { x: 100, y: 0, width: 20, height: 10 },
      // Turned by a right angle, its height is what is seen as its width.
      { x: 125, y: 5, width: 10, height: 20, rotation: 90 },
    ]);
  });
});

describe('rotating', () => {
  it('turns one about its own centre', () => {
    const { doc, ids, geometries } = drawn(BOX, LINE);
    for (const id of ids) rotateAnnotations(doc, id, 90);
    expect(geometries()).to.deep.equal([
      { x: 10, y: 20, width: 30, height: 40, rotation: 90 },
      {
        points: [
          [15, 5],
          [-5, 15],
        ],
      },
    ]);
    rotateAnnotations(doc, ids[0] ?? '', -450);
    expect(geometries()[0]).to.include({ rotation: 0 });
  });

  it('turns several about the centre of the rectangle around all of them', () => {
    const { doc, ids, geometries } = drawn(
      { type: 'box', geometry: { x: 0, y: 0, width: 10, height: 10 } },
      { type: 'box', geometry: { x: 90, y: 0, width: 10, height: 10 } },
    );
    rotateAnnotations(doc, ids, 180);
    expect(geometries()).to.deep.equal([
      { x: 90, y: 0, width: 10, height: 10, rotation: 180 },
      { x: 0, y: 0, width: 10, height: 10, rotation: 180 },
    ]);
  });

  it('comes back to where it was after a whole turn in small steps', () => {
    const { doc, ids, geometries } = drawn(LINE, BOX);
    for (let step = 0; step < 36; step += 1) rotateAnnotations(doc, ids, 10, { centre: { x: 50, y: 50 } });
    const [line, box] = geometries() as [{ points: number[][] }, Record<string, number>];
    expect(line.points.flat().map((value) => Math.round(value) + 0)).to.deep.equal([0, 0, 10, 20]);
    expect(Object.values(box).map((value) => Math.round(value) + 0)).to.deep.equal([10, 20, 30, 40, 0]);
  });
});

describe('bounds', () => {
  it('are around what is turned, and around a text by its measure', () => {
    const { doc, ids } = drawn(
      { ...BOX, geometry: { ...BOX.geometry, rotation: 90 } },
      { ...NOTE, style: { text_align: 'right' } },
    );
    const [box, text] = ids.map((id) => readAnnotation(doc, id));
    if (box === undefined || text === undefined) throw new Error('not there');
    expect(boundsOf(box)).to.deep.equal({ x: 5, y: 25, width: 40, height: 30 });
    expect(boundsOf(text, () => ({ width: 50, height: 20 }))).to.deep.equal({
      x: -50,
      y: 0,
      width: 50,
      height: 20,
    });
  });
});
