import { zIndexOf } from '../protocol/drawing/annotation-style.ts';
import { drawArrow } from './draw-arrow.ts';
import { drawComments } from './draw-comments.ts';
import { drawFreehand } from './draw-freehand.ts';
import { drawBox, drawEllipse, drawLine, drawPolygon } from './draw-shapes.ts';
import { drawText } from './draw-text.ts';
import type { Size } from './image-header.ts';
import type { SceneAnnotation } from './port.ts';
import type { RasterContext } from './raster-context.ts';

/** What draws each type; comments are drawn together, above all else. */
const DRAW: Readonly<
  Record<SceneAnnotation['type'], (ctx: RasterContext, annotation: SceneAnnotation) => void>
> = {
  box: drawBox,
  ellipse: drawEllipse,
  polygon: drawPolygon,
  line: drawLine,
  arrow: drawArrow,
  freehand: drawFreehand,
  text: drawText,
  comment: () => {},
};

/** Paint order: `z_index`, then the order of creation, in which the annotations are given. */
export const paintOrder = (annotations: readonly SceneAnnotation[]): readonly SceneAnnotation[] =>
  annotations.toSorted((a, b) => zIndexOf(a) - zIndexOf(b));

/**
 * Draws annotations on a page.
 *
 * @param page - size of the page in its own pixels; `ctx` is scaled to them already
 */
export function drawScene(
  ctx: RasterContext,
  annotations: readonly SceneAnnotation[],
  page: Size,
  includeComments: boolean,
): void {
  for (const annotation of paintOrder(annotations)) {
    ctx.save();
    DRAW[annotation.type](ctx, annotation);
    ctx.restore();
  }
  if (includeComments) drawComments(ctx, annotations, page);
}
