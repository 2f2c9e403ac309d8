import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Headers of a page of ours: it loads from this server alone, and nobody frames it. `more`: what else it does. */
export const pageSecurity = (more: Readonly<Record<string, string[]>>): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        // Swagger UI styles its elements, and the web app places menus and cursors, by attributes
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...more,
      },
    },
  });
