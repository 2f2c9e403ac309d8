import { type RequestHandler, Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { errorsDocument } from './errors-document.ts';
import { pageSecurity } from './page-security.ts';

/** What the page needs of Swagger UI; the rest of its package is not served. */
const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Troupe API</title>
  <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  <link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
  <div id="swagger-ui"></div>
  <script src="/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
`;

/** A file of its own, so that the page needs no inline script. */
const START = `SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

/**
 * Swagger UI at `/docs`, complete without the internet, and the table of errors at `/docs/errors`.
 * Answers only GET and HEAD of what it has; everything else goes on.
 */
export function docs(): RequestHandler {
  const router = pages();
  // Requests of the API need not be tried against a dozen routes that they never mean.
  return (req, res, next) => (req.path.startsWith('/docs') ? router(req, res, next) : next());
}

function pages(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const secure = pageSecurity({ 'form-action': ["'none'"] });
  const errors = errorsDocument();
  router.get(['/docs', '/docs/'], secure, (_req, res) => {
    res.type('html').send(PAGE);
  });
  router.get('/docs/start.js', secure, (_req, res) => {
    res.type('js').send(START);
  });
  router.get('/docs/errors', secure, (_req, res) => {
    res.type('text/markdown').send(errors);
  });
  for (const asset of ASSETS) router.get(`/docs/${asset}`, secure);
  const [, assets] = swaggerUi.serve;
  if (!assets) throw new Error('swagger-ui-express serves no files');
  router.use('/docs', (req, res, next) => {
    if (ASSETS.includes(req.path.slice(1))) assets(req, res, next);
    else next();
  });
  return router;
}
