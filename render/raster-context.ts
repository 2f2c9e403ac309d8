import type { Bitmap } from 'pureimage';
import type { LineCap, LineJoin } from '../protocol/drawing/annotation-style.ts';
import { intersectClips, intersectTiles, isEmptyTile } from './raster-clip.ts';
import { type DashPattern, dashLine, dashPattern } from './raster-dash.ts';
import { EdgeList } from './raster-edges.ts';
import { type Matrix, scaleOf } from './raster-matrix.ts';
import { RasterPath } from './raster-path.ts';
import { PathContext } from './raster-path-context.ts';
import { colorOr, paintOf } from './raster-state.ts';
import { strokeDot, strokePolygons } from './raster-stroke.ts';
import { blendLayer, type Surface } from './raster-surface.ts';
import { clipToEdges, type FillRule, paintEdges } from './raster-sweep.ts';

/** A layer is painted in bands of at most so many pixels (4 MB), however large the annotation. */
const MAX_LAYER_PIXELS = 1 << 20;

/** Shared by all contexts of a thread: a path is filled in one go and leaves nothing behind. */
const edges = new EdgeList();
/** The last layer's memory, for the next one. */
let spareLayer = new Int32Array(0);

function takeLayer(pixels: number): Int32Array<ArrayBuffer> {
  const layer = spareLayer.length >= pixels ? spareLayer : new Int32Array(pixels);
  spareLayer = new Int32Array(0);
  return layer;
}

/**
 * pureimage's drawing API on an exact-area scanline rasteriser: what it draws looks like a browser's canvas. Styles
 * are plain colours; a stroke under unequal scales gets the geometric mean of both as its width.
 */
export class RasterContext extends PathContext {
  #surface: Surface;

  constructor(bitmap: Bitmap, surface: Surface) {
    const { x0, y0, width, height } = surface;
    super(bitmap, { x0, y0, x1: x0 + width, y1: y0 + height });
    this.#surface = surface;
  }

  override get lineWidth(): number {
    return this.state.lineWidth;
  }

  override set lineWidth(width: number) {
    if (width > 0 && Number.isFinite(width)) this.state.lineWidth = width;
  }

  override get globalAlpha(): number {
    return this.state.alpha;
  }

  override set globalAlpha(alpha: number) {
    if (alpha >= 0 && alpha <= 1) this.state.alpha = alpha;
  }

  override get fillStyle(): string {
    return this.state.fillText;
  }

  override set fillStyle(style: string | object) {
    this.state.fill = colorOr(style, this.state.fill);
    this.state.fillText = String(style);
  }

  override get strokeStyle(): string {
    return this.state.strokeText;
  }

  override set strokeStyle(style: string | object) {
    this.state.stroke = colorOr(style, this.state.stroke);
    this.state.strokeText = String(style);
  }

  get lineCap(): LineCap {
    return this.state.lineCap;
  }

  set lineCap(cap: LineCap) {
    this.state.lineCap = cap;
  }

  get lineJoin(): LineJoin {
    return this.state.lineJoin;
  }

  set lineJoin(join: LineJoin) {
    this.state.lineJoin = join;
  }

  get miterLimit(): number {
    return this.state.miterLimit;
  }

  set miterLimit(limit: number) {
    if (limit > 0 && Number.isFinite(limit)) this.state.miterLimit = limit;
  }

  /** Lengths of dashes and gaps in turn, beginning with a dash; empty for a solid line. */
  setLineDash(lengths: readonly number[]): void {
    this.state.lineDash = [...lengths];
  }

  getLineDash(): readonly number[] {
    return this.state.lineDash;
  }

