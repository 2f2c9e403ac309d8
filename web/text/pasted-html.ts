/** `mso-list:l0 level2 lfo1`: in which list a paragraph of Word is, and how deep. */
const IN_LIST = /mso-list:\s*(l\d+)\s+level(\d+)/i;
/** What Word writes before an item: the bullet or number as it looks, and spaces. */
const MARKER = /mso-list:\s*ignore/i;
/** `1.` `b)` `iv.`; a bullet of the second level is an `o` without anything. */
const NUMBER = /^\(?(\d{1,9}|[a-z]{1,6})[.)]$/i;

/**
 * What another program put on the clipboard, in the elements that it means. Word has no lists, but paragraphs that look like
 * items; Google Docs has line breaks between paragraphs where one left a line empty.
 */
export function tidyPastedHtml(html: string): string {
  const isWord = IN_LIST.test(html);
  const isGoogle = html.includes('docs-internal-guid');
  if (!isWord && !isGoogle) return html;
  const page = new DOMParser().parseFromString(html, 'text/html');
  if (isWord) {
    const items = [...page.querySelectorAll('p')].filter(isItem);
    for (const parent of new Set(items.map(({ parentElement }) => parentElement))) {
      if (parent !== null) gatherLists(parent);
    }
  }
  for (const gap of page.querySelectorAll('[id^="docs-internal-guid"] > br')) {
    gap.replaceWith(page.createElement('p'));
  }
  return page.body.innerHTML;
}

const styleOf = (element: Element): string => element.getAttribute('style') ?? '';
const isItem = (element: Element): boolean => IN_LIST.test(styleOf(element));

interface OpenList {
  readonly id: string;
  readonly level: number;
  readonly element: HTMLElement;
}

/** Makes lists, also nested ones, of the items among the children. */
function gatherLists(parent: Element): void {
  /** The list that is being filled, within those that it is nested in. */
  let open: OpenList[] = [];
  for (const child of [...parent.children]) {
    const [, id = '', depth = '1'] = IN_LIST.exec(styleOf(child)) ?? [];
    if (id === '') {
      open = [];
      continue;
    }
    const level = Number(depth);
    const { isNumbered, start } = takeMarker(child);
    const isOther = (list: OpenList): boolean =>
      list.level > level || (list.level === level && (list.id !== id || isOl(list) !== isNumbered));
    open = open.filter((list) => !isOther(list));
    let list = open.at(-1);
    if (list === undefined || list.level < level) {
      const element = parent.ownerDocument.createElement(isNumbered ? 'ol' : 'ul');
      if (start > 1) element.setAttribute('start', String(start));
      const lastItem = list?.element.lastElementChild;
      if (lastItem) lastItem.append(element);
      else child.before(element);
      list = { id, level, element };
      open.push(list);
    }
    const item = parent.ownerDocument.createElement('li');
    child.removeAttribute('style');
    item.append(child);
    list.element.append(item);
  }
}

const isOl = ({ element }: OpenList): boolean => element.localName === 'ol';

/** Takes away what stands before an item. */
function takeMarker(item: Element): { readonly isNumbered: boolean; readonly start: number } {
  const marker = [...item.querySelectorAll('span')].find((span) => MARKER.test(styleOf(span)));
  const sign = marker?.textContent?.trim() ?? '';
  marker?.remove();
  const [, number] = NUMBER.exec(sign) ?? [];
  return { isNumbered: number !== undefined, start: /^\d+$/.test(number ?? '') ? Number(number) : 1 };
}
