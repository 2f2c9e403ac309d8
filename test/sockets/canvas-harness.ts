import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { canvasIdOf, canvasIdOfSlug } from '../../actors/canvas-documents.ts';
import { CanvasRejections } from '../../actors/canvas-rejections.ts';
import { CanvasVisitors } from '../../actors/canvas-visitors.ts';
import { canvasKind } from '../../documents/canvas/canvas-kind.ts';
import { DEFAULT_PALETTE } from '../../documents/canvas/palette.ts';
import { Sessions } from '../../http/sessions/sessions.ts';
import type { CanvasLimits } from '../../http/sockets/canvas-limits.ts';
import type { SocketLimits } from '../../http/sockets/limits.ts';
import type { CanvasBitmap, CanvasCommand, CanvasRateLimits } from '../../protocol/canvas-messages.ts';
import type { DocumentId, UserId } from '../../protocol/ids.ts';
import { newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { CanvasClient, type CanvasClientOptions } from './canvas-client.ts';
import { createDoorRuntime, type DoorRuntimeOptions, type DoorServer, startDoors } from './door-server.ts';

/** So that tests of something else do not meet them. */
export const GENEROUS: CanvasRateLimits = {
  perUser: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  perAddress: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  connectionsPerAddress: 10_000,
};

const MO = { by: 'mo' as UserId };

export interface CanvasHarness extends DoorServer {
  readonly runtime: Runtime;
  readonly sessions: Sessions;
  readonly rejections: CanvasRejections;
  readonly visitors: CanvasVisitors;
  readonly pixels: { painted: number; readonly rejected: Map<string, number> };
  /** A new canvas of 20 × 10, or what is asked for. */
  create(more?: Partial<Extract<CanvasCommand, { type: 'canvas.create' }>>): Promise<DocumentId>;
  /** As a service does, without a socket. */
  execute(id: DocumentId, command: CanvasCommand): Promise<{ readonly seq: number }>;
  /** All pixels, as the server has them. */
  bitmap(id: DocumentId): Promise<CanvasBitmap>;
  token(name?: string): Promise<string>;
  url(id: string, query?: string): string;
  /** Connects and waits until it was shown the canvas. `name`: a new session of that name; absent: a watcher. */
  join(id: string, name?: string, query?: string, options?: CanvasClientOptions): Promise<CanvasClient>;
}

export interface CanvasHarnessOptions extends DoorRuntimeOptions {
  readonly canvasLimits?: Partial<CanvasLimits>;
  readonly socketLimits?: Partial<SocketLimits>;
  readonly trustedProxies?: number;
  /** Of sessions, in ms. */
  readonly lifetimeMs?: number;
}

/** The canvas door on a free port, with a real runtime and real sessions behind it. */
export async function startCanvasHarness(options: CanvasHarnessOptions = {}): Promise<CanvasHarness> {
  const { canvasLimits, socketLimits } = options;
  const runtime = createDoorRuntime([canvasKind], options);
  const { documents } = runtime;
  const sessions = new Sessions({
    secret: 'a secret of thirty-two characters',
    moderatorKey: 'the key of moderators',
    lifetimeMs: options.lifetimeMs ?? 3_600_000,
    newId: randomUUID,
  });
  const rejections = new CanvasRejections();
  const visitors = new CanvasVisitors();
  const pixels = { painted: 0, rejected: new Map<string, number>() };
  const doors = await startDoors({
    documents,
    canvases: {
      documents,
      sessions,
      rejections,
      visitors,
      metrics: {
        pixelsPainted: (count) => {
          pixels.painted += count;
        },
        pixelsRejected: (reason, count) =>
          pixels.rejected.set(reason, (pixels.rejected.get(reason) ?? 0) + count),
      },
      trustedProxies: options.trustedProxies ?? 0,
      ...(canvasLimits === undefined ? {} : { limits: canvasLimits }),
    },
    limits: { closeTimeoutMs: 50, ...socketLimits },
  });
  const { port } = doors;
  const idOf = (idOrSlug: string): DocumentId => {
    const id = canvasIdOf(idOrSlug);
    if (id === undefined) throw new Error(`no canvas can be called ${idOrSlug}`);
    return id;
  };
  const harness: CanvasHarness = {
    ...doors,
    runtime,
    sessions,
    rejections,
    visitors,
    pixels,
    async create(more = {}) {
      const { slug = null } = more;
      const id = slug === null ? newDocumentId() : canvasIdOfSlug(slug);
      await harness.execute(id, {
        type: 'canvas.create',
        name: 'Mo',
        title: 'Wall',
        slug,
        width: 20,
        height: 10,
        palette: DEFAULT_PALETTE,
        background: 0,
        rateLimits: GENEROUS,
        ...more,
      });
      return id;
    },
    execute: (id, command) => documents.open('canvas', id).execute(command, MO),
    async bitmap(id) {
      return (await documents.open('canvas', id).query({ type: 'canvas.bitmap' })) as CanvasBitmap;
    },
    async token(name = 'Ann') {
      return (await sessions.open({ name, address: 'test' })).token;
    },
    url: (id, query = '') => `ws://127.0.0.1:${port}/v1/ws/canvases/${id}${query === '' ? '' : `?${query}`}`,
    async join(id, name, query = '', clientOptions = {}) {
      const token = name === undefined ? '' : `token=${await harness.token(name)}&`;
      const client = new CanvasClient(harness.url(id, `${token}${query}`), clientOptions);
      const state = await client.hear('canvas:state');
      if (state.bitmap !== undefined) client.load((await harness.bitmap(idOf(id))).bytes);
      return client;
    },
    async close() {
      await doors.close();
      await documents.stop();
    },
  };
  return harness;
}

/** Clients show what the server has, once they were told of it. */
export async function expectSamePicture(
  harness: CanvasHarness,
  id: DocumentId,
  ...clients: readonly CanvasClient[]
): Promise<void> {
  const { seq, bytes } = await harness.bitmap(id);
  for (const client of clients) {
    await client.reach(seq);
    expect(Buffer.compare(client.colors ?? Buffer.alloc(0), bytes)).to.equal(0);
  }
}
