import fc from 'fast-check';
import { parseGeometry } from '../../documents/annotation/geometry.ts';
import { parseStyle } from '../../documents/annotation/style.ts';
import { FieldErrors } from '../../documents/field-errors.ts';
import type { SceneAnnotation, SceneGeometry } from '../../render/port.ts';

type Type = SceneAnnotation['type'];

const TYPES: readonly Type[] = ['text', 'box', 'ellipse', 'arrow', 'line', 'polygon', 'freehand', 'comment'];
const COLORS = [
  'red',
  '#0008',
  '#12345678',
  'none',
  'transparent',
  'hsl(9 90% 50%)',
  'rgba(1, 2, 3, 0.01)',
  'rgb(50% 0% 100% / 0.7)',
];
const SIGNS =
  'aW ﬁé\n\t\u00a0\u00ad-/(123)٣ابتثلمשלום\u05b8िकु्रह中文→∑\u{E000}\u{1F600}\u200d\u200f\u2066\u0301';

const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** On a page of 120 × 90 or near it, and sometimes as far away as the contract allows. */
const coordinate = fc.oneof(
  { weight: 6, arbitrary: number(-60, 180) },
  { weight: 2, arbitrary: fc.integer({ min: -20, max: 140 }) },
  { weight: 1, arbitrary: number(-1e6, 1e6) },
);
const length = fc.oneof(
  { weight: 6, arbitrary: number(0, 150) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e6, 0.001) },
);
const rotation = fc.oneof(fc.constantFrom(0, 90, 180, 45), number(-1e6, 1e6));
const points = (least: number, pressure: boolean): fc.Arbitrary<number[][]> =>
  fc.array(
    pressure
      ? fc.oneof(fc.tuple(coordinate, coordinate), fc.tuple(coordinate, coordinate, number(0, 1)))
      : fc.tuple(coordinate, coordinate),
    { minLength: least, maxLength: 14 },
  );

const plain = { x: coordinate, y: coordinate };
const boxed = fc.record(
  { ...plain, width: length, height: length, rotation },
  { requiredKeys: ['x', 'y', 'width', 'height'] },
);

const GEOMETRY: Readonly<Record<Type, fc.Arbitrary<SceneGeometry>>> = {
  box: boxed,
  ellipse: boxed,
  text: fc.record({ ...plain, width: length, height: length, rotation }, { requiredKeys: ['x', 'y'] }),
  line: fc.record({ points: points(2, false) }),
  arrow: fc.record({ points: points(2, false) }),
  polygon: fc.record({ points: points(3, false) }),
  freehand: fc.record({ points: points(2, true) }),
  comment: fc.record(plain),
};

const style = fc.record(
  {
    stroke: fc.constantFrom(...COLORS),
    fill: fc.constantFrom(...COLORS),
    color: fc.constantFrom(...COLORS),
    stroke_width: fc.oneof(number(0, 100), fc.constantFrom(0, 0.01, 1, 2, 100)),
    opacity: fc.oneof(number(0, 1), fc.constantFrom(0, 0.5, 1)),
    dash: fc.array(fc.oneof(number(0, 50), fc.constantFrom(0, 0.001, 10_000)), { maxLength: 5 }),
    line_cap: fc.constantFrom('butt', 'round', 'square'),
    line_join: fc.constantFrom('miter', 'round', 'bevel'),
    font_family: fc.constantFrom('serif', 'Menlo, monospace', 'Arial', 'x'),
    font_size: fc.oneof(number(1, 60), fc.constantFrom(1, 16, 512)),
    font_weight: fc.oneof(fc.integer({ min: 100, max: 900 }), fc.constantFrom('normal', 'bold')),
    font_style: fc.constantFrom('normal', 'italic', 'oblique'),
    text_align: fc.constantFrom('left', 'center', 'right'),
    line_height: number(0.5, 5),
    z_index: fc.integer({ min: -3, max: 3 }),
    'free/key': fc.constantFrom(1, 'x', null),
  },
  { requiredKeys: [] },
);

/** Judges an annotation as the contract does, so that no test draws what could never be stored. */
function isValid({
  type,
  geometry,
  style: styled,
}: Pick<SceneAnnotation, 'type' | 'geometry' | 'style'>): boolean {
  const errors = new FieldErrors();
  parseGeometry(type, geometry, '/geometry', errors);
  parseStyle(styled, '/style', errors);
  return errors.count === 0;
}

const content = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from(SIGNS)), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/** Any annotation that chapter 3 of the contract lets in, on or around a page of 120 × 90. */
export const validAnnotation: fc.Arbitrary<SceneAnnotation> = fc
  .constantFrom(...TYPES)
  .chain((type) =>
    fc.record({
      id: fc.uuid(),
      type: fc.constant(type),
      geometry: GEOMETRY[type],
      style,
      content,
      parent_id: fc.constant(null),
      resolved: fc.boolean(),
    }),
  )
  .filter(isValid);

/** A page full of them, in order of creation. */
export const validAnnotations: fc.Arbitrary<SceneAnnotation[]> = fc.array(validAnnotation, { maxLength: 5 });
