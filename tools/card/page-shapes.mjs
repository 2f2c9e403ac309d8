// Boxes, ellipses, lines, arrows, polygons and freehand lines of the test card.
import { getStroke } from 'perfect-freehand';
import { layered, splitAlpha, turn } from './page-canvas.mjs';

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

export const polyline = (points) => {
  const path = new Path2D();
  for (const [x, y] of points) path.lineTo(x, y);
  return path;
};

export function paintPath(ctx, annotation, path, canFill) {
  setStroke(ctx, annotation);
  const fill = annotation.style.fill ?? 'none';
  if (canFill && isPainted(fill)) {
    ctx.fillStyle = fill.trim();
    ctx.fill(path, 'nonzero');
  }
  if (hasStroke(annotation)) ctx.stroke(path);
}

export function drawBoxLike(ctx, annotation) {
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

export function drawArrow(ctx, annotation) {
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

export function drawFreehand(ctx, annotation) {
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
