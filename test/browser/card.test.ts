import { expect } from 'chai';
import { CELLS } from '../../tools/card/cells.ts';
import { drawInBrowser } from '../../tools/card/chromium.ts';
import { compareCells, MAX_SHARE, MAX_SHIFT } from '../../tools/card/compare.ts';
import { drawOurs } from '../../tools/card/ours.ts';
import { UNHINTED_TEXT } from '../helpers/browser.ts';
import { describeInBrowser } from './browser-suite.ts';

describeInBrowser('the test card in a browser', { browserArguments: [UNHINTED_TEXT] }, (chromium) => {
  it('[IMG-3] looks in every cell as the browser draws it, with text within a pixel', async function () {
    this.timeout(180_000);
    const theirs = await drawInBrowser(chromium.browser, CELLS);
    const other: string[] = [];
    for (const [index, cell] of CELLS.entries()) {
      const drawn = theirs[index];
      if (!drawn) continue;
      const { share, shift } = compareCells(await drawOurs(cell), drawn, cell.scale);
      if (share >= MAX_SHARE || shift > MAX_SHIFT) other.push(`${cell.name}: ${share}, ${shift} px`);
    }
    expect(theirs.length).to.equal(CELLS.length);
    // `make card` shows them side by side.
    expect(other).to.deep.equal([]);
  });
});
