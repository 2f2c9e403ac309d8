import type { Box, Point } from '../../../client/index.ts';
import { unionOf } from './geometry.ts';

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Distribution = 'horizontally' | 'vertically';

/** One thing that is arranged as a whole: an annotation, or a group. */
export interface Arranged {
  readonly ids: readonly string[];
  readonly bounds: Box;
}

/** How far each id is to be moved. */
export type Moves = ReadonlyMap<string, Point>;

function movesOf(items: readonly Arranged[], by: (item: Arranged, at: number) => Point): Moves {
  const moves = new Map<string, Point>();
  items.forEach((item, at) => {
    const move = by(item, at);
    if (move.x !== 0 || move.y !== 0) for (const id of item.ids) moves.set(id, move);
  });
  return moves;
}

/** Brings sides or centres on one line: that of the box around all. */
export function aligned(items: readonly Arranged[], alignment: Alignment): Moves {
  const all = unionOf(items.map(({ bounds }) => bounds));
  if (all === undefined || items.length < 2) return new Map();
  return movesOf(items, ({ bounds: { x, y, width, height } }) => {
    switch (alignment) {
      case 'left':
        return { x: all.x - x, y: 0 };
      case 'centre':
        return { x: all.x + all.width / 2 - x - width / 2, y: 0 };
      case 'right':
        return { x: all.x + all.width - x - width, y: 0 };
      case 'top':
        return { x: 0, y: all.y - y };
      case 'middle':
        return { x: 0, y: all.y + all.height / 2 - y - height / 2 };
      case 'bottom':
        return { x: 0, y: all.y + all.height - y - height };
    }
  });
}

/** Makes the gaps between neighbours equal; the first and the last stay. */
export function distributed(items: readonly Arranged[], direction: Distribution): Moves {
  if (items.length < 3) return new Map();
  const isHorizontal = direction === 'horizontally';
  const startOf = ({ bounds }: Arranged): number => (isHorizontal ? bounds.x : bounds.y);
  const lengthOf = ({ bounds }: Arranged): number => (isHorizontal ? bounds.width : bounds.height);
  const sorted = items.toSorted((a, b) => startOf(a) + lengthOf(a) / 2 - startOf(b) - lengthOf(b) / 2);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const filled = sorted.reduce((sum, item) => sum + lengthOf(item), 0);
  const gap = (startOf(last) + lengthOf(last) - startOf(first) - filled) / (sorted.length - 1);
  let next = startOf(first);
  return movesOf(sorted, (item) => {
    const by = next - startOf(item);
    next += lengthOf(item) + gap;
    return isHorizontal ? { x: by, y: 0 } : { x: 0, y: by };
  });
}
