import { pino } from 'pino';
import type { Caller } from '../../actors/caller.ts';
import type { Subscriber } from '../../actors/door.ts';
import type { Executed } from '../../actors/messages.ts';
import type { Session } from '../../http/sessions/session.ts';
import { CANVAS_LIMITS, type CanvasLimits } from '../../http/sockets/canvas-limits.ts';
import { CanvasPlace } from '../../http/sockets/canvas-place.ts';
import { createCanvasParser } from '../../http/sockets/canvas-route.ts';
import { CanvasSession } from '../../http/sockets/canvas-session.ts';
import type { CanvasDocumentPort } from '../../http/sockets/canvas-stay.ts';
import { IdleWatch } from '../../http/sockets/idle-watch.ts';
import { PaintRates } from '../../http/sockets/paint-rates.ts';
import type { CanvasCommand, CanvasInfo, CanvasOpening } from '../../protocol/canvas-messages.ts';
import type { CanvasEncoding } from '../../protocol/canvas-socket.ts';
import type { ConnectionId, DocumentId, OperationId, Seq, UserId } from '../../protocol/ids.ts';
import type { Problem } from '../../protocol/problem.ts';
import { someCanvas } from './canvas-facts.ts';
import { type CanvasFrame, canvasFramesOf } from './canvas-messages.ts';
import { FakeClock } from './fake-clock.ts';
import { DOCUMENT_ID, OTHER_ID } from './harness.ts';

export const ANN: Session = {
  userId: '22222222-2222-4222-8222-222222222222' as UserId,
  name: 'Ann',
  role: 'painter',
  expiresAt: Date.now() + 3_600_000,
};

type PaintCommand = Extract<CanvasCommand, { type: 'canvas.paint' }>;

interface Asked {
  readonly command: PaintCommand;
  readonly caller: Caller;
  resolve(executed: Executed): void;
  reject(error: unknown): void;
}

/** A canvas without actor and store: it answers a painting when a test says so, in the ways in which the runtime does. */
export class FakeCanvas implements CanvasDocumentPort {
  readonly id = DOCUMENT_ID as DocumentId;
  /** Paintings that were not answered yet. */
  readonly asked: Asked[] = [];
  /** `afterSeq` of each join. */
  readonly joins: (Seq | undefined)[] = [];
  /** Paintings that it has, since before. */
  readonly done = new Set<OperationId>();
  subscriber: Subscriber | undefined;
  seq = 0;

  execute(command: CanvasCommand, caller: Caller): Promise<Executed> {
    if (command.type !== 'canvas.paint') throw new Error(`a canvas socket asked for ${command.type}`);
    return new Promise((resolve, reject) => this.asked.push({ command, caller, resolve, reject }));
  }

  async hasDone(operationId: OperationId): Promise<boolean> {
    return this.done.has(operationId);
  }

  join(subscriber: Subscriber, afterSeq?: Seq): void {
    this.subscriber = subscriber;
    this.joins.push(afterSeq);
  }

  leave(): void {
    this.subscriber = undefined;
  }

  welcome(opening: Partial<CanvasOpening> = {}): void {
    const { subscriber } = this;
    if (subscriber === undefined) throw new Error('nobody has joined');
    const after = this.joins.at(-1);
    const frames = subscriber.door.encode({
      type: 'welcome',
      documentId: this.id,
      connectionId: subscriber.connectionId,
      seq: this.seq,
      ...(after === undefined ? {} : { after }),
      snapshotSeq: 0,
      presence: [],
      opening: { canvas: someCanvas, locks: [], changed: null, ...opening },
    });
    if (frames !== undefined) subscriber.deliver(frames, false);
  }

  /** The oldest painting is durable. */
  async commit(): Promise<void> {
    const { command, caller, resolve } = this.#oldest();
    this.seq += 1;
    const seq = this.seq;
    resolve({ seq, answer: { pixels: command.pixels.length / 4 } });
    await turn();
    const { subscriber } = this;
    if (subscriber === undefined) return;
    const origin = { connectionId: subscriber.connectionId, operationId: caller.operationId };
    const notice = {
      type: 'fact',
      seq,
      fact: { type: 'painted', pixels: command.pixels },
      origin,
    } as const;
    const { door } = subscriber;
    const frame = door.encode(notice);
    const ack = door.encodeAcks?.([notice]);
    subscriber.deliver(Buffer.concat([ack ?? new Uint8Array(0), frame ?? new Uint8Array(0)]), false);
  }

