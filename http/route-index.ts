import type { Contract, Operation } from './contract.ts';

export type RouteMatch =
  | { readonly kind: 'found'; readonly operation: Operation; readonly path: Readonly<Record<string, string>> }
  /** The path exists, the method does not. `allow` is the value of the `Allow` header. */
  | { readonly kind: 'other method'; readonly allow: string }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'unknown' };

interface Route {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly operations: ReadonlyMap<string, Operation>;
  readonly allow: string;
}

const PARAMETER = /\{([^}]+)\}/;
const quote = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Literal text before parameters, `{tag}:revert` before `{tag}`: of two templates that match, the more exact one. */
const rank = (template: string): string =>
  template
    .split('/')
    .map((part) => (part.includes('{') ? `~${part.endsWith('}') ? '~' : '!'}` : `!${part}`))
    .join('/');

function routeOf(template: string, operations: readonly Operation[]): Route {
  // split() with a group: literal, name, literal, name, ..., literal
  const parts = template.split(PARAMETER);
  const source = parts.map((part, i) => (i % 2 === 0 ? quote(part) : '([^/]+?)')).join('');
  const methods = operations.map((operation) => operation.method.toUpperCase());
  if (methods.includes('GET')) methods.push('HEAD');
  return {
    pattern: new RegExp(`^${source}$`),
    names: parts.filter((_, i) => i % 2 === 1),
    operations: new Map(operations.map((operation) => [operation.method.toUpperCase(), operation])),
    allow: [...methods, 'OPTIONS'].join(', '),
  };
}

/**
 * Finds the operation of a request. The patterns are made once; the validator would make them at every request.
 * Paths are case-sensitive and a trailing slash makes another path.
 */
export class RouteIndex {
  readonly #routes = new Map<number, Route[]>();

  constructor(contract: Pick<Contract, 'operations'>) {
    const byTemplate = new Map<string, Operation[]>();
    for (const operation of contract.operations) {
      byTemplate.set(operation.template, [...(byTemplate.get(operation.template) ?? []), operation]);
    }
    const templates = [...byTemplate].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
    for (const [template, operations] of templates) {
      const depth = template.split('/').length;
      const bucket = this.#routes.get(depth) ?? [];
      bucket.push(routeOf(template, operations));
      this.#routes.set(depth, bucket);
    }
  }

  /** `encodedPath` is the request's path, percent-encoded, without its query. HEAD is answered by GET. */
  match(method: string, encodedPath: string): RouteMatch {
    // Some clients encode the colon of `{tag}:revert`, as they may (RFC 3986, 3.3).
    const path = encodedPath.replace(/%3A/gi, ':');
    for (const route of this.#routes.get(path.split('/').length) ?? []) {
      const found = route.pattern.exec(path);
      if (!found) continue;
      const operation = route.operations.get(method === 'HEAD' ? 'GET' : method);
      if (!operation) return { kind: 'other method', allow: route.allow };
      try {
        const values = route.names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')] as const);
        return { kind: 'found', operation, path: Object.fromEntries(values) };
      } catch {
        return { kind: 'malformed' };
      }
    }
    return { kind: 'unknown' };
  }
}
