// Comments of the test card: badges and their legend.
import { layOut, paintText } from './page-text.mjs';

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

export function drawComments(ctx, annotations, page) {
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
