import type { SceneAnnotation, SceneGeometry, ScenePoint } from '../../render/port.ts';

/** One picture of the test card: a scene, and how it is asked for. */
export interface CardCell {
  /** Unique; also the name of its golden file. */
  readonly name: string;
  /** Size of the page in its own pixels, where there is no base image. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly background: 'white' | 'transparent';
  readonly includeComments: boolean;
  /** Encoded base image. */
  readonly image?: Uint8Array;
  readonly annotations: readonly SceneAnnotation[];
}

type CellOptions = Partial<Omit<CardCell, 'name' | 'annotations'>>;

/** What a cell is where it does not say otherwise. */
const CELL = {
  width: 160,
  height: 120,
  scale: 1,
  background: 'white',
  includeComments: false,
} as const satisfies CellOptions;

type Style = SceneAnnotation['style'];
type Rest = Partial<Pick<SceneAnnotation, 'id' | 'content' | 'parent_id' | 'resolved' | 'created_by'>>;

/** An annotation of a cell; it gets its id there. */
export type Mark = Omit<SceneAnnotation, 'id'> & { readonly id?: string };

export const mark = (
  type: SceneAnnotation['type'],
  geometry: SceneGeometry,
  style: Style = {},
  rest: Rest = {},
): Mark => ({ type, geometry, style, content: '', parent_id: null, ...rest });

export const box = (x: number, y: number, width: number, height: number, style?: Style): Mark =>
  mark('box', { x, y, width, height }, style);

export const ellipse = (x: number, y: number, width: number, height: number, style?: Style): Mark =>
  mark('ellipse', { x, y, width, height }, style);

export const line = (points: readonly ScenePoint[], style?: Style): Mark => mark('line', { points }, style);

export const arrow = (points: readonly ScenePoint[], style?: Style): Mark => mark('arrow', { points }, style);

export const polygon = (points: readonly ScenePoint[], style?: Style): Mark =>
  mark('polygon', { points }, style);

export const freehand = (points: readonly ScenePoint[], style?: Style): Mark =>
  mark('freehand', { points }, style);

export const text = (content: string, geometry: SceneGeometry, style?: Style): Mark =>
  mark('text', geometry, style, { content });

/** Turns an annotation that has a box about its centre. */
export const turned = (annotation: Mark, rotation: number): Mark => ({
  ...annotation,
  geometry: { ...annotation.geometry, rotation },
});

export const cell = (name: string, marks: readonly Mark[], options: CellOptions = {}): CardCell => ({
  ...CELL,
  ...options,
  name,
  annotations: marks.map((annotation, index) => ({ id: `${name}-${index}`, ...annotation })),
});
