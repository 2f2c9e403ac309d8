import { type CommentThread, commentThreads } from './comment-threads.ts';
import { paintText } from './draw-text.ts';
import type { Size } from './image-header.ts';
import type { SceneAnnotation } from './port.ts';
import type { RasterContext } from './raster-context.ts';
import { layOutText, type TextLayout } from './text-layout.ts';

const OPEN_COLOR = '#f08c00';
const RESOLVED_COLOR = '#868e96';
const TEXT_COLOR = '#212529';
const PANEL_COLOR = '#ffffff';
const PANEL_BORDER = '#ced4da';

// Lengths on a page of REFERENCE_SIDE; larger pages get larger badges, so that they can be read when shown whole.
const REFERENCE_SIDE = 1000;
const MIN_UNIT = 0.6;
const MAX_UNIT = 6;
const BADGE_RADIUS = 11;
const NUMBER_SIZE = 12;
const LEGEND_SIZE = 12;
const LEGEND_LINE_HEIGHT = 1.35;
const LEGEND_WIDTH = 300;
const LEGEND_MARGIN = 16;
const LEGEND_PADDING = 12;
const LEGEND_INDENT = 26;
const REPLY_INDENT = 12;
const ROW_GAP = 6;
/** A legend covers at most this share of the page in either direction. */
const MAX_LEGEND_SHARE = 0.6;
/** A long comment is cut in the legend: the picture points at it, the application tells it. */
const MAX_LEGEND_CHARACTERS = 280;

const unitFor = ({ width, height }: Size): number =>
  Math.max(MIN_UNIT, Math.min(MAX_UNIT, Math.sqrt(width * height) / REFERENCE_SIDE));

const plain = { family: 'sans', weight: 400, italic: false } as const;
const strong = { family: 'sans', weight: 700, italic: false } as const;

function drawBadge(ctx: RasterContext, thread: CommentThread, x: number, y: number, unit: number): void {
  ctx.beginPath();
  ctx.ellipse(x, y, BADGE_RADIUS * unit, BADGE_RADIUS * unit);
  ctx.closePath();
  ctx.fillStyle = thread.comment.resolved ? RESOLVED_COLOR : OPEN_COLOR;
  ctx.strokeStyle = '#ffffff';
  ctx.lineWidth = 2 * unit;
  ctx.fill();
  ctx.stroke();
  const text = String(thread.number);
  // Three digits still fit into the circle.
  const size = (NUMBER_SIZE * unit * 2) / Math.max(2, text.length);
  const look = { ...strong, size, lineHeight: 1.25, align: 'center' as const, color: '#ffffff' };
  const layout = layOutText(text, look);
  paintText(ctx, layout, look, x - layout.width / 2, y - layout.height / 2, layout.width);
}

function drawBadges(ctx: RasterContext, threads: readonly CommentThread[], unit: number): void {
  const taken = new Map<string, number>();
  for (const thread of threads) {
    // Comments on the same spot stand side by side.
    const spot = `${thread.anchor.x} ${thread.anchor.y}`;
    const before = taken.get(spot) ?? 0;
    taken.set(spot, before + 1);
    drawBadge(ctx, thread, thread.anchor.x + before * BADGE_RADIUS * 2 * unit, thread.anchor.y, unit);
  }
}

interface LegendRow {
  readonly thread: CommentThread;
  /** The row that carries the badge; replies stand below it, set in. */
  readonly isFirst: boolean;
  readonly layout: TextLayout;
  readonly color: string;
}

function legendText({ content, created_by, resolved }: SceneAnnotation): string {
  const characters = Array.from(content.trim());
  const body =
    characters.length > MAX_LEGEND_CHARACTERS
      ? `${characters.slice(0, MAX_LEGEND_CHARACTERS - 1).join('')}…`
      : characters.join('');
  return `${created_by ? `${created_by}: ` : ''}${body}${resolved ? ' (resolved)' : ''}`;
}

