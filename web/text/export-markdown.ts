import type { JSONContent } from '@tiptap/core';
import { MarkdownManager } from '@tiptap/markdown';
import { contentExtensions } from './content-extensions.ts';
import { isSafeHref } from './safe-link.ts';
import { titledDocument } from './titled-document.ts';

/** Stand for what the writer of Markdown would escape once more, or not at all; no text has them. */
const PIPE = '\uE000';
const BACKSLASH = '\uE001';
/** What makes a paragraph something else where it begins with it: up to the sign that has to be escaped. */
const LINE_START = /^(\s*(?:\d{1,9}(?=[.)]\s))?)(?=#{1,6}\s|>|[-+]\s|[.)]\s|={3,}|-{3,})/;

/** What is written, under its title, as GitHub-flavoured Markdown. */
export function markdownOf(document: JSONContent, title: string): string {
  const manager = new MarkdownManager({ extensions: contentExtensions() });
  const markdown = manager.serialize(prepared(titledDocument(document, title)));
  return tidyMarkdown(markdown).replaceAll(PIPE, '\\|').replaceAll(BACKSLASH, '\\');
}

/** Without links that may not be followed, and with marks where the writer forgets to escape. */
function prepared(node: JSONContent, isInTable = false): JSONContent {
  const { marks, content, text, ...rest } = node;
  const isTable = isInTable || node.type === 'table';
  const inside = content?.map((child, index) => {
    const ready = prepared(child, isTable);
    const isFirst = node.type === 'paragraph' && index === 0 && ready.text !== undefined;
    return isFirst && !isCode(ready)
      ? { ...ready, text: ready.text?.replace(LINE_START, `$1${BACKSLASH}`) ?? '' }
      : ready;
  });
  return {
    ...rest,
    ...(text !== undefined && { text: withPipes(text.replace(/[\uE000\uE001]/g, ''), isTable) }),
    ...(marks && {
      marks: marks.filter(({ type, attrs }) => type !== 'link' || isSafeHref(attrs?.['href'])),
    }),
    ...(inside && { content: inside }),
  };
}

const withPipes = (text: string, isInTable: boolean): string =>
  isInTable ? text.replaceAll('|', PIPE) : text;
const isCode = ({ marks = [] }: JSONContent): boolean => marks.some(({ type }) => type === 'code');

/** One empty line between blocks, none that stands for an empty paragraph, one line end at the end. Code stays as it is. */
export function tidyMarkdown(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const [, mark] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      lines.push(line);
      continue;
    }
    fence = mark;
    const isBlank = line.trim() === '' || line.trim() === '&nbsp;';
    if (!isBlank) lines.push(line);
    else if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
