import { expect } from 'chai';
import fc from 'fast-check';
import * as Y from 'yjs';
import { AnnotationError } from '../../../client/annotations/annotation-error.ts';
import { checkGeometry } from '../../../client/annotations/check-geometry.ts';
import { checkStyle } from '../../../client/annotations/check-style.ts';
import { createAnnotation, type NewAnnotation } from '../../../client/annotations/create.ts';
import { entriesOf } from '../../../client/annotations/entries.ts';
import { readAnnotation } from '../../../client/annotations/read.ts';
import { parseGeometry } from '../../../documents/annotation/geometry.ts';
import { parseStyle } from '../../../documents/annotation/style.ts';
import { FieldErrors } from '../../../documents/field-errors.ts';
import { BOX } from './replica.ts';

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
