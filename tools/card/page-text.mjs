// Texts of the test card: their lines as a browser measures them.
import { fontOf, newCanvas, turn } from './page-canvas.mjs';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Lines as the browser's own layout breaks them: `{text, rtl}` each. */
function breakLines(content, style, width) {
  const lines = [];
  for (const paragraph of content.split(/\r\n|[\n\r]/)) {
    const block = document.createElement('div');
    Object.assign(block.style, {
      position: 'absolute',
      font: fontOf(style, style.font_size ?? 16),
      textRendering: 'geometricPrecision',
      whiteSpace: width === undefined ? 'pre' : 'pre-wrap',
      overflowWrap: 'anywhere',
      unicodeBidi: 'plaintext',
      width: width === undefined ? 'max-content' : `${width}px`,
    });
    block.textContent = paragraph;
    document.body.append(block);
    const node = block.firstChild;
    const probe = document.createElement('div');
    probe.dir = 'auto';
    probe.textContent = paragraph;
    document.body.append(probe);
    const rtl = getComputedStyle(probe).direction === 'rtl';
    let line = { text: '', rtl };
    let bottom = 0;
    for (const { segment, index } of graphemes.segment(paragraph)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const rect = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
      const middle = (rect.top + rect.bottom) / 2;
      if (line.text !== '' && rect.height > 0 && middle > bottom) {
        if (line.text.endsWith('\u00ad')) line.text += '-';
        lines.push(line);
        line = { text: '', rtl };
      }
      if (rect.height > 0) bottom = Math.max(line.text === '' ? 0 : bottom, rect.bottom);
      line.text += segment;
    }
    lines.push(line);
    block.remove();
    probe.remove();
  }
  return lines.map(({ text, rtl }) => ({
    text: width === undefined ? text : text.replace(/[ \t]+$/, ''),
    rtl,
  }));
}

/** Ascent and descent of a font per pixel of its size, without the rounding to whole pixels of small sizes. */
function metricsOf(style) {
  const [, ctx] = newCanvas(1, 1);
  ctx.font = fontOf({ ...style }, 1000);
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = ctx.measureText('x');
  return { ascent: fontBoundingBoxAscent / 1000, descent: fontBoundingBoxDescent / 1000 };
}

/** Lays a text out: lines with their left edge and baseline. */
export function layOut(content, style, width) {
  const size = style.font_size ?? 16;
  const lineHeight = size * (style.line_height ?? 1.25);
  const { ascent, descent } = metricsOf(style);
  const [, ctx] = newCanvas(1, 1);
  prepareText(ctx, style, size);
  const lines = breakLines(content, style, width).map(({ text, rtl }) => {
    ctx.direction = rtl ? 'rtl' : 'ltr';
    return { text, rtl, width: ctx.measureText(text).width };
  });
  const widest = Math.max(0, ...lines.map((line) => line.width));
  const share = { left: 0, center: 0.5, right: 1 }[style.text_align ?? 'left'];
  return {
    width: widest,
    height: lines.length * lineHeight,
    lines: lines.map((line, index) => ({
      ...line,
      left: ((width ?? widest) - line.width) * share,
      baseline: index * lineHeight + (lineHeight - (ascent + descent) * size) / 2 + ascent * size,
    })),
  };
}

function prepareText(ctx, style, size) {
  ctx.font = fontOf(style, size);
  ctx.textRendering = 'geometricPrecision';
  ctx.fontKerning = 'normal';
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
}

export function paintText(ctx, layout, style, x, y) {
  prepareText(ctx, style, style.font_size ?? 16);
  ctx.fillStyle = style.color ?? '#000000';
  for (const { text, rtl, left, baseline } of layout.lines) {
    ctx.direction = rtl ? 'rtl' : 'ltr';
    ctx.fillText(text, x + left, y + baseline);
  }
}

export function drawText(ctx, { content, geometry, style }, placed) {
  const layout = layOut(content, style, geometry.width);
  const width = geometry.width ?? layout.width;
  const share = { left: 0, center: 0.5, right: 1 }[style.text_align ?? 'left'];
  const x = geometry.width === undefined ? geometry.x - width * share : geometry.x;
  turn(ctx, x, geometry.y, width, geometry.height ?? layout.height, geometry.rotation);
  paintText(ctx, layout, style, x, geometry.y);
  for (const line of layout.lines) {
    placed.push({
      text: line.text,
      x: x + line.left,
      baseline: geometry.y + line.baseline,
      width: line.width,
    });
  }
}
