import type { JSONContent } from '@tiptap/core';

/** The words of a node and all that is in it. */
export const wordsOf = (node: JSONContent): string =>
  node.text ?? (node.content ?? []).map(wordsOf).join(node.type === 'doc' ? '\n' : '');

const isEmpty = (node: JSONContent): boolean =>
  node.type === 'paragraph' && (node.content?.length ?? 0) === 0;

/**
 * The document as a file has it: under its title, which on the page stands above the paper, and without the empty lines
 * at its end. One that begins with its title as a heading has it once.
 */
export function titledDocument(document: JSONContent, title: string): JSONContent {
  const content = [...(document.content ?? [])];
  while (content.length > 0 && isEmpty(content.at(-1) ?? {})) content.pop();
  const [first] = content;
  const hasTitle =
    first?.type === 'heading' && first.attrs?.['level'] === 1 && wordsOf(first).trim() === title;
  const heading: JSONContent = {
    type: 'heading',
    attrs: { level: 1 },
    content: [{ type: 'text', text: title }],
  };
  return { type: 'doc', content: hasTitle || title === '' ? content : [heading, ...content] };
}
