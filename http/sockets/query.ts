import { Problem } from '../../protocol/problem.ts';

/** The query of a handshake; each name once. */
export type Query = ReadonlyMap<string, string>;

/**
 * Reads the query of a URL, stricter than URLSearchParams: a broken percent-encoding, or a name that comes twice, is
 * refused and not guessed at.
 * @throws Problem `malformed_request`, `invalid`
 */
export function parseQuery(query: string): Query {
  const found = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    if (found.has(name)) throw Problem.invalid(`/query/${name}`, 'must not be repeated');
    found.set(name, at < 0 ? '' : decode(pair.slice(at + 1)));
  }
  return found;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new Problem('malformed_request', 'The query has a broken percent-encoding.', { cause });
  }
}
