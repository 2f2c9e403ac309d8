import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseFields, type UncheckedFields } from '../../../documents/annotation/fields.ts';
import { mergeStyle } from '../../../documents/annotation/style.ts';
import { FieldErrors } from '../../../documents/field-errors.ts';

const DOCUMENT_ID = 'a1d0c2de-7f70-4b0e-8a53-6f7a4b1c9e01';
const PARENT_ID = 'b1d0c2de-7f70-4b0e-8a53-6f7a4b1c9e02';

const spec: unknown = parse(readFileSync('openapi.yaml', 'utf8'));
const ajv = new Ajv2020({ strict: false, formats: { uuid: true, 'date-time': true, 'uri-reference': true } });
ajv.addSchema({ ...(spec as object), $id: 'spec' });

function schema(name: string): ValidateFunction {
  const validate = ajv.getSchema(`spec#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`openapi.yaml has no schema ${name}`);
  return validate;
}

const CREATE: Readonly<Record<string, string>> = {
  text: 'TextCreate',
  box: 'BoxCreate',
  ellipse: 'EllipseCreate',
  arrow: 'ArrowCreate',
  line: 'LineCreate',
  polygon: 'PolygonCreate',
  freehand: 'FreehandCreate',
  comment: 'CommentCreate',
};

const edge = (...values: readonly number[]): fc.Arbitrary<number> => fc.constantFrom(...values);

/** Numbers in, at and beyond every bound, and what is no number. */
const numberish: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 12, arbitrary: fc.integer({ min: -20, max: 600 }) },
  { weight: 2, arbitrary: edge(-1e6, 1e6, -0, 512, 100, 900, 0.5, 5, 10_000) },
  { weight: 1, arbitrary: edge(-1_000_001, 1_000_001, 10_001, 1e300) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('1', null, [], {}, true) },
);

/** Mostly right, so that whole annotations often are. */
const fine = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 1 }) },
  { weight: 1, arbitrary: numberish },
);
const point = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(fine, fine) },
  { weight: 4, arbitrary: fc.tuple(fine, fine, fine) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>([], [1], [1, 2, 3, 4], 7, null, 'xy') },
);

const members = (names: readonly string[]): fc.Arbitrary<unknown> =>
  fc
    .record(Object.fromEntries(names.map((name) => [name, fine])), { requiredKeys: names.slice(0, 2) })
    .chain((whole) =>
      fc.oneof(
        { weight: 20, arbitrary: fc.constant(whole) },
        { weight: 1, arbitrary: fc.constant({ ...whole, extra: 1 }) },
      ),
    );

const geometry: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: members(['x', 'y', 'width', 'height', 'rotation']) },
  { weight: 2, arbitrary: members(['x', 'y']) },
  { weight: 2, arbitrary: members(['x1', 'y1', 'x2', 'y2']) },
  { weight: 5, arbitrary: fc.array(point, { maxLength: 5 }).map((points) => ({ points })) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({}, null, [], 'x', { points: null }, { points: {} }) },
);

const words = fc.oneof(
  fc.constantFrom(
    'normal',
    'bold',
    'italic',
    'left',
    'center',
    'round',
    'miter',
    'butt',
    '#e03131',
    'none',
    '',
  ),
  fc.string({ maxLength: 6 }),
  fc.constantFrom('ü'.repeat(128), '🎈'.repeat(128), 'x'.repeat(129)),
);

const styleValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: numberish },
  { weight: 4, arbitrary: words },
  { weight: 1, arbitrary: fc.array(numberish, { maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, { a: 1 }) },
);

const styleKey = fc.constantFrom(
  'stroke_width',
  'opacity',
  'dash',
  'line_cap',
  'line_join',
  'font_family',
  'font_size',
  'font_weight',
  'font_style',
  'text_align',
  'line_height',
  'z_index',
  'mine',
  'constructor',
  'toString',
);
const style = fc.oneof(
  { weight: 10, arbitrary: fc.dictionary(styleKey, styleValue, { maxKeys: 2, noNullPrototype: true }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'red', {}) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(100, 101)
      .map((n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, i]))),
  },
);

const content: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.constantFrom<unknown>(
    'x'.repeat(10_000),
    'x'.repeat(10_001),
    '🎈'.repeat(10_000),
    '🎈'.repeat(10_001),
    null,
    5,
  ),
);
const group: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  'g',
  '',
  null,
  'x'.repeat(128),
  'x'.repeat(129),
  3,
);
const resolved: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(true, false, 'yes', null);

/** An annotation in which now and then something is missing or wrong. */
const annotation = fc.record({ type: fc.constantFrom(...Object.keys(CREATE)), geometry }).chain((base) =>
  fc
    .record({ style, content, group_id: group, resolved }, { requiredKeys: [] })
    .map((extra) => Object.entries(extra).slice(0, 1))
    .map((picked): UncheckedFields => ({ ...base, ...Object.fromEntries(picked) })),
);

function accepts(input: UncheckedFields): boolean {
  const errors = new FieldErrors();
  // The parent makes a comment without coordinates a matter of the schema alone.
  return parseFields({ ...input, parent_id: PARENT_ID }, '/body', errors) !== undefined && errors.count === 0;
}

describe('the schema of annotations', () => {
  it('[ANN-1] takes and refuses new annotations as openapi.yaml does', () => {
    const outcomes = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(annotation, (input) => {
        const name = CREATE[String(input.type)] ?? '';
        const validate = schema(name);
        const inSpec = validate({ document_id: DOCUMENT_ID, ...input });
        outcomes[inSpec ? 'accepted' : 'refused'] += 1;
        expect(accepts(input), `${name}: ${JSON.stringify(validate.errors?.slice(0, 3))}`).to.equal(inSpec);
      }),
      { numRuns: 800 },
    );
    expect(outcomes.accepted).to.be.greaterThan(50);
    expect(outcomes.refused).to.be.greaterThan(50);
  });

  it('[ANN-1] takes and refuses styles as openapi.yaml does', () => {
    const validate = schema('AnnotationStyle');
    fc.assert(
      fc.property(style, (value) => {
        const inSpec = validate(value);
        const input = { type: 'box', geometry: { x: 0, y: 0, width: 1, height: 1 }, style: value };
        expect(accepts(input), JSON.stringify(validate.errors?.slice(0, 3))).to.equal(inSpec);
      }),
      { numRuns: 400 },
    );
  });

  it('[ANN-1] takes and refuses changes of styles as openapi.yaml does', () => {
    const validate = schema('AnnotationStylePatch');
    fc.assert(
      fc.property(style, (value) => {
        const inSpec = validate(value);
        const merged = mergeStyle({}, value, '/body/style', new FieldErrors());
        expect(merged !== undefined, JSON.stringify(validate.errors?.slice(0, 3))).to.equal(inSpec);
      }),
      { numRuns: 400 },
    );
  });

  it('[ANN-1] gives annotations in a form that openapi.yaml takes', () => {
    const validate = schema('Geometry');
    fc.assert(
      fc.property(annotation, (input) => {
        const errors = new FieldErrors();
        const fields = parseFields({ ...input, parent_id: PARENT_ID }, '', errors);
        if (fields === undefined) return;
        expect(validate(fields.geometry)).to.equal(true);
        // Once parsed it is in its one form.
        expect(parseFields(fields, '', errors)).to.deep.equal(fields);
      }),
      { numRuns: 300 },
    );
  });

  it('[ANN-1] takes 10,000 points and refuses one more', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => [i, i, 0.5]);
    expect(accepts({ type: 'freehand', geometry: { points } })).to.equal(true);
    expect(accepts({ type: 'freehand', geometry: { points: [...points, [0, 0]] } })).to.equal(false);
  });
});
