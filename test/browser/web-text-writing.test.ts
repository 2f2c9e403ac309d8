import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser-suite.ts';
import { EDITOR, EDITOR_THERE, openText, saved, write } from './text-pages.ts';
import { describeWebApp, until } from './web-app.ts';

/** As Word puts a paragraph of a list on the clipboard. */
const item = (list: string, level: number, marker: string, words: string): string =>
  `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:${list} level${level} lfo1'><![if !supportLists]><span
  style='font-family:Symbol'><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
  </span></span></span><![endif]>${words}<o:p></o:p></p>`;

const FROM_WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
  <p class=MsoNormal>Before <b>all</b><o:p></o:p></p>
  ${item('l0', 1, '·', 'bullet')}
  ${item('l0', 2, 'o', 'within <i>it</i>')}
  ${item('l0', 1, '·', 'last bullet')}
  ${item('l1', 1, '4.', 'fourth')}
  ${item('l1', 1, '5.', 'fifth')}
  <p class=MsoNormal>Between<o:p></o:p></p>
  ${item('l2', 1, 'a)', 'lettered')}
  <!--EndFragment--></body></html>`;

const FROM_GOOGLE = `<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1"><p><span
  style="font-weight:400">plain </span><span style="font-weight:700">bold</span></p><br><p>next</p></b>`;

describeWebApp('a text that is long, or comes from elsewhere', {}, (app) => {
  const open = async (title: string): Promise<Visitor> => {
    const { id } = await app.server.api.create({ title, crdt: 'yjs' });
    return openText(app, 'Ann', id);
  };

  it('makes lists of what Word only shows as lists', async () => {
    const { page } = await open('From Word');
    await paste(page, FROM_WORD);
    await page.waitForSelector(`${EDITOR} li:has-text("lettered")`);
    const content = await page.$eval(EDITOR, ({ innerHTML }) => innerHTML);
    expect(content).to.equal(
      '<p>Before <strong>all</strong></p>' +
        '<ul><li><p>bullet</p><ul><li><p>within <em>it</em></p></li></ul></li><li><p>last bullet</p></li></ul>' +
        '<ol start="4"><li><p>fourth</p></li><li><p>fifth</p></li></ol>' +
        '<p>Between</p><ol><li><p>lettered</p></li></ol>',
    );
  });

  it('keeps the empty lines and the weights of Google Docs', async () => {
    const { page } = await open('From Google');
    await paste(page, FROM_GOOGLE);
    await page.waitForSelector(`${EDITOR} > p:nth-of-type(3):has-text("next")`);
    const empty = page.locator(`${EDITOR} > p:nth-of-type(2)`);
    expect(await empty.textContent()).to.equal('');
    expect(await empty.locator('br:not(.ProseMirror-trailingBreak)').count()).to.equal(0);
    expect(await page.locator(`${EDITOR} strong`).allTextContents()).to.deep.equal(['bold']);
  });

  it('keeps its bars in sight, and the cursor from under them, down to the end of a long text', async () => {
    const { page } = await open('Long');
    await paste(page, '<p>One of many lines.</p>'.repeat(150));
    await saved(page);
    await write(page, 'The end.');
    const bar = `document.querySelector('header').getBoundingClientRect()`;
    const tools = `document.querySelector('[aria-label="Formatting"]').getBoundingClientRect()`;
    const cursor = 'getSelection().getRangeAt(0).getBoundingClientRect()';
    await until(page, 'scrollY > 2000');
    await until(page, `${bar}.top === 0 && ${bar}.bottom === ${tools}.top`);
    await until(page, `${cursor}.bottom < innerHeight`);
    for (let line = 0; line < 40; line += 1) await page.keyboard.press('ArrowUp');
    await until(page, `${cursor}.top > ${tools}.bottom`);
    expect(await page.evaluate(`document.activeElement === ${EDITOR_THERE}`)).to.equal(true);
  });
});

/** What Ctrl V does. */
async function paste(page: Page, html: string): Promise<void> {
  await page.click(EDITOR);
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', ${JSON.stringify(html)});
    clipboardData.setData('text/plain', 'not this');
    ${EDITOR_THERE}.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);
}
