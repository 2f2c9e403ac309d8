import { Problem } from '../protocol/problem.ts';

/** Filter types of PNG, section 9. */
export const PNG_FILTER = { none: 0, sub: 1, up: 2, average: 3, paeth: 4 } as const;

export const unknownFilter = (): Problem =>
  new Problem('image_corrupt', 'The PNG has an unknown row filter.');

/** The neighbour (left, above, above left) that is nearest to their linear prediction (PNG, section 9.4). */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/**
 * Undoes the filter of one row in place.
 *
 * @param rows - inflated rows, each led by its filter byte
 * @param start - offset of the row's first pixel byte (its filter byte is before it)
 * @param length - bytes of the row without the filter byte
 * @param above - offset of the first pixel byte of the row above, or -1 on the first row
 * @param unit - bytes of a whole pixel, at least 1
 */
export function unfilterRow(
  rows: Uint8Array,
  start: number,
  length: number,
  above: number,
  unit: number,
): void {
  const filter = rows[start - 1];
  if (filter === PNG_FILTER.none) return;
  if (filter === undefined || filter > PNG_FILTER.paeth) throw unknownFilter();
  for (let i = 0; i < length; i++) {
    const left = i >= unit ? (rows[start + i - unit] as number) : 0;
    const up = above >= 0 ? (rows[above + i] as number) : 0;
    let predicted = left;
    if (filter === PNG_FILTER.up) predicted = up;
    else if (filter === PNG_FILTER.average) predicted = (left + up) >> 1;
    else if (filter === PNG_FILTER.paeth) {
      predicted = paeth(left, up, i >= unit && above >= 0 ? (rows[above + i - unit] as number) : 0);
    }
    rows[start + i] = (rows[start + i] as number) + predicted;
  }
}
