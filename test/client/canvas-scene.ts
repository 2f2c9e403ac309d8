import type { CanvasFetch } from '../../client/canvas-bitmap.ts';
import { CanvasConnection } from '../../client/canvas-connection.ts';
import type { CanvasConnectionOptions } from '../../client/canvas-connection-options.ts';
import type { CanvasError } from '../../client/canvas-error.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import {
  type CanvasPixelUpdate,
  type CanvasServerMessage,
  encodeBulkFrame,
} from '../../protocol/canvas-socket.ts';
import type { Seq } from '../../protocol/ids.ts';
import { CanvasServerModel, type Frame, WIDTH } from './canvas-server-model.ts';
import { FakeTimers } from './fake-timers.ts';
import { type FakeWebSocket, fakeNetwork } from './fake-web-socket.ts';

export type CanvasSocket = FakeWebSocket<CanvasServerMessage>;

/** A bitmap that is asked for. */
export interface BitmapRequest {
  readonly url: string;
  readonly isAborted: () => boolean;
  /** The last event when it was asked for. */
  readonly seq: number;
  answer(status: number, seq: number, bytes: Uint8Array): void;
}

/** Lets promises that are settled be heard. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface SceneOptions extends Partial<CanvasConnectionOptions> {
  /** Whether the connection asks the server why a handshake failed, instead of believing that all is well. */
  readonly asksServer?: boolean;
}

export type CanvasScene = ReturnType<typeof createCanvasScene>;

/** A connection on a fake network to a model of a server; operations are called op1, op2, ... */
export function createCanvasScene({ asksServer = false, ...options }: SceneOptions = {}) {
  const timers = new FakeTimers();
  const { WebSocket, sockets } = fakeNetwork<CanvasServerMessage>();
  const requests: BitmapRequest[] = [];
  const server = new CanvasServerModel();
  let made = 0;
  const fetch: CanvasFetch = (url, { signal }) =>
    new Promise((resolve) => {
      requests.push({
        url,
        seq: server.seq,
        isAborted: () => signal?.aborted ?? false,
        answer: (status, seq, bytes) =>
          resolve({
            ok: status < 400,
            status,
            headers: { get: (name) => (name.toLowerCase() === 'x-canvas-seq' ? String(seq) : null) },
            text: () => Promise.resolve(''),
            arrayBuffer: () => Promise.resolve(bytes.slice().buffer as ArrayBuffer),
          }),
      });
    });
  const connection = new CanvasConnection({
    url: 'https://example.com/troupe',
    canvasId: 'main',
    token: 'secret',
    WebSocket,
    timers,
    random: () => 0.5,
    newId: () => `op${++made}`,
    ...(asksServer ? {} : { isGone: () => Promise.resolve(false) }),
    fetch,
    ...options,
  });
  const told: string[] = [];
  connection.on('ack', ({ ids, seq }) => told.push(`ack ${ids.join(' ')} ${seq}`));
  connection.on('reject', ({ id, code }) => told.push(`reject ${id} ${code}`));
  connection.on('error', ({ code }) => told.push(`error ${code}`));
  const latest = (): CanvasSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket yet');
    return socket;
  };
  const says = (frame: Frame): void => {
    if ('type' in frame) latest().says(frame);
    else latest().saysRaw(frame.slice().buffer);
  };
  const deliverAll = (): void => {
    for (let frame = server.nextFrame(); frame !== undefined; frame = server.nextFrame()) says(frame);
  };
  const load = async (isOld = false): Promise<void> => {
    const request = requests.at(-1);
    const seq = isOld ? (request?.seq ?? 0) : server.seq;
    request?.answer(200, seq, server.pictures[seq] ?? new Uint8Array(0));
    await turn();
  };
  return {
    timers,
    sockets,
    requests,
    server,
    connection,
    told,
    latest,
    made: (): number => made,
    /** What the client painted on the present socket. */
    painted: () => latest().sentOf('pixel:update') as unknown as CanvasPixelUpdate[],
    says,
    /** Brings everything that the server said so far. */
    deliverAll,
    /** Answers the newest request for a bitmap with what the server has, or had when it was asked. */
    load,
  };
}

/** Joins, and loads what the server has. */
export async function createLiveScene(options: SceneOptions = {}): Promise<CanvasScene> {
  const scene = createCanvasScene(options);
  scene.connection.join();
  scene.latest().opens();
  scene.server.welcome(undefined, true);
  scene.deliverAll();
  await scene.load();
  scene.told.length = 0;
  return scene;
}

/** How a painting ended: `painted`, or the code of its error. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'painted',
    (error: CanvasError) => error.code,
  );

/** A binary frame of what was painted. */
export const bulk = (
  seq: number,
  ...pixels: readonly (readonly [index: number, color: number])[]
): Uint8Array => encodeBulkFrame({ seq: seq as Seq, pixels: packPixels(pixels) });

/** The colour that a canvas shows, with what is painted and not confirmed. */
export const shownAt = ({ connection }: CanvasScene, x: number, y: number): number | undefined =>
  connection.pixels[y * WIDTH + x];
