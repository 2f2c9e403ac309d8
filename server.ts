import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';
import { type DestinationStream, type Logger, pino } from 'pino';
import { v4 as newId } from 'uuid';
import { ANNOTATION_KIND, AnnotationDocuments } from './actors/annotation-documents.ts';
import { AnnotationService } from './actors/annotation-service.ts';
import { CanvasBitmaps } from './actors/canvas-bitmaps.ts';
import { CANVAS_KIND, CanvasDocuments } from './actors/canvas-documents.ts';
import { CanvasPictures, PICTURE_LIMITS } from './actors/canvas-pictures.ts';
import { CanvasRejections } from './actors/canvas-rejections.ts';
import { CanvasService } from './actors/canvas-service.ts';
import { CanvasVisitors } from './actors/canvas-visitors.ts';
import { DocumentImages } from './actors/document-images.ts';
import { Documents } from './actors/documents.ts';
import { Exports } from './actors/exports.ts';
import { SharedGatherTimer } from './actors/gather-timer.ts';
import { ImageLibrary } from './actors/image-library.ts';
import { Inspection } from './actors/inspection.ts';
import { PreviewService } from './actors/preview-service.ts';
import { RoomComments } from './actors/room-comments.ts';
import { RoomService } from './actors/room-service.ts';
import { SceneRenderer } from './actors/scene-renderer.ts';
import { TextCompactor } from './actors/text-compactor.ts';
import { TextMerger } from './actors/text-merger.ts';
import { TextReader } from './actors/text-reader.ts';
import { TextService } from './actors/text-service.ts';
import { TextSync } from './actors/text-sync.ts';
import { ImmediateTurnEnd } from './actors/turn-end.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { annotationKind } from './documents/annotation/annotation-kind.ts';
import { CANVAS_APPEND_GAP_MS, createCanvasKind } from './documents/canvas/canvas-kind.ts';
import type { AnyDocumentKind, Effect } from './documents/kind.ts';
import { createTextKind } from './documents/text/text-kind.ts';
import { createApp } from './http/app.ts';
import { clientAddress } from './http/client-address.ts';
import { Metrics } from './http/metrics.ts';
import { closeSilentConnections, createHttpServer } from './http/server.ts';
import { openSessionSecrets } from './http/sessions/session-secrets.ts';
import { Sessions } from './http/sessions/sessions.ts';
import { attachSockets } from './http/sockets/server.ts';
import { YJS_LIMITS } from './http/sockets/yjs-limits.ts';
import type { ExportEffect } from './protocol/effects.ts';
import { type DocumentId, SYSTEM } from './protocol/ids.ts';
import { createImageFetcher } from './render/image-fetch.ts';
import { checkImageSize, readImageHeader } from './render/image-header.ts';
import { createRenderer } from './render/renderer.ts';
import { openStore } from './storage/open-store.ts';
import type { DocumentStore } from './storage/port.ts';
import { StoreRefused } from './storage/sqlite/refusal.ts';