/** Rows are laid out one by one, since only as many are needed as the page has room for. */
function* legendRows(threads: readonly CommentThread[], width: number, unit: number): Generator<LegendRow> {
  const style = { ...plain, size: LEGEND_SIZE * unit, lineHeight: LEGEND_LINE_HEIGHT };
  for (const thread of threads) {
    for (const comment of [thread.comment, ...thread.replies]) {
      const isFirst = comment === thread.comment;
      const indent = (LEGEND_INDENT + (isFirst ? 0 : REPLY_INDENT)) * unit;
      const layout = layOutText(legendText(comment), style, width - indent);
      const color = thread.comment.resolved || comment.resolved ? RESOLVED_COLOR : TEXT_COLOR;
      yield { thread, isFirst, layout, color };
    }
  }
}

function fitRows(
  rows: Iterable<LegendRow>,
  room: number,
  unit: number,
): { shown: LegendRow[]; height: number } {
  const shown: LegendRow[] = [];
  let height = 0;
  for (const row of rows) {
    const rowHeight = Math.max(row.layout.height, row.isFirst ? BADGE_RADIUS * 2 * unit : 0) + ROW_GAP * unit;
    if (shown.length > 0 && height + rowHeight > room) break;
    shown.push(row);
    height += rowHeight;
  }
  return { shown, height };
}

function drawPanel(
  ctx: RasterContext,
  x: number,
  y: number,
  width: number,
  height: number,
  unit: number,
): void {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 6 * unit);
  ctx.fillStyle = PANEL_COLOR;
  ctx.strokeStyle = PANEL_BORDER;
  ctx.lineWidth = unit;
  ctx.fill();
  ctx.stroke();
}

function drawLegend(ctx: RasterContext, threads: readonly CommentThread[], page: Size, unit: number): void {
  const padding = LEGEND_PADDING * unit;
  const width = Math.min(LEGEND_WIDTH * unit, page.width * MAX_LEGEND_SHARE);
  const style = { ...plain, size: LEGEND_SIZE * unit, lineHeight: LEGEND_LINE_HEIGHT };
  const { shown, height } = fitRows(legendRows(threads, width, unit), page.height * MAX_LEGEND_SHARE, unit);
  const missing = threads.reduce((sum, { replies }) => sum + 1 + replies.length, 0) - shown.length;
  const footer = missing > 0 ? layOutText(`and ${missing} more`, style, width) : undefined;
  const panelHeight = height + (footer?.height ?? 0) + 2 * padding - ROW_GAP * unit;
  const left = LEGEND_MARGIN * unit;
  const top = page.height - LEGEND_MARGIN * unit - panelHeight;
  drawPanel(ctx, left, top, width + 2 * padding, panelHeight, unit);
  let y = top + padding;
  for (const row of shown) {
    const indent = (LEGEND_INDENT + (row.isFirst ? 0 : REPLY_INDENT)) * unit;
    const badge = row.isFirst ? BADGE_RADIUS * 2 * unit : 0;
    if (row.isFirst)
      drawBadge(ctx, row.thread, left + padding + badge / 2 - unit, y + badge / 2, unit * 0.85);
    const lineTop = y + Math.max(0, (badge - style.size * style.lineHeight) / 2);
    const look = { ...style, align: 'left' as const, color: row.color };
    paintText(ctx, row.layout, look, left + padding + indent, lineTop, width - indent);
    y += Math.max(row.layout.height, badge) + ROW_GAP * unit;
  }
  if (footer) {
    const look = { ...style, align: 'left' as const, color: RESOLVED_COLOR };
    paintText(ctx, footer, look, left + padding, y, width);
  }
}

/** Numbered badges where the comments stand, and a legend at the bottom left that tells what they say. */
export function drawComments(ctx: RasterContext, annotations: readonly SceneAnnotation[], page: Size): void {
  const threads = commentThreads(annotations);
  if (threads.length === 0) return;
  const unit = unitFor(page);
  drawLegend(ctx, threads, page, unit);
  drawBadges(ctx, threads, unit);
}
