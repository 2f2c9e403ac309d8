// Draws the cells of the test card in a browser, with its own canvas, fonts and line breaking. Written from the contract
// and docs/DRAWING.md, not from render/: what both draw alike is meant so.
import { getStroke } from 'perfect-freehand';

const STACKS = {
  sans: ['Noto Sans'],
  serif: ['Noto Serif', 'Noto Sans'],
  mono: ['Noto Sans Mono', 'Noto Sans'],
};
const OTHER_SCRIPTS = [
  'Noto Sans Arabic',
  'Noto Sans Hebrew',
  'Noto Sans Devanagari',
  'Noto Sans Symbols',
  'Noto Sans Symbols 2',
  'Noto Sans Math',
];
const SERIFS = ['serif', 'georgia', 'times', 'times new roman', 'noto serif'];
const MONOS = ['monospace', 'mono', 'menlo', 'courier', 'courier new', 'consolas', 'noto sans mono'];
const SANS = ['sans-serif', 'sans', 'arial', 'helvetica', 'noto sans'];

const newCanvas = (width, height) => {
  const canvas = new OffscreenCanvas(width, height);
  return [canvas, canvas.getContext('2d', { willReadFrequently: true })];
};

function stackOf(families = '') {
  for (const name of families.toLowerCase().split(',')) {
    const plain = name.trim().replaceAll(/["']/g, '');
    if (SERIFS.includes(plain)) return STACKS.serif;
    if (MONOS.includes(plain)) return STACKS.mono;
    if (SANS.includes(plain)) return STACKS.sans;
  }
  return STACKS.sans;
}

const fontOf = (style, size) => {
  const families = [...stackOf(style.font_family), ...OTHER_SCRIPTS].map((name) => `"${name}"`).join(', ');
  return `${style.font_style ?? 'normal'} ${style.font_weight ?? 400} ${size}px ${families}`;
};

/** A colour with its alpha taken out: `[opaque colour, alpha]`. */
function splitAlpha(color) {
  const [, ctx] = newCanvas(1, 1);
  ctx.fillStyle = color;
  const parts = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(ctx.fillStyle);
  return parts ? [`rgb(${parts[1]}, ${parts[2]}, ${parts[3]})`, Number(parts[4])] : [ctx.fillStyle, 1];
}

const isPainted = (color) => color !== undefined && color.trim() !== 'none';

function setStroke(ctx, { type, style }) {
  const isRound = ['line', 'arrow', 'freehand', 'ellipse'].includes(type);
  ctx.strokeStyle = (style.stroke ?? '#e03131').trim();
  ctx.lineWidth = style.stroke_width ?? 2;
  ctx.lineCap = style.line_cap ?? (isRound ? 'round' : 'butt');
  ctx.lineJoin = style.line_join ?? (isRound ? 'round' : 'miter');
  ctx.setLineDash(style.dash ?? []);
}

const hasStroke = ({ style }) => isPainted(style.stroke ?? '#e03131') && (style.stroke_width ?? 2) > 0;

/** Draws on a layer of its own that is laid down with one opacity. */
function layered(ctx, opacity, draw) {
  if (opacity === 1) return draw(ctx);
  const [canvas, layer] = newCanvas(ctx.canvas.width, ctx.canvas.height);
  layer.setTransform(ctx.getTransform());
  draw(layer);
  ctx.save();
  ctx.resetTransform();
  ctx.globalAlpha = opacity;
  ctx.drawImage(canvas, 0, 0);
  ctx.restore();
}

function turn(ctx, x, y, width, height, rotation = 0) {
  ctx.translate(x + width / 2, y + height / 2);
  ctx.rotate((rotation * Math.PI) / 180);
  ctx.translate(-x - width / 2, -y - height / 2);
}

const polyline = (points) => {
  const path = new Path2D();
  for (const [x, y] of points) path.lineTo(x, y);
  return path;
};

function paintPath(ctx, annotation, path, canFill) {
  setStroke(ctx, annotation);
  const fill = annotation.style.fill ?? 'none';
  if (canFill && isPainted(fill)) {
    ctx.fillStyle = fill.trim();
    ctx.fill(path, 'nonzero');
  }
  if (hasStroke(annotation)) ctx.stroke(path);
}

function drawBoxLike(ctx, annotation) {
  const { x, y, width, height, rotation } = annotation.geometry;
  turn(ctx, x, y, width, height, rotation);
  const path = new Path2D();
  if (annotation.type === 'box') path.rect(x, y, width, height);
  else {
    path.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
    path.closePath();
  }
  paintPath(ctx, annotation, path, true);
}

/** The point `length` before the end of a line, and the line up to there. */
function cutEnd(points, length) {
  let rest = length;
  for (let i = points.length - 1; i > 0; i--) {
    const [x1, y1] = points[i];
    const [x0, y0] = points[i - 1];
    const segment = Math.hypot(x1 - x0, y1 - y0);
    if (segment > rest) {
      const end = [x1 - ((x1 - x0) * rest) / segment, y1 - ((y1 - y0) * rest) / segment];
      return { end, shaft: [...points.slice(0, i), end] };
    }
    rest -= segment;
  }
  return { end: points[0], shaft: [] };
}

function drawArrow(ctx, annotation) {
  if (!hasStroke(annotation)) return;
  const { points } = annotation.geometry;
  const [tipX, tipY] = points.at(-1);
  const length = 8 + 3 * (annotation.style.stroke_width ?? 2);
  const [backX, backY] = cutEnd(points, length).end;
  setStroke(ctx, annotation);
  const [color, alpha] = splitAlpha(ctx.strokeStyle);
  layered(ctx, alpha, (layer) => {
    setStroke(layer, annotation);
    layer.strokeStyle = color;
    layer.fillStyle = color;
    const distance = Math.hypot(tipX - backX, tipY - backY);
    if (distance === 0) {
      layer.stroke(polyline(points));
      return;
    }
    const [ux, uy] = [(tipX - backX) / distance, (tipY - backY) / distance];
    const spread = length * 0.45;
    layer.stroke(polyline(cutEnd(points, length / 2).shaft));
    layer.fill(
      polyline([
        [tipX, tipY],
        [tipX - ux * length - uy * spread, tipY - uy * length + ux * spread],
        [tipX - ux * length + uy * spread, tipY - uy * length - ux * spread],
      ]),
    );
  });
}

function drawFreehand(ctx, annotation) {
  const { points } = annotation.geometry;
  const [[firstX, firstY]] = points;
  if (points.every((point) => point.length === 2 && point[0] === firstX && point[1] === firstY)) {
    const dot = new Path2D();
    dot.arc(firstX, firstY, (annotation.style.stroke_width ?? 2) / 2, 0, 2 * Math.PI);
    ctx.fillStyle = annotation.style.stroke ?? '#e03131';
    if (hasStroke(annotation)) ctx.fill(dot);
    return;
  }
  if (points.every((point) => point.length === 2)) {
    paintPath(ctx, annotation, polyline(points), false);
    return;
  }
  if (!hasStroke(annotation)) return;
  setStroke(ctx, annotation);
  const size = ctx.lineWidth;
  const [color, alpha] = splitAlpha(ctx.strokeStyle);
  layered(ctx, alpha, (layer) => {
    layer.fillStyle = color;
    for (const part of pressureParts(points)) {
      if (part.length > 1) layer.fill(pressureOutline(part, size));
      for (const [x, y, pressure] of [part[0], part.at(-1)]) {
        layer.beginPath();
        layer.arc(x, y, size * (0.25 + pressure / 2), 0, 2 * Math.PI);
        layer.fill();
      }
    }
  });
}

/** A line with pressures, cut where it turns by more than a right angle. */
function pressureParts(points) {
  const parts = [[]];
  const full = points.map(([x, y, pressure = 0.5]) => [x, y, pressure]);
  const line = full.filter(([x, y], i) => i === 0 || x !== full[i - 1][0] || y !== full[i - 1][1]);
  for (const [i, point] of line.entries()) {
    parts.at(-1).push(point);
    const [before, after] = [line[i - 1], line[i + 1]];
    if (!before || !after) continue;
    const along = [point[0] - before[0], point[1] - before[1]];
    const onwards = [after[0] - point[0], after[1] - point[1]];
    if (along[0] * onwards[0] + along[1] * onwards[1] < 0) parts.push([point]);
  }
  return parts;
}

function pressureOutline(part, size) {
  const inputs = part.flatMap((point, i) => {
    if (i === 0) return [point];
    const from = part[i - 1];
    const length = Math.hypot(point[0] - from[0], point[1] - from[1]);
    const shares = length > 2 * size ? [size / length, 1 - size / length] : [0.5];
    return [...shares.map((t) => from.map((value, k) => value + (point[k] - value) * t)), point];
  });
  const caps = { start: { cap: false }, end: { cap: false } };
  const pen = { size, thinning: 0.5, smoothing: 0.5, streamline: 0, simulatePressure: false, last: true };
  const outline = getStroke(inputs, { ...pen, ...caps });
  const path = new Path2D();
  path.moveTo(...outline[0]);
  for (let i = 1; i < outline.length; i++) {
    const [[x, y], [nextX, nextY]] = [outline[i], outline[i + 1] ?? outline[i]];
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  path.closePath();
  return path;
}

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
function layOut(content, style, width) {
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

function paintText(ctx, layout, style, x, y) {
  prepareText(ctx, style, style.font_size ?? 16);
  ctx.fillStyle = style.color ?? '#000000';
  for (const { text, rtl, left, baseline } of layout.lines) {
    ctx.direction = rtl ? 'rtl' : 'ltr';
    ctx.fillText(text, x + left, y + baseline);
  }
}

function drawText(ctx, { content, geometry, style }, placed) {
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

// --- comments ---------------------------------------------------------------------------------------------

const OPEN = '#f08c00';
const RESOLVED = '#868e96';

function threadsOf(annotations) {
  const comments = annotations.filter(({ type }) => type === 'comment');
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const threads = comments
    .filter(({ parent_id }) => byId.get(parent_id)?.type !== 'comment')
    .map((comment, index) => {
      const { geometry } = comment.geometry.x === undefined ? byId.get(comment.parent_id) : comment;
      return { comment, number: index + 1, x: geometry.x, y: geometry.y };
    });
  return threads.map((thread) => ({
    ...thread,
    replies: comments.filter(({ parent_id }) => parent_id === thread.comment.id),
  }));
}

function drawBadge(ctx, { comment, number }, x, y, unit) {
  ctx.beginPath();
  ctx.arc(x, y, 11 * unit, 0, 2 * Math.PI);
  ctx.closePath();
  ctx.fillStyle = comment.resolved ? RESOLVED : OPEN;
  ctx.strokeStyle = '#ffffff';
  ctx.lineWidth = 2 * unit;
  ctx.lineJoin = 'miter';
  ctx.setLineDash([]);
  ctx.fill();
  ctx.stroke();
  const label = String(number);
  const style = { font_weight: 700, font_size: (24 * unit) / Math.max(2, label.length), color: '#ffffff' };
  const layout = layOut(label, style);
  paintText(ctx, layout, style, x - layout.width / 2, y - layout.height / 2);
}

function drawComments(ctx, annotations, page) {
  const threads = threadsOf(annotations);
  const unit = Math.max(0.6, Math.min(6, Math.sqrt(page.width * page.height) / 1000));
  const width = Math.min(300 * unit, page.width * 0.6);
  const style = { font_size: 12 * unit, line_height: 1.35 };
  const rows = threads.flatMap(({ replies, ...thread }) =>
    [thread.comment, ...replies].map((comment, index) => {
      const indent = (index === 0 ? 26 : 38) * unit;
      const name = comment.created_by ? `${comment.created_by}: ` : '';
      const words = `${name}${comment.content}${comment.resolved ? ' (resolved)' : ''}`;
      const layout = layOut(words, style, width - indent);
      const badge = index === 0 ? 22 * unit : 0;
      const gray = comment.resolved || thread.comment.resolved;
      return { thread, indent, layout, badge, gray, height: Math.max(layout.height, badge) + 6 * unit };
    }),
  );
  let height = 0;
  let shown = 0;
  while (shown < rows.length && (shown === 0 || height + rows[shown].height <= page.height * 0.6)) {
    height += rows[shown].height;
    shown += 1;
  }
  const footer = shown < rows.length ? layOut(`and ${rows.length - shown} more`, style, width) : undefined;
  const panel = height + (footer?.height ?? 0) + 24 * unit - 6 * unit;
  const left = 16 * unit;
  let y = page.height - 16 * unit - panel;
  ctx.beginPath();
  ctx.roundRect(left, y, width + 24 * unit, panel, 6 * unit);
  ctx.fillStyle = '#ffffff';
  ctx.strokeStyle = '#ced4da';
  ctx.lineWidth = unit;
  ctx.setLineDash([]);
  ctx.fill();
  ctx.stroke();
  y += 12 * unit;
  for (const row of rows.slice(0, shown)) {
    if (row.badge > 0) {
      drawBadge(ctx, row.thread, left + 12 * unit + row.badge / 2 - unit, y + row.badge / 2, unit * 0.85);
    }
    const top = y + Math.max(0, (row.badge - 12 * unit * 1.35) / 2);
    const color = row.gray ? RESOLVED : '#212529';
    paintText(ctx, row.layout, { ...style, color }, left + 12 * unit + row.indent, top);
    y += row.height;
  }
  if (footer) paintText(ctx, footer, { ...style, color: RESOLVED }, left + 12 * unit, y);
  const taken = new Map();
  for (const thread of threads) {
    const before = taken.get(`${thread.x} ${thread.y}`) ?? 0;
    taken.set(`${thread.x} ${thread.y}`, before + 1);
    drawBadge(ctx, thread, thread.x + before * 22 * unit, thread.y, unit);
  }
}

// --- cells ------------------------------------------------------------------------------------------------

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
