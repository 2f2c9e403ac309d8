import { encodePng } from '../../render/png-encode.ts';
import type { CardCell } from './card-cell.ts';
import type { DrawnCell } from './chromium.ts';
import { type Difference, LEVELS, MAX_SHARE, MAX_SHIFT } from './compare.ts';

/** A cell, drawn twice and compared. */
export interface CardRow {
  readonly cell: CardCell;
  readonly ours: DrawnCell;
  readonly theirs: DrawnCell;
  readonly difference: Difference;
}

export const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

export const isAlike = ({ share, shift }: Difference): boolean => share < MAX_SHARE && shift <= MAX_SHIFT;

/** Share of differing pixels over all cells together. */
export function totalShare(rows: readonly CardRow[]): number {
  const sum = (of: (difference: Difference) => number): number =>
    rows.reduce((total, { difference }) => total + of(difference), 0);
  return sum(({ differing }) => differing) / sum(({ pixels }) => pixels);
}

const source = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

function htmlRow({ cell, ours, theirs, difference }: CardRow): string {
  const images = [ours.picture, theirs.picture, difference.map].map(
    (picture) => `<td><img src="${source(encodePng(picture))}" alt=""></td>`,
  );
  return `<tr class="${isAlike(difference) ? 'alike' : 'other'}"><th>${escapeHtml(cell.name)}</th>${images.join('')}
<td>${percent(difference.share)}</td><td>${difference.mean.toFixed(2)}</td><td>${difference.shift.toFixed(2)}</td></tr>`;
}

/** The card as a page that needs nothing beside it. */
export const htmlReport = (rows: readonly CardRow[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Test card</title>
<style>
  body { font: 14px sans-serif; margin: 24px; }
  th { text-align: left; font-weight: 600; }
  td, th { padding: 4px 8px; border-bottom: 1px solid #dee2e6; vertical-align: top; }
  img { background: repeating-conic-gradient(#dee2e6 0 25%, #fff 0 50%) 0 0 / 16px 16px; border: 1px solid #ced4da; }
  .other td, .other th { background: #ffe3e3; }
</style>
<h1>Test card</h1>
<p>${rows.length} cells; ${percent(totalShare(rows))} of all pixels differ by more than ${LEVELS} levels.</p>
<table><thead><tr><th>cell</th><th>ours</th><th>Chromium</th><th>difference</th>
<th>pixels over ${LEVELS}</th><th>mean levels</th><th>text shift, px</th></tr></thead>
<tbody>${rows.map(htmlRow).join('\n')}</tbody></table></html>
`;
