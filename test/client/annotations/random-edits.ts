import fc from 'fast-check';
import type * as Y from 'yjs';
import type { RoomAnnotation } from '../../../client/annotations/annotation.ts';
import {
  addComment,
  reopenComment,
  replyToComment,
  resolveComment,
} from '../../../client/annotations/comments.ts';
import {
  createAnnotation,
  duplicateAnnotations,
  type NewAnnotation,
} from '../../../client/annotations/create.ts';
import { groupAnnotations, ungroupAnnotations } from '../../../client/annotations/groups.ts';
import { listAnnotations, listDeletedAnnotations } from '../../../client/annotations/read.ts';
import {
  moveAnnotations,
  resizeAnnotations,
  rotateAnnotations,
} from '../../../client/annotations/transform.ts';
import {
  deleteAnnotations,
  restoreAnnotations,
  updateAnnotation,
} from '../../../client/annotations/update.ts';
import { bringForward, bringToFront, sendBackward, sendToBack } from '../../../client/annotations/z-order.ts';

const coordinate = fc.oneof(
  fc.integer({ min: -500, max: 500 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const length = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.double({ min: 0, max: 1e6, noNaN: true }));
const angle = fc.oneof(fc.constantFrom(0, 90, 180, 360), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const point = fc.tuple(coordinate, coordinate);
const pressed = fc.oneof(point, fc.tuple(coordinate, coordinate, fc.double({ min: 0, max: 1, noNaN: true })));
const color = fc.constantFrom('#e03131', 'none', 'rgb(1 2 3 / 50%)', 'tomato', 'hsl(120, 50%, 50%)');
const content = fc.string({ maxLength: 20, unit: 'grapheme' });

const body = content.map((words) => words || '?');

const style = fc.record(
  {
    stroke: color,
    fill: color,
    stroke_width: fc.double({ min: 0, max: 100, noNaN: true }),
    opacity: fc.double({ min: 0, max: 1, noNaN: true }),
    dash: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }),
    font_size: fc.integer({ min: 1, max: 512 }),
    z_index: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-1_000_000, 1_000_000)),
    mine: fc.dictionary(
      fc.constantFrom('a', 'b', 'ü'),
      fc.oneof(content, fc.integer(), fc.array(fc.boolean())),
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: [] },
);

const box = fc.record(
  { x: coordinate, y: coordinate, width: length, height: length, rotation: angle },
  {
    requiredKeys: ['x', 'y', 'width', 'height'],
  },
);
const text = fc.record(
  { x: coordinate, y: coordinate, width: length, height: length, rotation: angle },
  {
    requiredKeys: ['x', 'y'],
  },
);
const points = (minLength: number) => fc.record({ points: fc.array(point, { minLength, maxLength: 6 }) });
const segment = fc.record({ x1: coordinate, y1: coordinate, x2: coordinate, y2: coordinate });

export const newAnnotation: fc.Arbitrary<NewAnnotation> = fc
  .tuple(
    fc.oneof(
      fc.record({ type: fc.constantFrom('box', 'ellipse'), geometry: box }),
      fc.record({ type: fc.constant('text'), geometry: text }),
      fc.record({ type: fc.constantFrom('line', 'arrow'), geometry: fc.oneof(points(2), segment) }),
      fc.record({ type: fc.constant('polygon'), geometry: points(3) }),
      fc.record({
        type: fc.constant('freehand'),
        geometry: fc.record({ points: fc.array(pressed, { minLength: 2, maxLength: 6 }) }),
      }),
      fc.record({ type: fc.constant('comment'), geometry: fc.record({ x: coordinate, y: coordinate }) }),
    ),
    fc.record({ style, content }, { requiredKeys: [] }),
  )
  .map(([shape, rest]) => ({ ...shape, ...rest }) as NewAnnotation);

/** One thing that somebody does; which annotations it is done to depends on what is there. */
export type Edit = (doc: Y.Doc, origin?: unknown) => void;

const pick = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
const chosen = (all: readonly RoomAnnotation[], picks: readonly number[]): string[] =>
  all.length === 0 ? [] : picks.flatMap((index) => all[index % all.length]?.id ?? []);
const some = (doc: Y.Doc, picks: readonly number[]): string[] => chosen(listAnnotations(doc), picks);
const one = (doc: Y.Doc, picks: readonly number[]): string => some(doc, picks)[0] ?? 'nothing';
const comments = (doc: Y.Doc, picks: readonly number[]): string | undefined =>
  chosen(
    listAnnotations(doc).filter(({ type }) => type === 'comment'),
    picks,
  )[0];

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: newAnnotation.map(
      (annotation): Edit =>
        (doc, origin) =>
          void createAnnotation(doc, annotation, origin),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(pick, style).map(
      ([picks, change]): Edit =>
        (doc, origin) => {
          const { mine: _, ...known } = change;
          updateAnnotation(doc, one(doc, picks), { style: { ...known, opacity: null } }, origin);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(pick, content).map(
      ([picks, words]): Edit =>
        (doc, origin) => {
          updateAnnotation(doc, one(doc, picks), { content: words }, origin);
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(pick, coordinate, coordinate).map(
      ([picks, x, y]): Edit =>
        (doc, origin) => {
          moveAnnotations(doc, some(doc, picks), { x, y }, { origin });
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, coordinate, coordinate, coordinate, coordinate).map(
      ([picks, x, y, width, height]): Edit =>
        (doc, origin) => {
          resizeAnnotations(doc, some(doc, picks), { x, y, width, height }, { origin });
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, angle).map(
      ([picks, degrees]): Edit =>
        (doc, origin) => {
          rotateAnnotations(doc, some(doc, picks), degrees, { origin });
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        pick,
        fc.constantFrom(
          bringToFront,
          sendToBack,
          bringForward,
          sendBackward,
          groupAnnotations,
          ungroupAnnotations,
          deleteAnnotations,
        ),
      )
      .map(
        ([picks, act]): Edit =>
          (doc, origin) =>
            void act(doc, some(doc, picks), origin),
      ),
  },
  {
    weight: 1,
    arbitrary: pick.map(
      (picks): Edit =>
        (doc, origin) =>
          void duplicateAnnotations(doc, some(doc, picks), { x: 5, y: 5 }, origin),
    ),
  },
  {
    weight: 2,
    arbitrary: pick.map(
      (picks): Edit =>
        (doc, origin) =>
          void restoreAnnotations(doc, chosen(listDeletedAnnotations(doc), picks), origin),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, body).map(
      ([picks, words]): Edit =>
        (doc, origin) => {
          const [on] = chosen(
            listAnnotations(doc).filter(({ type }) => type !== 'comment'),
            picks,
          );
          addComment(doc, on === undefined ? { x: 1, y: 2 } : { annotationId: on }, words, origin);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(pick, body, fc.nat(2)).map(
      ([picks, words, what]): Edit =>
        (doc, origin) => {
          const id = comments(doc, picks);
          if (id === undefined) return;
          if (what === 0) replyToComment(doc, id, words, origin);
          else if (what === 1) resolveComment(doc, id, origin);
          else reopenComment(doc, id, origin);
        },
    ),
  },
);
