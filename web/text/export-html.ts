import type { JSONContent } from '@tiptap/core';
import { isSafeHref } from './safe-link.ts';
import { titledDocument } from './titled-document.ts';

/** The page looks after itself wherever it is opened: nothing is loaded. */
const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; font: 17px/1.65 Georgia, "Times New Roman", serif; }
  main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.5rem; overflow-wrap: break-word; }
  h1, h2, h3, h4 { margin: 1.6em 0 0.5em; font-family: system-ui, sans-serif; line-height: 1.25; }
  h1:first-child { margin-top: 0; }
  blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid #8884; color: color-mix(in srgb, currentcolor 75%, transparent); }
  pre { padding: 0.9em 1em; overflow-x: auto; border-radius: 6px; background: #8882; }
  code { font: 0.88em ui-monospace, monospace; }
  :not(pre) > code { padding: 0.1em 0.3em; border-radius: 4px; background: #8882; }
  table { width: 100%; margin: 1em 0; border-collapse: collapse; }
  th, td { padding: 0.4em 0.6em; border: 1px solid #8886; text-align: left; vertical-align: top; }
  th { background: #8882; }
  td > p, th > p, li > p { margin: 0; }
  ul.tasks { padding-left: 0.2em; list-style: none; }
  ul.tasks > li { display: flex; gap: 0.5em; }
  hr { margin: 2em 0; border: 0; border-top: 1px solid #8886; }
`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** A whole page: what is written, under its title, with plain elements only. */
export const htmlPage = (document: JSONContent, title: string): string => `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${(titledDocument(document, title).content ?? []).map(htmlOf).join('\n')}
</main>
</body>
</html>
`;

/** A node of the editor, as HTML that says what it means and nothing of the editor. */
export function htmlOf(node: JSONContent): string {
  const { attrs = {}, content = [] } = node;
  const inside = content.map(htmlOf).join('');
  switch (node.type) {
    case 'text':
      return markedUp(node);
    case 'paragraph':
      return `<p>${inside}</p>`;
    case 'heading': {
      const level = within(attrs['level'], 1, 6, 1);
      return `<h${level}>${inside}</h${level}>`;
    }
    case 'bulletList':
      return `<ul>${inside}</ul>`;
    case 'orderedList': {
      const start = within(attrs['start'], 0, 1_000_000, 1);
      return `<ol${start === 1 ? '' : ` start="${start}"`}>${inside}</ol>`;
    }
    case 'listItem':
      return `<li>${inside}</li>`;
    case 'taskList':
      return `<ul class="tasks">${inside}</ul>`;
    case 'taskItem': {
      const isDone = attrs['checked'] === true;
      return `<li><input type="checkbox" disabled${isDone ? ' checked' : ''}><div>${inside}</div></li>`;
    }
    case 'blockquote':
      return `<blockquote>${inside}</blockquote>`;
    case 'codeBlock':
      return `<pre><code>${inside}</code></pre>`;
    case 'horizontalRule':
      return '<hr>';
    case 'hardBreak':
      return '<br>';
    case 'table':
      return tableOf(content);
    default:
      return inside;
  }
}

const isHeaderRow = (row: JSONContent | undefined): boolean =>
  row?.content?.every(({ type }) => type === 'tableHeader') === true;

function tableOf(rows: readonly JSONContent[]): string {
  const [first, ...others] = rows;
  if (first === undefined || !isHeaderRow(first))
    return `<table><tbody>${rows.map(rowOf).join('')}</tbody></table>`;
  return `<table><thead>${rowOf(first)}</thead><tbody>${others.map(rowOf).join('')}</tbody></table>`;
}

const rowOf = ({ content = [] }: JSONContent): string => `<tr>${content.map(cellOf).join('')}</tr>`;

function cellOf({ type, attrs = {}, content = [] }: JSONContent): string {
  const name = type === 'tableHeader' ? 'th' : 'td';
  const spans = ['colspan', 'rowspan']
    .map((key) => [key, within(attrs[key], 1, 1000, 1)] as const)
    .filter(([, count]) => count > 1)
    .map(([key, count]) => ` ${key}="${count}"`)
    .join('');
  return `<${name}${spans}>${content.map(htmlOf).join('')}</${name}>`;
}

const ELEMENTS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
};

function markedUp({ text = '', marks = [] }: JSONContent): string {
  return marks.reduceRight((inside, { type, attrs }) => {
    const element = ELEMENTS[type];
    if (element !== undefined) return `<${element}>${inside}</${element}>`;
    const href: unknown = attrs?.['href'];
    // A link that may not be followed here is not handed on either.
    return type === 'link' && isSafeHref(href) ? `<a href="${escaped(href)}">${inside}</a>` : inside;
  }, escaped(text));
}

const within = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : otherwise;
