import type { AnnotationType } from '../entities.ts';
import { type FontFamily, parseFamily } from './font-family.ts';
import { colorOf } from './known-colors.ts';

export type LineCap = 'butt' | 'round' | 'square';
export type LineJoin = 'miter' | 'round' | 'bevel';

/** What of an annotation says how it looks; its style was validated. */
export interface Styled {
  readonly type: AnnotationType;
  readonly style: Readonly<Record<string, unknown>>;
}

/** How a shape is painted; every key of the contract's chapter 3 with its default filled in. */
export interface ShapeStyle {
  /** CSS colours; `undefined` where nothing is painted. */
  readonly stroke: string | undefined;
  readonly fill: string | undefined;
  /** Pixels of the page, above 0 where there is a stroke. */
  readonly strokeWidth: number;
  readonly opacity: number;
  readonly dash: readonly number[];
  readonly cap: LineCap;
  readonly join: LineJoin;
}

export type TextAlign = 'left' | 'center' | 'right';

/** How a text looks: its family, weight and slant. */
export interface FontStyle {
  readonly family: FontFamily;
  /** 100..900 */
  readonly weight: number;
  readonly italic: boolean;
}

/** What a text asks for; lengths in pixels of the page. */
export interface TextStyle extends FontStyle {
  readonly size: number;
  /** Distance of baselines as a multiple of the size. */
  readonly lineHeight: number;
}

export interface TextLook extends TextStyle {
  readonly color: string;
  readonly align: TextAlign;
  readonly opacity: number;
}

type Style = Styled['style'];

const DEFAULT_STROKE = '#e03131';
const DEFAULT_STROKE_WIDTH = 2;
const DEFAULT_COLOR = '#000000';
const DEFAULT_FONT_SIZE = 16;
const DEFAULT_LINE_HEIGHT = 1.25;
const REGULAR = 400;
const BOLD = 700;

const ROUND_TYPES: ReadonlySet<AnnotationType> = new Set(['line', 'arrow', 'freehand', 'ellipse']);

/** Styles were validated before; a value of another type still must not break a picture, so it counts as absent. */
function number(style: Style, key: string, fallback: number, low: number, high: number): number {
  const value = style[key];
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.max(low, Math.min(high, value))
    : fallback;
}

const text = (style: Style, key: string): string | undefined => {
  const value = style[key];
  return typeof value === 'string' ? value : undefined;
};

function oneOf<T extends string>(style: Style, key: string, values: readonly T[], fallback: T): T {
  return values.find((value) => value === style[key]) ?? fallback;
}

/** A colour that can be read, and that shows. */
function visibleColor(style: Style, key: string, fallback: string | undefined): string | undefined {
  const asked = text(style, key);
  const chosen = asked !== undefined && colorOf(asked) ? asked : fallback;
  return chosen !== undefined && (colorOf(chosen)?.a ?? 0) > 0 ? chosen : undefined;
}

const numbers = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : [];

/** `z_index`, 0 where absent. */
export const zIndexOf = ({ style }: Pick<Styled, 'style'>): number =>
  number(style, 'z_index', 0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

export function shapeStyle({ type, style }: Styled): ShapeStyle {
  const strokeWidth = number(style, 'stroke_width', DEFAULT_STROKE_WIDTH, 0, 100);
  const isRound = ROUND_TYPES.has(type);
  return {
    stroke: strokeWidth > 0 ? visibleColor(style, 'stroke', DEFAULT_STROKE) : undefined,
    fill: visibleColor(style, 'fill', undefined),
    strokeWidth,
    opacity: number(style, 'opacity', 1, 0, 1),
    dash: numbers(style['dash']),
    cap: oneOf<LineCap>(style, 'line_cap', ['butt', 'round', 'square'], isRound ? 'round' : 'butt'),
    join: oneOf<LineJoin>(style, 'line_join', ['miter', 'round', 'bevel'], isRound ? 'round' : 'miter'),
  };
}

/** The families have every hundred; of what lies between, CSS takes the one further from regular (Fonts 4, section 5.2). */
function weightOf(value: unknown): number {
  if (value === 'bold') return BOLD;
  if (typeof value !== 'number' || !Number.isFinite(value)) return REGULAR;
  const hundreds = value < REGULAR ? Math.floor(value / 100) : Math.ceil(value / 100);
  return Math.max(1, Math.min(9, hundreds)) * 100;
}

export function textLook({ style }: Pick<Styled, 'style'>): TextLook {
  const slant = text(style, 'font_style');
  return {
    family: parseFamily(text(style, 'font_family') ?? ''),
    weight: weightOf(style['font_weight']),
    italic: slant === 'italic' || slant === 'oblique',
    size: number(style, 'font_size', DEFAULT_FONT_SIZE, 1, 512),
    lineHeight: number(style, 'line_height', DEFAULT_LINE_HEIGHT, 0.1, 10),
    align: oneOf<TextAlign>(style, 'text_align', ['left', 'center', 'right'], 'left'),
    color: visibleColor(style, 'color', DEFAULT_COLOR) ?? 'none',
    opacity: number(style, 'opacity', 1, 0, 1),
  };
}
