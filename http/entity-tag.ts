import { Problem } from '../protocol/problem.ts';

/** The ETag of an entity that counts its changes. */
export const versionTag = (version: number): string => `"${version}"`;

/**
 * The version that a change is made against: `If-Match` or the body's `version`; `undefined` where neither is given, or
 * `*`. The contract has checked the header's form.
 */
export function expectedVersion(
  ifMatch: string | undefined,
  version: number | undefined,
): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return version;
  const matched = Number(ifMatch.replace(/[^0-9]/g, ''));
  if (version !== undefined && version !== matched) {
    throw Problem.invalid('/body/version', `must be ${matched}, as If-Match says`);
  }
  return matched;
}

/** Does `If-None-Match` name this tag? Compared weakly, as RFC 9110 wants it for GET. */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const bare = tag.replace(/^W\//, '');
  return ifNoneMatch
    .split(',')
    .map((part) => part.trim())
    .some((part) => part === '*' || part.replace(/^W\//, '') === bare);
}
