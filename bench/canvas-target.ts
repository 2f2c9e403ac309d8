import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { CanvasesApi, type NewCanvas } from '../client/canvases-api.ts';
import { SessionsApi } from '../client/sessions-api.ts';
import type { Compared, Join, Painted, ToPainters } from './canvas-orders.ts';
import { SECRETS, type Way } from './canvas-orders.ts';
import {
  beside,
  type MeasuredProcess,
  startMeasuredModule,
  startMeasuredServer,
} from './measured-process.ts';

/** Who is measured: a server in a process of its own. */
export interface CanvasTarget extends MeasuredProcess {
  readonly way: Way;
  /** A new canvas of 900 × 900, unless it is said otherwise. @returns the path of its socket, without a query */
  newCanvas(more?: Partial<NewCanvas>): Promise<string>;
  /** Of a moderator. */
  readonly api: CanvasesApi;
}

export const SIDE = 900;

/** What is measured is the server, not how it refuses. */
export const WIDE: NonNullable<NewCanvas['rateLimits']> = {
  perUser: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  perAddress: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  connectionsPerAddress: 10_000,
};

export async function startCanvasRelay(): Promise<CanvasTarget> {
  const relay = await startMeasuredModule('canvas-relay');
  return { ...relay, way: 'relay', api: new CanvasesApi(relay.url), newCanvas: () => Promise.resolve('/') };
}

/** The product, over sqlite. */
export async function startCanvasServer(env: Readonly<Record<string, string>> = {}): Promise<CanvasTarget> {
  const server = await startMeasuredServer({ ...SECRETS, TRUST_PROXY: '1', ...env });
  const { url } = server;
  const { token } = await new SessionsApi(url).create({ name: 'Mo', moderatorKey: SECRETS.MODERATOR_KEY });
  const api = new CanvasesApi(url, { token });
  return {
    ...server,
    way: 'troupe',
    api,
    async newCanvas(more = {}) {
      const canvas = { name: 'bench', width: SIDE, height: SIDE, rateLimits: WIDE, ...more };
      return `/v1/ws/canvases/${(await api.create(canvas)).id}`;
    },
  };
}

export const canvasIdOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Another process of this benchmark, which answers one order after the other. */
export class Helper<Order extends object> {
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;

  constructor(module: string) {
    this.#child = fork(beside(module));
    this.#ended = once(this.#child, 'exit').then(() => {
      throw new Error(`${module} has ended`);
    });
    // Who waits for an answer is told.
    this.#ended.catch(() => undefined);
  }

  async ask<Answer>(order: Order): Promise<Answer> {
    this.#child.send(order);
    const answered = new Promise<Answer>((resolve) =>
      this.#child.once('message', resolve as (answer: unknown) => void),
    );
    return Promise.race([answered, this.#ended]);
  }

  async end(): Promise<void> {
    this.#child.kill();
    await this.#ended.catch(() => undefined);
  }
}

/** Sockets at one canvas of a target, all of which paint. */
export class Painters {
  readonly #helper = new Helper<ToPainters>('canvas-painters');
  readonly #target: CanvasTarget;
  #path = '';
  #sockets = 0;

  constructor(target: CanvasTarget) {
    this.#target = target;
  }

  async join(path: string, sockets: number): Promise<void> {
    const { way, url } = this.#target;
    const order: Join = { do: 'join', way, url, path, sockets, width: SIDE, height: SIDE };
    this.#path = path;
    this.#sockets = sockets;
    await this.#helper.ask(order);
  }

  paint(perSecond: number, warmUpMs: number, measuredMs: number): Promise<Painted> {
    return this.#helper.ask({ do: 'paint', perSecond, warmUpMs, measuredMs, pid: this.#target.pid });
  }

  /**
   * Everything that was painted was acknowledged and is there, and everybody has the picture of the server.
   * @throws Error where it is not so
   */
  async prove(): Promise<void> {
    const { pictures, painted, unanswered, complaints } = await this.#helper.ask<Compared>({ do: 'compare' });
    const { bytes } = await this.#target.api.bitmap(canvasIdOf(this.#path));
    const missing = painted.filter(([index, color]) => bytes[index] !== color).length;
    const equal = pictures[createHash('sha256').update(bytes).digest('hex')] ?? 0;
    const found = { unanswered, complaints, missing, different: this.#sockets - equal };
    const isSound = unanswered + missing === 0 && equal === this.#sockets && painted.length > 0;
    if (!isSound || Object.keys(complaints).length > 0)
      throw new Error(`not as promised: ${JSON.stringify(found)}`);
  }

  async leave(): Promise<void> {
    await this.#helper.ask({ do: 'leave' });
    await this.#helper.end();
  }
}
