import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RequestHandler, type Response, Router } from 'express';
import { checkDebugAccess } from './debug-access.ts';
import { pageSecurity } from './page-security.ts';

/** What `make run` builds of `web/`. */
export const WEB_APP_FOLDER = fileURLToPath(new URL(import.meta.resolve('#package/web/dist')));

/** The addresses that the app has pages for (`web/app/routes.tsx`). What they name, the app reads, also where it is rubbish. */
const PAGES = ['/', /^\/(?:boards|texts|canvases)\/[^/]+$/];
/** Where the name is missing: the app says that nothing is there. */
const NAMELESS = /^\/(?:boards|texts|canvases)\/?$/;
const FILES = /^\/(?:assets\/[^/]+|icon\.svg)$/;
const COMPRESSED: readonly (readonly [encoding: string, extension: string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];
/** The names carry a hash of the content. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

const secure = pageSecurity({
  'font-src': ["'self'"],
  'worker-src': ["'self'"],
  'form-action': ["'self'"],
});

/**
 * The web app: its pages, whatever document they name, and the files that they load. Answers only GET and HEAD of what it
 * has; everything else goes on. Where nothing is built, `/` leads to `/docs`.
 *
 * @param options.debugToken - without one, the page of the actor inspector is for this machine only
 */
export function webApp({
  folder = WEB_APP_FOLDER,
  debugToken,
}: {
  readonly folder?: string | undefined;
  readonly debugToken?: string | undefined;
} = {}): RequestHandler {
  const router = Router({ caseSensitive: true, strict: true });
  if (!existsSync(join(folder, 'index.html'))) {
    router.get('/', secure, (_req, res) => res.redirect(302, '/docs'));
    return router;
  }
  const files = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  router.get(PAGES, secure, (_req, res) => sendFile(res, folder, 'index.html', files));
  router.get('/debug/actors', secure, (req, res) => {
    // With a token the page asks for it; what it shows comes only to who has it.
    if (debugToken === undefined) checkDebugAccess(req, debugToken, undefined);
    sendFile(res, folder, 'index.html', files);
  });
  router.get(NAMELESS, (req, res, next) => {
    // Programs get a problem, as everywhere.
    res.vary('Accept');
    if (req.accepts(['json', 'html']) !== 'html') next();
    else secure(req, res, () => sendFile(res.status(404), folder, 'index.html', files));
  });
  router.get(FILES, secure, (req, res, next) => {
    const name = req.path.slice(1);
    if (files.has(name)) sendFile(res, folder, name, files);
    else next();
  });
  return router;
}

const tags = new Map<string, string>();

/** Weak: compressed or not, it is the same. What is built does not change while a server runs. */
function tagOf(path: string): string {
  const known = tags.get(path);
  if (known !== undefined) return known;
  const tag = `W/"${createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22)}"`;
  tags.set(path, tag);
  return tag;
}

function sendFile(res: Response, folder: string, name: string, files: ReadonlySet<string>): void {
  const [encoding, extension] = COMPRESSED.find(
    ([accepted, suffix]) => files.has(name + suffix) && res.req.acceptsEncodings(accepted) === accepted,
  ) ?? [undefined, ''];
  res.type(extname(name));
  res.set('Cache-Control', name.startsWith('assets/') ? FOR_GOOD : 'no-cache');
  res.vary('Accept-Encoding');
  // The app has no tags of its own for bodies, and so Express makes none for files.
  res.set('ETag', tagOf(join(folder, name)));
  if (encoding !== undefined) res.set('Content-Encoding', encoding);
  res.sendFile(name + extension, { root: folder, cacheControl: false, lastModified: false });
}
