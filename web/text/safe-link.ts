/** What a link may lead to. Everything else, `javascript:` above all, could act in the reader's name. */
const SAFE = /^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const KNOWN_SCHEME = /^(https?|mailto|tel):/i;
/** `example.com:8080` and `localhost:3000` look like a scheme. */
const HOST_AND_PORT = /^[\w.-]+:\d{1,5}([/?#]|$)/;

/** Browsers leave these out of an address, so that `java\nscript:` works too. */
const hasHidden = (href: string): boolean =>
  [...href].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code <= 0x20 || (code >= 0x7f && code <= 0xa0);
  });

/** May a link that somebody made, anywhere, be followed from here? */
export const isSafeHref = (href: unknown): href is string =>
  typeof href === 'string' && SAFE.test(href) && !hasHidden(href);

/**
 * The address that was meant by what was typed: `example.com` and `ann@example.com` too.
 *
 * @returns `undefined` where it is none, or one that is not safe
 */
export function hrefOf(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  if (/^(\/(?!\/)|#)/.test(text)) return isSafeHref(text) ? text : undefined;
  const address = withScheme(text);
  try {
    const { href, hostname, protocol } = new URL(address);
    const isWeb = protocol === 'http:' || protocol === 'https:';
    if (isWeb && !hostname.includes('.') && hostname !== 'localhost' && !hostname.startsWith('[')) {
      return undefined;
    }
    return isSafeHref(href) ? href : undefined;
  } catch {
    return undefined;
  }
}

function withScheme(text: string): string {
  if (text.startsWith('//')) return `https:${text}`;
  if (KNOWN_SCHEME.test(text)) return text;
  if (SCHEME.test(text) && !HOST_AND_PORT.test(text)) return text;
  return /^[^/@]+@[^/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}
