import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasBrowser, openBrowser, UNHINTED_TEXT } from '../test/helpers/browser.ts';
import { CELLS } from './card/cells.ts';
import { drawInBrowser } from './card/chromium.ts';
import { compareCells } from './card/compare.ts';
import { drawOurs } from './card/ours.ts';
import { type CardRow, htmlReport, isAlike, percent, totalShare } from './card/report.ts';
import { drawSheet } from './card/sheet.ts';

/**
 * The test card: draws every type of annotation with every style, by our renderer and by Chromium's canvas, and tells
 * how they differ. `node card.js [folder] [part of a cell's name]`
 */
const [folder = 'card', filter = ''] = process.argv.slice(2);

async function drawCard(): Promise<CardRow[]> {
  const cells = CELLS.filter(({ name }) => name.includes(filter));
  const browser = await openBrowser([UNHINTED_TEXT]);
  try {
    const theirs = await drawInBrowser(browser, cells);
    const rows: CardRow[] = [];
    for (const [index, cell] of cells.entries()) {
      const drawn = theirs[index];
      if (!drawn) continue;
      const ours = await drawOurs(cell);
      rows.push({ cell, ours, theirs: drawn, difference: compareCells(ours, drawn, cell.scale) });
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function writeCard(rows: readonly CardRow[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sheets = {
    ours: (row: CardRow) => row.ours.picture,
    chromium: (row: CardRow) => row.theirs.picture,
    difference: (row: CardRow) => row.difference.map,
  };
  for (const [name, pictureOf] of Object.entries(sheets)) {
    const sheet = drawSheet(rows.map((row) => ({ label: row.cell.name, picture: pictureOf(row) })));
    await writeFile(join(folder, `card-${name}.png`), sheet);
  }
  await writeFile(join(folder, 'card.html'), htmlReport(rows));
}

function print(rows: readonly CardRow[]): void {
  for (const { cell, difference } of rows) {
    const { share, mean, shift } = difference;
    console.log(
      `${isAlike(difference) ? ' ' : '!'} ${cell.name.padEnd(32)} ${percent(share).padStart(8)}  mean ${mean.toFixed(2).padStart(6)}  shift ${shift.toFixed(2).padStart(5)} px`,
    );
  }
  const other = rows.filter(({ difference }) => !isAlike(difference)).length;
  console.log(
    `\n${rows.length} cells, ${other} not alike; ${percent(totalShare(rows))} of all pixels differ by more than 64 levels`,
  );
  console.log(`${join(folder, 'card.html')}`);
}

if (!hasBrowser) {
  console.error('The card needs Chromium at /usr/bin/chromium.');
  process.exitCode = 1;
} else {
  const rows = await drawCard();
  await writeCard(rows);
  print(rows);
}
