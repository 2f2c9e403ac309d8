// Draws the cells of the test card in a browser, with its own canvas, fonts and line breaking. Written from the contract
// and docs/DRAWING.md, not from render/: what both draw alike is meant so.
import { fontOf, layered, newCanvas } from './page-canvas.mjs';
import { drawComments } from './page-comments.mjs';
import { drawArrow, drawBoxLike, drawFreehand, paintPath, polyline } from './page-shapes.mjs';
import { drawText } from './page-text.mjs';

const DRAW = {
  box: drawBoxLike,
  ellipse: drawBoxLike,
  arrow: drawArrow,
  freehand: drawFreehand,
  text: drawText,
  line: (ctx, annotation) => paintPath(ctx, annotation, polyline(annotation.geometry.points), false),
  polygon: (ctx, annotation) => {
    const path = polyline(annotation.geometry.points);
    path.closePath();
    paintPath(ctx, annotation, path, true);
  },
};

async function loadFonts(annotations) {
  for (const { content, style } of annotations) {
    for (const weight of [style.font_weight ?? 400, 400, 700]) {
      // Digits and dots are those of badges and legends.
      await document.fonts.load(fontOf({ ...style, font_weight: weight }, 20), `${content} 0123456789 (…`);
    }
  }
}

const toBase64 = (bytes) => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
};

/** Draws one cell; gives its pixels (RGBA, base64) and where its lines of text stand, before rotation. */
globalThis.drawCell = async ({ width, height, scale, background, includeComments, image, annotations }) => {
  await loadFonts(annotations);
  const picture = image && (await createImageBitmap(await (await fetch(image)).blob()));
  const page = picture ?? { width, height };
  const size = [Math.max(1, Math.round(page.width * scale)), Math.max(1, Math.round(page.height * scale))];
  const [canvas, ctx] = newCanvas(...size);
  if (background === 'white') {
    ctx.fillStyle = '#ffffff';
    ctx.fillRect(0, 0, ...size);
  }
  ctx.imageSmoothingQuality = 'high';
  if (picture) ctx.drawImage(picture, 0, 0, ...size);
  ctx.scale(scale, scale);
  const lines = [];
  const order = annotations.toSorted((a, b) => (a.style.z_index ?? 0) - (b.style.z_index ?? 0));
  for (const annotation of order) {
    ctx.save();
    layered(ctx, annotation.style.opacity ?? 1, (layer) => DRAW[annotation.type]?.(layer, annotation, lines));
    ctx.restore();
  }
  if (includeComments) drawComments(ctx, annotations, page);
  const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, pixels: toBase64(data), lines };
};
