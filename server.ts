import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';
import { type DestinationStream, type Logger, pino } from 'pino';
import { v4 as newId } from 'uuid';
import { AnnotationService } from './actors/annotation-service.ts';
import { Documents } from './actors/documents.ts';
import { Exports } from './actors/exports.ts';
import { ImageLibrary } from './actors/image-library.ts';
import { TextCompactor } from './actors/text-compactor.ts';
import { TextMerger } from './actors/text-merger.ts';
import { TextService } from './actors/text-service.ts';
import { ImmediateTurnEnd } from './actors/turn-end.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { annotationKind } from './documents/annotation/annotation-kind.ts';
import type { AnyDocumentKind, Effect } from './documents/kind.ts';
import { createTextKind } from './documents/text/text-kind.ts';
import { createApp } from './http/app.ts';
import { Metrics } from './http/metrics.ts';
import { createHttpServer } from './http/server.ts';
import { attachSockets } from './http/sockets/server.ts';
import type { ExportEffect } from './protocol/effects.ts';
import type { DocumentId } from './protocol/ids.ts';
import { createImageFetcher } from './render/image-fetch.ts';
import { checkImageSize, readImageHeader } from './render/image-header.ts';
import { createRenderer } from './render/renderer.ts';
import { openStore } from './storage/open-store.ts';
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
}

/** How often documents are swept for deadlines, expiries and idleness. */
const SWEEP_MS = 1_000;
/** Exports beyond those that are drawn may fetch their images meanwhile. */
const FETCHING_EXPORTS = 2;

/** The one place that knows concrete stores, sockets and workers. Also for test suites that run it in-process. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const logger = pino(
    { level: config.logLevel, base: null },
    options.log ?? pino.destination({ dest: 1, sync: false }),
  );
  await mkdir(config.exportsDir, { recursive: true });
  const store = await openStore(config.databaseUrl, {
    onIntegrityChecked: (report) => {
      if (report.problems.length === 0) logger.info(report, 'the database is sound');
      else logger.error(report, 'the database is damaged');
    },
  });
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
      ]),
      clock,
      newId,
      turnEnd: new ImmediateTurnEnd((err) => logger.error({ err }, 'publishing failed')),
      metrics,
      owner: `${hostname()}:${process.pid}`,
      onEffect: startWork,
      onSnapshotFailure: (document, err) => logger.warn({ document, err }, 'snapshot failed'),
      limits: config.limits,
    },
    { onCrash: (document, err) => logger.error({ document, err }, 'document crashed') },
  );
  metrics.activeDocuments(() => documents.size);
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
    onFailure: (document, job, err) => logger.error({ document, export: job, err }, 'export failed'),
  });
  const annotations = new AnnotationService({
    documents,
    directory: store.directory,
    images,
    exports,
    exportsDir: config.exportsDir,
    newId,
  });
  const texts = new TextService({ documents, directory: store.directory, newId });
  const compactor = new TextCompactor({
    documents,
    merger: new TextMerger(),
    onFailure: (document, err) => logger.warn({ document, err }, 'compaction failed'),
  });

  let stopped: Promise<void> | undefined;
  const stopping = (): boolean => stopped !== undefined;
  const app = createApp({
    annotations,
    texts,
    documents,
    store,
    metrics,
    logger,
    exportsDir: config.exportsDir,
    ...(config.debugToken === undefined ? {} : { debugToken: config.debugToken }),
    corsOrigins: config.corsOrigins,
    validateResponses: config.validateResponses,
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
  });
  try {
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
    await sockets.close();
    const cut = setTimeout(() => server.closeAllConnections(), config.shutdownGraceMs);
    await noMoreRequests;
    clearTimeout(cut);
    await exports.stop(config.shutdownGraceMs);
    await compactor.stop();
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
