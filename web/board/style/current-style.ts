import type { AnnotationStyleInput, RoomAnnotation } from '../../../client/index.ts';
import {
  type ShapeStyle,
  shapeStyle,
  type TextLook,
  textLook,
} from '../../../protocol/drawing/annotation-style.ts';
import type { AnnotationType } from '../../../protocol/entities.ts';
import type { Tool } from '../board-state.ts';
import { hasStyleKey } from '../tools/drawn-shape.ts';

type Styled = Pick<RoomAnnotation, 'type' | 'style'>;

/** What the style bar is about: what is selected, or what would be drawn next. */
export interface StyleSubject {
  readonly styled: readonly Styled[];
  /** Whether any of them has the key. */
  readonly has: (key: string) => boolean;
}

const DRAWN: Readonly<Partial<Record<Tool, AnnotationType>>> = {
  text: 'text',
  box: 'box',
  ellipse: 'ellipse',
  arrow: 'arrow',
  line: 'line',
  polygon: 'polygon',
  freehand: 'freehand',
};

/** @returns `undefined` where there is nothing that has a look */
export function subjectOf(
  selected: readonly Styled[],
  tool: Tool,
  next: AnnotationStyleInput,
): StyleSubject | undefined {
  const type = DRAWN[tool];
  const styled = selected.length > 0 ? selected : type === undefined ? [] : [{ type, style: next }];
  if (styled.length === 0) return undefined;
  return { styled, has: (key) => styled.some((each) => hasStyleKey(each.type, key)) };
}

/** What all that have it share; `undefined` where they differ. */
function shared<Value>(
  subject: StyleSubject,
  key: string,
  read: (styled: Styled) => Value,
): Value | undefined {
  const values = subject.styled.filter(({ type }) => hasStyleKey(type, key)).map(read);
  const [first] = values;
  return values.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined;
}

/** A part of the look of shapes, defaults filled in. `none`: nothing is painted. */
export const sharedColor = (subject: StyleSubject, key: 'stroke' | 'fill' | 'color'): string | undefined =>
  shared(subject, key, (each) =>
    key === 'color' ? textLook(each).color : (colorAsked(each, key) ?? 'none'),
  );

/** Also where the width is 0 and so nothing is seen of it. */
function colorAsked(each: Styled, key: 'stroke' | 'fill'): string | undefined {
  const { stroke_width: _, ...style } = each.style;
  return shapeStyle({ type: each.type, style })[key];
}

export const sharedShape = <Key extends keyof ShapeStyle>(
  subject: StyleSubject,
  styleKey: string,
  key: Key,
): ShapeStyle[Key] | undefined => shared(subject, styleKey, (each) => shapeStyle(each)[key]);

export const sharedText = <Key extends keyof TextLook>(
  subject: StyleSubject,
  styleKey: string,
  key: Key,
): TextLook[Key] | undefined => shared(subject, styleKey, (each) => textLook(each)[key]);
