import express, { type Express } from 'express';
import helmet from 'helmet';
import { accessLog } from './access-log.ts';
import { loadContract } from './contract.ts';
import { crossOrigin } from './cross-origin.ts';
import type { AppDependencies } from './dependencies.ts';
import { dispatch } from './dispatch.ts';
import { docs } from './docs.ts';
import { annotationHandlers } from './handlers/annotations.ts';
import { canvasModerationHandlers } from './handlers/canvas-moderation.ts';
import { canvasHandlers } from './handlers/canvases.ts';
import { documentHandlers } from './handlers/documents.ts';
import { exportHandlers } from './handlers/exports.ts';
import { operationHandlers } from './handlers/operations.ts';
import { roomCommentHandlers } from './handlers/room-comments.ts';
import { roomHandlers } from './handlers/rooms.ts';
import { sessionHandlers } from './handlers/sessions.ts';
import { textDocumentHandlers } from './handlers/text-documents.ts';
import { versionHandlers } from './handlers/versions.ts';
import { UPLOAD_LIMITS } from './image-upload.ts';
import { problemHandler } from './problem-response.ts';
import { queryNumbers } from './query-numbers.ts';
import { requestBody } from './request-body.ts';
import { RouteIndex } from './route-index.ts';
import { routing } from './routing.ts';
import type { Handlers } from './typed-handlers.ts';
import { contractValidator } from './validator.ts';
import { webApp } from './web-app.ts';

/**
 * The API shows nothing in a browser: it needs no source of anything. Headers that only pages and old plug-ins heed are
 * left out; `/docs`, which is a page, has them.
 */
const secure = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xPoweredBy: false,
  xXssProtection: false,
});

/** What every request passes, whatever it asks for: context, log, pages, security headers, other origins. */
export function openApp({
  logger,
  metrics,
  corsOrigins,
  debugToken,
  webAppFolder,
}: Pick<AppDependencies, 'logger' | 'metrics' | 'corsOrigins' | 'debugToken' | 'webAppFolder'>): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').enable('strict routing');
  app.use(accessLog(logger, metrics));
  app.use(docs());
  app.use(webApp({ folder: webAppFolder, debugToken }));
  app.use(secure);
  app.use(crossOrigin(corsOrigins));
  return app;
}

/**
 * The whole HTTP door, from a request id to a problem. Throws at start where openapi.yaml and the handlers do not fit
 * together. Sockets are attached to the server, not here.
 */
export function createApp(dependencies: AppDependencies): Express {
  const { logger, validateResponses } = dependencies;
  const contract = loadContract();
  const handlers: Handlers = {
    ...documentHandlers(dependencies),
    ...annotationHandlers(dependencies),
    ...versionHandlers(dependencies),
    ...exportHandlers(dependencies),
    ...roomHandlers(dependencies),
    ...roomCommentHandlers(dependencies),
    ...textDocumentHandlers(dependencies),
    ...sessionHandlers(dependencies),
    ...canvasHandlers(dependencies),
    ...canvasModerationHandlers(dependencies),
    ...operationHandlers(dependencies, contract),
  };
  const app = openApp(dependencies);
  app.use(routing(new RouteIndex(contract)));
  app.use(requestBody(dependencies.uploadLimits ?? UPLOAD_LIMITS));
  app.use(queryNumbers);
  app.use(
    contractValidator(
      contract,
      validateResponses,
      (error) => logger.fatal({ error: String(error) }, 'openapi.yaml is broken'),
      dependencies.warmUp ? dependencies.stopping : undefined,
    ),
  );
  app.use(dispatch(contract, handlers, validateResponses));
  app.use(problemHandler({ logger, strict: validateResponses }));
  return app;
}