  /** The oldest painting was done before. */
  async repeat(seq: Seq): Promise<void> {
    const { caller, resolve } = this.#oldest();
    resolve({ seq, answer: { pixels: 1 } });
    await turn();
    const { subscriber } = this;
    if (subscriber === undefined) return;
    const origin = { connectionId: subscriber.connectionId, operationId: caller.operationId };
    const ack = subscriber.door.encodeRepeat?.({ type: 'repeat', seq, origin });
    if (ack !== undefined) subscriber.deliver(ack, false);
  }

  /** The oldest painting fails. */
  async fail(error: unknown): Promise<void> {
    this.#oldest().reject(error);
    await turn();
  }

  refuse(problem: Problem): Promise<void> {
    return this.fail(problem);
  }

  #oldest(): Asked {
    const asked = this.asked.shift();
    if (asked === undefined) throw new Error('nothing was asked');
    return asked;
  }
}

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One for all: it reads the contract. */
const parser = createCanvasParser();

export interface FakeSessionOptions {
  readonly session?: Session | undefined;
  readonly canvas?: Partial<CanvasInfo>;
  readonly limits?: Partial<CanvasLimits>;
  readonly encoding?: CanvasEncoding;
  readonly lastSeq?: Seq;
  readonly rates?: PaintRates;
  /** The last event of the canvas. Default: 0. */
  readonly seq?: Seq;
}

/** A session between a connection that only writes down what it is told and a fake canvas. */
export function startCanvasSession(options: FakeSessionOptions = {}) {
  const { canvas, encoding = 'binary', lastSeq, rates = new PaintRates() } = options;
  const session = 'session' in options ? options.session : ANN;
  const limits = { ...CANVAS_LIMITS, ...options.limits };
  const [said, closed, rejected]: [CanvasFrame[], { code: number; reason: string }[], string[]] = [
    [],
    [],
    [],
  ];
  const refused: { reason: string; pixels: number }[] = [];
  const logged: { level: number; msg: string; [key: string]: unknown }[] = [];
  const clock = new FakeClock();
  const document = new FakeCanvas();
  const counts = { painted: 0, ended: 0 };
  const online: number[] = [];
  const place = new CanvasPlace({
    clock,
    canvas: { ...someCanvas, ...canvas },
    batchMs: limits.batchMs,
    tell: (fact) => online.push(fact.online),
  });
  const reader = { waiting: 0, taken: 0, catchUps: [] as boolean[], whenTaken: [] as (() => void)[] };
  const canvasSession = new CanvasSession({
    connection: {
      deliver: (frames, _droppable, isCatchUp = false) => {
        if (closed.length > 0 || frames.length === 0) return;
        reader.catchUps.push(isCatchUp);
        said.push(...canvasFramesOf(frames));
      },
      close: (code, reason) => void closed.push({ code, reason }),
      get waiting() {
        return reader.waiting;
      },
      get taken() {
        return reader.taken;
      },
      whenTaken: (then) => void reader.whenTaken.push(then),
    },
    document,
    place,
    door: place.doors[encoding],
    parser,
    limits,
    rates,
    watches: {
      silence: new IdleWatch(clock, limits.silentMs),
      expiry: new IdleWatch(clock, 0),
      stall: new IdleWatch(clock, limits.stalledMs),
    },
    clock,
    logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    onRejected: (code) => rejected.push(code),
    onPainted: (pixels) => {
      counts.painted += pixels;
    },
    onRefused: (reason, pixels) => refused.push({ reason, pixels }),
    onOpened: () => undefined,
    onEnded: () => {
      counts.ended += 1;
    },
    connectionId: OTHER_ID as ConnectionId,
    address: '192.0.2.1',
    ...(session === undefined ? {} : { session }),
    ...(lastSeq === undefined ? {} : { lastSeq }),
  });
  return {
    session: canvasSession,
    document,
    place,
    reader,
    said,
    closed,
    rejected,
    refused,
    logged,
    clock,
    counts,
    online,
    /** A text frame of the client. */
    say: (message: object) => canvasSession.text(JSON.stringify(message)),
    paint: (id: string, more: object = { x: 1, y: 1, color: 1 }) =>
      canvasSession.text(JSON.stringify({ type: 'pixel:update', id, ...more })),
  };
}

/** The same, welcomed. */
export async function openCanvasSession(options?: FakeSessionOptions) {
  const started = startCanvasSession(options);
  started.document.seq = options?.seq ?? 0;
  started.session.opened();
  started.document.welcome({ canvas: started.place.canvas });
  await turn();
  started.said.length = 0;
  return started;
}
