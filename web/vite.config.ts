import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `make dev` runs the server whose doors the app uses. */
const SERVER = process.env['TROUPE_URL'] ?? 'http://127.0.0.1:8000';
const DOORS = ['/v1', '/api', '/ws', '/exports', '/docs', '/healthz', '/metrics', '/openapi.yaml'];

/** Writes `.br` and `.gz` beside what is worth it, so that the server need not compress. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const names = await readdir(dir, { recursive: true });
      const worth = names.filter((name) => /\.(html|js|css|svg|json|wasm)$/.test(name));
      await Promise.all(
        worth.map(async (name) => {
          const path = join(dir, name);
          const bytes = await readFile(path);
          await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
          await writeFile(`${path}.gz`, await promisify(gzip)(bytes));
        }),
      );
    },
  };
}

/** Every browser that runs the app reads WOFF2: the older files beside them are left out. */
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource[\\/].*\.css$/.test(id)) return undefined;
      return code.replace(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, '');
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), woff2Only(), compressed()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows no `data:` scripts, and fonts are better cached as files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  server: {
    port: 5173,
    // The host stays that of the page: the server compares it with the origin of sockets.
    proxy: {
      ...Object.fromEntries(DOORS.map((door) => [door, { target: SERVER, ws: true }])),
      // The page is ours, what it asks for is the server's.
      '^/debug/actors[./].*': { target: SERVER, ws: true },
    },
  },
});
