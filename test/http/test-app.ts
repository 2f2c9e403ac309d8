import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Express } from 'express';
import { pino } from 'pino';
import type { ActorInfo } from '../../actors/documents.ts';
import { Inspection } from '../../actors/inspection.ts';
import { createApp } from '../../http/app.ts';
import { clientAddress } from '../../http/client-address.ts';
import type { AppDependencies } from '../../http/dependencies.ts';
import { Metrics } from '../../http/metrics.ts';
import { createCanvases, type TestCanvases } from '../helpers/canvases.ts';
import { createRooms, type TestRooms } from '../helpers/rooms.ts';
import { createRuntime } from '../helpers/runtime.ts';
import { createTexts } from '../helpers/texts.ts';
import { FakeAnnotations } from './fake-annotations.ts';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

export interface TestApp {
  readonly app: Express;
  readonly annotations: FakeAnnotations;
  /** The real services; they know nothing of `annotations`. */
  readonly rooms: TestRooms;
  /** Real ones, too. */
  readonly canvases: TestCanvases;
  readonly metrics: Metrics;
  readonly actors: ActorInfo[];
  readonly exportsDir: string;
  /** What was logged so far. */
  readonly lines: LogLine[];
}

export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** The real app on a fake service, with answers checked against the contract. Its files are gone after the suite. */
export function testApp(overrides: Partial<AppDependencies> = {}): TestApp {
  const annotations = new FakeAnnotations();
  const rooms = createRooms();
  const canvases = createCanvases();
  const metrics = new Metrics({ process: false });
  const lines: LogLine[] = [];
  const actors: ActorInfo[] = [];
  const exportsDir = mkdtempSync(join(tmpdir(), 'troupe-http-'));
  after(() => rmSync(exportsDir, { recursive: true, force: true }));
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split('\n')) lines.push(JSON.parse(line) as LogLine);
      done();
    },
  });
  const app = createApp({
    annotations,
    rooms: rooms.rooms,
    comments: rooms.comments,
    previews: rooms.previews,
    texts: createTexts().texts,
    canvases: canvases.canvases,
    canvasBitmaps: canvases.bitmaps,
    canvasPictures: canvases.pictures,
    sessions: canvases.sessions,
    clientAddress: (request) => clientAddress(request, 0),
    documents: { actors: () => actors },
    inspection: new Inspection(createRuntime().documents),
    store: { name: 'fake', ping: async () => {} },
    metrics,
    logger: pino({ level: 'debug' }, sink),
    exportsDir,
    corsOrigins: ['*'],
    validateResponses: true,
    stopping: () => false,
    ...overrides,
  });
  return { app, annotations, rooms, canvases, metrics, actors, exportsDir, lines };
}
