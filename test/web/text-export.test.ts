import type { JSONContent } from '@tiptap/core';
import { expect } from 'chai';
import { htmlOf, htmlPage } from '../../web/text/export-html.ts';
import { markdownOf, tidyMarkdown } from '../../web/text/export-markdown.ts';
import { fileNameOf } from '../../web/text/file-name.ts';
import { titledDocument } from '../../web/text/titled-document.ts';

const text = (words: string, ...marks: JSONContent[]): JSONContent => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 && { marks: marks as { type: string }[] }),
});
const block = (type: string, ...content: JSONContent[]): JSONContent => ({ type, content });
const paragraph = (...content: JSONContent[]): JSONContent => block('paragraph', ...content);
const heading = (level: number, words: string): JSONContent => ({
  type: 'heading',
  attrs: { level },
  content: [text(words)],
});
const doc = (...content: JSONContent[]): JSONContent => block('doc', ...content);
const link = (href: unknown): JSONContent => ({ type: 'link', attrs: { href } });

describe('a text as a file', () => {
  describe('its title', () => {
    it('stands above, and once only where the text begins with it', () => {
      expect(titledDocument(doc(paragraph(text('a'))), 'T').content).to.deep.equal([
        heading(1, 'T'),
        paragraph(text('a')),
      ]);
      const own = doc(heading(1, 'T'), paragraph(text('a')));
      expect(titledDocument(own, 'T')).to.deep.equal(own);
      expect(titledDocument(doc(heading(2, 'T')), 'T').content).to.have.length(2);
    });

    it('makes a name that every file system takes', () => {
      expect(fileNameOf('a/b: "c"?', 'md')).to.equal('a b c.md');
      expect(fileNameOf('  ..  ', 'md')).to.equal('Untitled.md');
      expect(fileNameOf('x'.repeat(300), 'html')).to.have.length(105);
      expect(fileNameOf('Überfahrt 🚢', 'md')).to.equal('Überfahrt 🚢.md');
    });
  });

  describe('HTML', () => {
    it('escapes what is written', () => {
      const page = htmlPage(doc(paragraph(text('<script>alert(1)</script> & "x"'))), '<T>');
      expect(page).to.include('<title>&lt;T&gt;</title>');
      expect(page).to.include('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</p>');
      expect(page).to.not.include('<script');
    });

    it('has plain elements for everything that the editor knows', () => {
      const marks = ['bold', 'italic', 'underline', 'strike', 'code'].map((type) => ({ type }));
      expect(htmlOf(text('x', ...marks))).to.equal('<strong><em><u><s><code>x</code></s></u></em></strong>');
      const item = { type: 'taskItem', attrs: { checked: true }, content: [paragraph(text('done'))] };
      expect(htmlOf(block('taskList', item))).to.equal(
        '<ul class="tasks"><li><input type="checkbox" disabled checked><div><p>done</p></div></li></ul>',
      );
      expect(htmlOf({ type: 'orderedList', attrs: { start: 3 }, content: [block('listItem')] })).to.equal(
        '<ol start="3"><li></li></ol>',
      );
      expect(htmlOf(block('blockquote', paragraph(text('q'), { type: 'hardBreak' })))).to.equal(
        '<blockquote><p>q<br></p></blockquote>',
      );
      expect(htmlOf(block('codeBlock', text('a < b')))).to.equal('<pre><code>a &lt; b</code></pre>');
      expect(htmlOf({ type: 'horizontalRule' })).to.equal('<hr>');
    });

    it('tells the rows of a table apart, and cells that span several', () => {
      const head = block('tableRow', block('tableHeader', paragraph(text('h'))));
      const cell = { type: 'tableCell', attrs: { colspan: 2, rowspan: 1 }, content: [paragraph()] };
      expect(htmlOf(block('table', head, block('tableRow', cell)))).to.equal(
        '<table><thead><tr><th><p>h</p></th></tr></thead><tbody><tr><td colspan="2"><p></p></td></tr></tbody></table>',
      );
      expect(htmlOf(block('table', block('tableRow', cell)))).to.not.include('thead');
    });

    it('hands on no link that is not safe, nor an attribute of another kind', () => {
      expect(htmlOf(text('x', link('https://a.example/?q="1"')))).to.equal(
        '<a href="https://a.example/?q=&quot;1&quot;">x</a>',
      );
      for (const href of ['javascript:alert(1)', ' javascript:1', 'data:text/html,x', null, 7]) {
        expect(htmlOf(text('x', link(href)))).to.equal('x');
      }
      expect(htmlOf({ type: 'heading', attrs: { level: '1><b>' }, content: [] })).to.equal('<h1></h1>');
    });
  });

  describe('Markdown', () => {
    it('says everything that Markdown can', () => {
      const list = block('bulletList', block('listItem', paragraph(text('one'))));
      const written = doc(
        heading(2, 'Where'),
        paragraph(text('old', { type: 'bold' }), text(' and '), text('u', { type: 'underline' })),
        list,
        { type: 'codeBlock', attrs: { language: 'ts' }, content: [text('a *b*\n\n\n# c')] },
      );
      expect(markdownOf(written, 'T')).to.equal(
        '# T\n\n## Where\n\n**old** and <u>u</u>\n\n- one\n\n```ts\na *b*\n\n\n# c\n```\n',
      );
    });

    it('keeps signs that are only signs', () => {
      const markdown = markdownOf(
        doc(
          paragraph(text('# no heading')),
          paragraph(text('1. no list')),
          paragraph(text('- none either')),
          paragraph(text('2 * 3 * 4')),
        ),
        '',
      );
      expect(markdown).to.equal('\\# no heading\n\n1\\. no list\n\n\\- none either\n\n2 \\* 3 \\* 4\n');
    });

    it('does not let a stroke end a cell', () => {
      const row = (type: string, words: string): JSONContent =>
        block('tableRow', block(type, paragraph(text(words))));
      const markdown = markdownOf(doc(block('table', row('tableHeader', 'a|b'), row('tableCell', 'c'))), '');
      expect(markdown).to.match(/^\| a\\\|b +\|\n\| -+ \|\n\| c +\|\n$/);
    });

    it('leaves out links that are not safe', () => {
      const written = doc(
        paragraph(text('a', link('javascript:1')), text(' '), text('b', link('https://b.example'))),
      );
      expect(markdownOf(written, '')).to.equal('a [b](https://b.example)\n');
    });

    it('has one empty line between blocks, and code as it was', () => {
      expect(tidyMarkdown('a\n\n\n\n&nbsp;\n\nb\n\n')).to.equal('a\n\nb\n');
      expect(tidyMarkdown('~~~\nx\n\n\ny\n~~~\n\n\nz')).to.equal('~~~\nx\n\n\ny\n~~~\n\nz\n');
    });
  });
});
