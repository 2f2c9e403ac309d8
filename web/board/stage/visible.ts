import { type Box, boundsOf, type RoomAnnotation } from '../../../client/index.ts';
import { shapeStyle } from '../../../protocol/drawing/annotation-style.ts';
import { grown } from './geometry.ts';
import { fontGeneration } from './text-fonts.ts';
import { measureText } from './text-layout.ts';

let generation = 0;
let known = new WeakMap<RoomAnnotation, Box>();

/** Around all of the ink of an annotation, stroke and heads of arrows included; found once for each object. */
export function inkBounds(annotation: RoomAnnotation): Box {
  if (generation !== fontGeneration()) {
    generation = fontGeneration();
    known = new WeakMap();
  }
  let bounds = known.get(annotation);
  if (bounds === undefined) {
    bounds = measured(annotation);
    known.set(annotation, bounds);
  }
  return bounds;
}

function measured(annotation: RoomAnnotation): Box {
  const bounds = boundsOf(annotation, measureText) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { strokeWidth, join } = shapeStyle(annotation);
  switch (annotation.type) {
    // Letters may reach out of their lines.
    case 'text':
      return grown(bounds, annotation.style.font_size ?? 16);
    case 'arrow':
      return grown(bounds, 8 + 4 * strokeWidth);
    case 'polygon':
      return grown(bounds, join === 'miter' ? 5 * strokeWidth : strokeWidth);
    default:
      return grown(bounds, strokeWidth + 1);
  }
}
