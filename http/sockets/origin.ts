/**
 * May a page of this origin open a socket here? Browsers let any page try and send its origin along; who sends none is
 * no browser.
 * @param host the request's `Host` header
 * @param allowed origins such as `https://app.example.com`; `*` allows all
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes('*')) return true;
  const page = parseOrigin(origin);
  if (page === undefined) return false;
  // The scheme is the page's: a proxy may have ended TLS, and default ports must be equal to none.
  if (host !== undefined && parseOrigin(`${page.protocol}//${host}`)?.host === page.host) return true;
  return allowed.some((entry) => parseOrigin(entry)?.origin === page.origin);
}

function parseOrigin(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}
