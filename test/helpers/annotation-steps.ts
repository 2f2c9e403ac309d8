import fc from 'fast-check';
import type { AnnotationChange, AnnotationInput } from '../../protocol/annotation-messages.ts';

/** What happens to an annotation document, as plain data: indexes stand for whatever is there by then. */
export type Step =
  | { readonly do: 'create'; readonly input: AnnotationInput; readonly parent: number | undefined }
  | {
      readonly do: 'update';
      readonly target: number;
      readonly change: AnnotationChange;
      readonly parent: number | null | undefined;
    }
  | { readonly do: 'delete'; readonly target: number }
  | { readonly do: 'rename'; readonly name: string }
  | { readonly do: 'image'; readonly kind: 0 | 1 | 2 | 3 }
  | { readonly do: 'version'; readonly tag: string | undefined }
  | { readonly do: 'revert'; readonly target: number }
  | { readonly do: 'export' }
  | { readonly do: 'finish'; readonly target: number; readonly ok: boolean }
  | { readonly do: 'pull'; readonly client: number }
  | { readonly do: 'draw'; readonly client: number; readonly edits: readonly ClientEdit[] }
  | { readonly do: 'close'; readonly sure: boolean };

/** What a Yjs client does to an entry; some of it is no annotation. */
export interface ClientEdit {
  readonly target: number;
  readonly field:
    | 'new'
    | 'geometry'
    | 'style'
    | 'content'
    | 'parent'
    | 'status'
    | 'remove'
    | 'rubbish'
    | 'same'
    | 'comment'
    | 'again'
    | 'place'
    | 'kind';
  readonly number: number;
  readonly text: string;
}

const coordinate = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const text = fc.string({ unit: 'grapheme', maxLength: 12 });

const style = fc.dictionary(
  fc.constantFrom('stroke', 'stroke_width', 'z_index', 'opacity', 'mine', 'other', 'constructor'),
  fc.oneof(fc.constant('red'), fc.integer({ min: 0, max: 3 }), fc.constant(0.5)),
);

const input: fc.Arbitrary<AnnotationInput> = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom('box', 'ellipse'),
      geometry: fc.record({ x: coordinate, y: coordinate, width: fc.nat(100), height: fc.nat(100) }),
      style,
      content: text,
      group_id: fc.option(fc.constant('g')),
    },
    { requiredKeys: ['type', 'geometry'] },
  ),
  fc.record({
    type: fc.constantFrom('line', 'arrow'),
    geometry: fc.record({ x1: coordinate, y1: coordinate, x2: coordinate, y2: coordinate }),
  }),
  fc.record(
    {
      type: fc.constant('comment' as const),
      geometry: fc.record({ x: coordinate, y: coordinate }),
      content: text,
      resolved: fc.boolean(),
    },
    { requiredKeys: ['type', 'geometry'] },
  ),
  fc.record({ type: fc.constant('comment' as const), content: text }),
);

/** A comment that is about something, and can stay behind. */
const anchored: fc.Arbitrary<AnnotationInput> = fc.record({
  type: fc.constant('comment' as const),
  geometry: fc.record({ x: coordinate, y: coordinate }),
});

const change: fc.Arbitrary<AnnotationChange> = fc.record(
  {
    geometry: fc.oneof(
      fc.record(
        { x: coordinate, y: coordinate, width: fc.nat(100), height: fc.nat(100), rotation: fc.nat(400) },
        { requiredKeys: ['x', 'y', 'width', 'height'] },
      ),
      fc.record({ x: fc.nat(3), y: fc.nat(3) }),
      fc.constant({}),
    ),
    style: fc.dictionary(
      fc.constantFrom('stroke', 'stroke_width', 'mine'),
      fc.option(fc.integer({ min: 0, max: 3 })),
    ),
    content: text,
    group_id: fc.option(fc.constantFrom('g', 'h')),
  },
  { requiredKeys: [] },
);

const index = fc.nat(11);
const client = fc.nat(2);

const clientEdit: fc.Arbitrary<ClientEdit> = fc.record({
  target: index,
  field: fc.constantFrom(
    'new',
    'geometry',
    'style',
    'content',
    'parent',
    'status',
    'remove',
    'rubbish',
    'same',
    'comment',
    'again',
    'place',
    'kind',
  ),
  number: fc.nat(11),
  text,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      input,
      parent: fc.option(index, { nil: undefined }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('create' as const), input: anchored, parent: index }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      target: index,
      change,
      parent: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, index, fc.constant(null)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), target: index }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('rename' as const), name: fc.string({ maxLength: 5 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('image' as const), kind: fc.constantFrom(0, 1, 2, 3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('version' as const),
      tag: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revert' as const), target: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('export' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('finish' as const), target: index, ok: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pull' as const), client }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('draw' as const),
      client,
      edits: fc.array(clientEdit, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      sure: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
  },
);

/** A document's life: it begins with its creation, mostly. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(step, { maxLength: 30, size: 'max' });