  /** Fills the path; open subpaths are closed for it. */
  override fill(rule: FillRule = 'nonzero'): void {
    edges.clear();
    for (const { points } of this.outline.subpaths) edges.addPolygon(points);
    paintEdges(edges, this.#surface, paintOf(this.state.fill, this.state.alpha), rule, this.state.clip);
  }

  override stroke(): void {
    this.strokeWith(() => {});
  }

  /**
   * Strokes the path together with filled shapes in the stroke's colour, as one area: where an arrow's head lies over
   * its shaft, a translucent colour is not laid twice.
   *
   * @param draw - draws the filled shapes on a path of their own
   */
  strokeWith(draw: (path: RasterPath) => void): void {
    const { matrix, stroke, alpha, clip, lineDash, lineCap } = this.state;
    const pattern = dashPattern(lineDash, scaleOf(matrix), lineCap);
    edges.clear();
    this.#addStroke(this.outline, pattern);
    const shapes = new RasterPath();
    shapes.matrix = matrix;
    draw(shapes);
    for (const { points } of shapes.subpaths) addClockwise(points);
    paintEdges(edges, this.#surface, paintOf(stroke, alpha * pattern.share), 'nonzero', clip);
  }

  #addStroke(path: RasterPath, { lengths }: DashPattern): void {
    const scale = scaleOf(this.state.matrix);
    const width = this.state.lineWidth * scale;
    const { lineCap: cap, lineJoin: join, miterLimit } = this.state;
    const style = { width, cap, join, miterLimit };
    const margin = width * Math.max(1, join === 'miter' ? miterLimit : 1);
    const { x0, y0, x1, y1 } = this.state.clip;
    const window = { x0: x0 - margin, y0: y0 - margin, x1: x1 + margin, y1: y1 + margin };
    const sink = (polygon: readonly number[]): void => edges.addPolygon(polygon);
    for (const { points, closed } of path.subpaths) {
      if (lengths.length === 0) {
        strokePolygons(points, closed, style, sink);
        continue;
      }
      for (const dash of dashLine(points, closed, lengths, window)) {
        const [x = 0, y = 0] = dash;
        if (dash.length === 4 && dash[2] === x && dash[3] === y) strokeDot(x, y, style, sink);
        else strokePolygons(dash, false, style, sink);
      }
    }
  }

  #withPath(draw: () => void, paint: () => void): void {
    const kept = this.outline;
    this.beginPath();
    draw();
    paint();
    this.outline = kept;
  }

  override fillRect(x: number, y: number, width: number, height: number): void {
    this.#withPath(
      () => this.rect(x, y, width, height),
      () => this.fill(),
    );
  }

  override strokeRect(x: number, y: number, width: number, height: number): void {
    this.#withPath(
      () => this.rect(x, y, width, height),
      () => this.stroke(),
    );
  }

  /** Confines all further painting to the path as well. */
  override clip(rule: FillRule = 'nonzero'): void {
    edges.clear();
    for (const { points } of this.outline.subpaths) edges.addPolygon(points);
    this.state.clip = intersectClips(this.state.clip, clipToEdges(edges, this.state.clip, rule));
  }

  /** Fills what `draw` traces, without touching the current path; `draw` may set the matrix of the path it gets. */
  fillPath(draw: (path: RasterPath, matrix: Matrix) => void): void {
    const path = new RasterPath();
    path.matrix = this.state.matrix;
    draw(path, this.state.matrix);
    edges.clear();
    for (const { points } of path.subpaths) edges.addPolygon(points);
    paintEdges(edges, this.#surface, paintOf(this.state.fill, this.state.alpha), 'nonzero', this.state.clip);
  }

  /**
   * Fills and strokes the current path as one and lays the result down with one opacity, so that the fill does not
   * show through the stroke above it. `paint` is called once per band of the picture.
   */
  group(opacity: number, paint: () => void): void {
    const outer = this.#surface;
    const { lineWidth, lineJoin, miterLimit, matrix } = this.state;
    // A miter sticks out by its limit at most, the corner of a square cap by the diagonal; edges blur by a pixel.
    const share = lineJoin === 'miter' ? Math.max(Math.SQRT2, miterLimit) : Math.SQRT2;
    const reach = (lineWidth / 2) * scaleOf(matrix) * share + 1;
    const area = intersectTiles(intersectTiles(this.outline.bounds(reach), this.state.clip), {
      x0: outer.x0,
      y0: outer.y0,
      x1: outer.x0 + outer.width,
      y1: outer.y0 + outer.height,
    });
    if (isEmptyTile(area)) return;
    const width = area.x1 - area.x0;
    const rows = Math.max(1, Math.min(area.y1 - area.y0, Math.floor(MAX_LAYER_PIXELS / width)));
    const words = takeLayer(width * rows);
    for (let y0 = area.y0; y0 < area.y1; y0 += rows) {
      words.fill(0, 0, width * rows);
      const height = Math.min(rows, area.y1 - y0);
      this.#surface = { words, x0: area.x0, y0, width, height };
      paint();
      blendLayer(this.#surface, outer, opacity);
    }
    this.#surface = outer;
    spareLayer = words;
  }
}

/** Strokes wind one way; a shape that wound the other way would cut a hole where they overlap. */
function addClockwise(points: readonly number[]): void {
  let area = 0;
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + 2) % points.length;
    area +=
      (points[i] as number) * (points[j + 1] as number) - (points[j] as number) * (points[i + 1] as number);
  }
  if (area < 0) {
    edges.addPolygon(points);
    return;
  }
  const reversed: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) reversed.push(points[i] as number, points[i + 1] as number);
  edges.addPolygon(reversed);
}
