import type { CanvasQueries, CanvasQuery, PixelInfo } from '../../protocol/canvas-messages.ts';
import { Problem } from '../../protocol/problem.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { requireCanvas } from './canvas-edits.ts';
import type { CanvasState } from './canvas-state.ts';

type AnswerOf<Type extends keyof CanvasQueries> = CanvasQueries[Type]['answer'];

/** @throws Problem `not_found` */
export function answerQuery(
  state: CanvasState,
  query: CanvasQuery,
): CanvasQueries[keyof CanvasQueries]['answer'] {
  const canvas = requireCanvas(state);
  switch (query.type) {
    case 'canvas.get':
      return canvas;
    case 'canvas.bitmap': {
      const { width, height, palette } = canvas;
      return { seq: state.seq, width, height, palette, bytes: state.planes.colors.slice() };
    }
    case 'canvas.opening':
      return {
        canvas,
        locks: [...state.locks.values()],
        changed: query.after === undefined ? null : state.changedAfter(query.after),
      };
    case 'canvas.pixel':
      return pixelAt(state, query);
    case 'canvas.locks':
      return [...state.locks.values()];
    case 'canvas.audit':
      return auditPage(state, query);
    case 'canvas.stats':
      return { painters: state.painters.size, painted: state.painted, covered: state.covered };
    default:
      return unreachable(query);
  }
}

function pixelAt(state: CanvasState, { x, y }: { readonly x: number; readonly y: number }): PixelInfo {
  const { width, height } = requireCanvas(state);
  if (!(x >= 0 && x < width && y >= 0 && y < height)) throw Problem.notFound('pixel', `(${x}, ${y})`);
  const index = y * width + x;
  const { colors, painters, seqs, times } = state.planes;
  const painter = state.painters.get(painters[index] ?? 0);
  const color = colors[index] ?? 0;
  if (painter === undefined) return { color, userId: null, name: null, paintedAt: null, seq: null };
  const { userId, name } = painter;
  return { color, userId, name, paintedAt: new Date(times[index] ?? 0).toISOString(), seq: seqs[index] ?? 0 };
}

function auditPage(
  { audit }: CanvasState,
  { action, userId, page, size }: Extract<CanvasQuery, { type: 'canvas.audit' }>,
): AnswerOf<'canvas.audit'> {
  const all = audit.filter(
    (entry) =>
      (action === undefined || entry.action === action) && (userId === undefined || entry.userId === userId),
  );
  const items = all.reverse().slice((page - 1) * size, page * size);
  return { items, page, size, total: all.length };
}