/** A server that answers. */
export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:{port}` */
  readonly url: string;
  readonly logger: Logger;
  /**
   * Takes nothing new, lets what is under way finish (for at most the configured grace), closes sockets 1001, makes
   * everything durable. A second call gives the first one's promise.
   */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Where log lines go; default: standard output. */
  readonly log?: DestinationStream;
  /** Stands between the server and the store that the configuration names; for tests of what fails. */
  readonly through?: (store: DocumentStore) => DocumentStore;
}

/** How often documents are swept for deadlines, expiries and idleness. */
const SWEEP_MS = 1_000;
/** Pictures beyond those that are drawn may fetch their images meanwhile. */
const FETCHING_EXPORTS = 2;
/** Is there from the first start on. */
const MAIN_CANVAS = { name: 'Main', slug: 'main', width: 900, height: 900 };

/** The one place that knows concrete stores, sockets and workers. Also for test suites that run it in-process. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const logger = pino(
    { level: config.logLevel, base: null },
    options.log ?? pino.destination({ dest: 1, sync: false }),
  );
  await mkdir(config.exportsDir, { recursive: true });
  const { through = (opened) => opened } = options;
  const opened = await openStore(config.databaseUrl, {
    onIntegrityChecked: (report) => {
      if (report.problems.length === 0) logger.info(report, 'the database is sound');
      else logger.error(report, 'the database is damaged');
    },
  });
  const store = through(opened);
  const metrics = new Metrics();
  const clock = { now: Date.now };
  const textKind = createTextKind(config.textCadence);
  const startWork = (documentId: DocumentId, effect: Effect): void => {
    if (effect.type === 'export') exports.begin(documentId, effect as ExportEffect);
    else if (effect.type === 'compact') compactor.begin(documentId);
  };
  const documents = new Documents(
    {
      store,
      kinds: new Map<string, AnyDocumentKind>([
        [annotationKind.name, annotationKind],
        [textKind.name, textKind],
        [CANVAS_KIND, createCanvasKind(config.canvasCadence, CANVAS_APPEND_GAP_MS)],
      ]),
      clock,
      newId,
      turnEnd: new ImmediateTurnEnd((err) => logger.error({ err }, 'publishing failed')),
      gatherTimer: new SharedGatherTimer((err) => logger.error({ err }, 'publishing failed')),
      metrics,
      owner: `${hostname()}:${process.pid}`,
      onEffect: startWork,
      onLoaded: (document_id, load) => logger.info({ document_id, ...load }, 'document loaded'),
      onSnapshotFailure: (document_id, err) => logger.warn({ document_id, err }, 'snapshot failed'),
      limits: config.limits,
    },
    { onCrash: (document_id, err) => logger.error({ document_id, err }, 'document crashed') },
  );
  const inspection = new Inspection(documents);
  metrics.activeDocuments(() => ({ all: documents.size, rooms: documents.countOf(ANNOTATION_KIND) }));
  const images = new ImageLibrary({
    blobs: store.blobs,
    inspect: (bytes) => {
      const header = readImageHeader(bytes);
      checkImageSize(header);
      return header;
    },
    fetch: createImageFetcher({ allowHosts: config.imageFetchAllow }).fetch,
  });
  const renderer = createRenderer({ threads: config.renderThreads, timeoutMs: config.renderTimeoutMs });
  const exports = new Exports({
    documents,
    renderer,
    images,
    exportsDir: config.exportsDir,
    concurrency: config.renderThreads + FETCHING_EXPORTS,
    clock,
    metrics,
    onFailure: (document_id, job, err) => logger.error({ document_id, export: job, err }, 'export failed'),
  });
  const annotationDocuments = new AnnotationDocuments({ documents, directory: store.directory, newId });
  const documentImages = new DocumentImages({ images, open: (id) => annotationDocuments.open(id) });
  const annotations = new AnnotationService({
    documents: annotationDocuments,
    directory: store.directory,
    images,
    exports,
    exportsDir: config.exportsDir,
  });
  const rooms = new RoomService({
    documents: annotationDocuments,
    sockets: documents,
    store,
    library: images,
    images: documentImages,
  });
  const comments = new RoomComments(annotationDocuments);
  const previews = new PreviewService({
    documents: annotationDocuments,
    pictures: new SceneRenderer({ renderer, images: documentImages }),
    concurrency: config.renderThreads + FETCHING_EXPORTS,
  });
  const texts = new TextService({ documents, directory: store.directory, newId });
  const compactor = new TextCompactor({
    documents,
    merger: new TextMerger(),
    onCompacted: (document_id, done) => logger.info({ document_id, ...done }, 'compacted'),
    onFailure: (document_id, err) => logger.warn({ document_id, err }, 'compaction failed'),
  });

  const textReader = new TextReader();
  const canvasBitmaps = new CanvasBitmaps(config.canvasCaches.bitmapBytes);
  const rejections = new CanvasRejections();
  const visitors = new CanvasVisitors();
  const canvases = new CanvasService({
    documents: new CanvasDocuments({ documents, newId }),
    directory: store.directory,
    visitors,
    rejections,
    clock,
    rateLimits: config.canvasRates,
  });
  const sessions = new Sessions({
    ...(await openSessionSecrets(store.settings, config.session, (moderator_key) =>
      logger.info({ moderator_key }, 'a moderator key was made; it is not shown again'),
    )),
    lifetimeMs: config.session.lifetimeMs,
    newId,
  });

  let stopped: Promise<void> | undefined;
  const stopping = (): boolean => stopped !== undefined;
  const app = createApp({
    annotations,
    rooms,
    comments,
    previews,
    texts,
    canvases,
    canvasBitmaps,
    canvasPictures: new CanvasPictures({
      bitmaps: canvasBitmaps,
      renderer,
      concurrency: config.renderThreads,
      limits: { ...PICTURE_LIMITS, cacheBytes: config.canvasCaches.pictureBytes },
    }),
    sessions,
    clientAddress: (request) => clientAddress(request, config.trustedProxies),
    documents,
    inspection,
    store,
    metrics,
    logger,
    exportsDir: config.exportsDir,
    ...(config.debugToken === undefined ? {} : { debugToken: config.debugToken }),
    ...(config.webAppDir === undefined ? {} : { webAppFolder: config.webAppDir }),
    corsOrigins: config.corsOrigins,
    validateResponses: config.validateResponses,
    warmUp: true,
    stopping,
  });
  const server = createHttpServer(app, logger);
  const sockets = attachSockets(server, {
    documents,
    logger,
    metrics,
    corsOrigins: config.corsOrigins,
    stopping,
    limits: { sockets: config.socketsLimit, messageRate: config.messageRate },
    texts: { documents, limits: config.textLimits },
    rooms: { documents, limits: config.roomLimits },
    canvases: {
      documents,
      sessions,
      rejections,
      visitors,
      metrics,
      trustedProxies: config.trustedProxies,
      limits: config.canvasLimits,
    },
    inspector: { inspection, debugToken: config.debugToken },
    yjs: {
      documents,
      textSync: new TextSync({ reader: textReader }),
      limits: {
        annotation: config.roomLimits,
        text: {
          ...YJS_LIMITS.text,
          updateBytes: config.textLimits.snapshotBytes,
          unackedBytes: config.textLimits.unackedBytes,
        },
      },
    },
  });
  try {
    await canvases.ensureCanvas(MAIN_CANVAS, { by: SYSTEM, name: SYSTEM });
    await once(server.listen(config.port, config.host), 'listening');
  } catch (error) {
    await renderer.close(); // its threads would keep the process alive
    await store.close();
    throw error;
  }
  const sweeper = setInterval(() => documents.sweep(), SWEEP_MS);
  await documents.wakeUnfinished();
  const { port } = server.address() as AddressInfo;
  logger.info({ port, host: config.host, store: store.name }, `troupe listens, storage: ${store.name}`);

  const stop = async (): Promise<void> => {
    logger.info('stopping');
    const noMoreRequests = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    closeSilentConnections(server);
    await sockets.close();
    const cut = setTimeout(() => server.closeAllConnections(), config.shutdownGraceMs);
    await noMoreRequests;
    clearTimeout(cut);
    await exports.stop(config.shutdownGraceMs);
    await compactor.stop();
    await textReader.stop();
    clearInterval(sweeper);
    await documents.stop();
    await renderer.close();
    await store.close();
    logger.info('stopped');
    await new Promise<void>((resolve) => logger.flush(() => resolve()));
  };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    logger,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Runs until a signal ends it. A second signal ends it at once. */
async function main(): Promise<void> {
  const server = await startServer(readConfig(process.env));
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (++signals > 1) process.exit(130);
      server.stop().then(
        () => process.exit(0),
        (err) => {
          server.logger.fatal({ err }, 'could not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    // Before there is a server there is no log: one clear line.
    const isClear = error instanceof ConfigError || error instanceof StoreRefused;
    const reason = isClear ? error.message : String(error);
    process.stderr.write(`troupe: ${reason}\n`);
    process.exit(1);
  });
}
