import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
/** What the client is compiled to, beside what this file is compiled to. */
const COMPILED = fileURLToPath(new URL('../..', import.meta.url));
/** In the order of preference of bundlers for browsers. */
const CONDITIONS = ['browser', 'module', 'import', 'default'];

type Target = string | { readonly [condition: string]: Target };

const rootOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** What one entry of `exports` is in a browser. */
function choose(target: Target): string | undefined {
  if (typeof target === 'string') return target;
  for (const [condition, nested] of Object.entries(target)) {
    const chosen = CONDITIONS.includes(condition) ? choose(nested) : undefined;
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

/** An import map for packages that a page loads as they are, without a bundler. */
function importMap(packages: readonly string[]): { imports: Record<string, string> } {
  const imports: Record<string, string> = {};
  for (const name of packages) {
    const manifest = readFileSync(join(rootOf(name), 'package.json'), 'utf8');
    const { exports } = JSON.parse(manifest) as { readonly exports: Readonly<Record<string, Target>> };
    for (const [path, target] of Object.entries(exports)) {
      const chosen = choose(target);
      if (chosen?.match(/\.m?js$/)) imports[join(name, path)] = `/modules/${join(name, chosen)}`;
    }
  }
  return { imports };
}

export interface ModuleHost {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Serves one page and the modules that it imports, from this machine only: the compiled `client/` and `protocol/` under
 * their names, and `packages` by an import map.
 */
export async function startModuleHost(packages: readonly string[], script: string): Promise<ModuleHost> {
  const map = JSON.stringify(importMap(packages));
  const html = `<!doctype html><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">
<script type="importmap">${map}</script><script type="module">${script}</script>`;

  const fileOf = (path: string): string | undefined => {
    const own = /^\/(?:client|protocol)\/[\w./-]+\.js$/.exec(path);
    if (own !== null) return join(COMPILED, path);
    const [, name = '', file = ''] = /^\/modules\/([\w-]+)(\/[\w./-]+\.m?js)$/.exec(path) ?? [];
    return packages.includes(name) ? join(rootOf(name), file) : undefined;
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    if (pathname === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
      return;
    }
    const file = fileOf(normalize(pathname));
    const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (bytes === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(bytes);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
