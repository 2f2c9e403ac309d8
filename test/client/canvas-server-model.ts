import type { CanvasRegion } from '../../protocol/canvas-messages.ts';
import {
  compactPixels,
  packPixels,
  pixelColor,
  pixelCount,
  pixelIndex,
} from '../../protocol/canvas-pixels.ts';
import {
  type CanvasPixelUpdate,
  type CanvasServerMessage,
  type CanvasStateMessage,
  encodeBulkFrame,
} from '../../protocol/canvas-socket.ts';
import type { Seq } from '../../protocol/ids.ts';

export const WIDTH = 4;
export const HEIGHT = 3;
const SIZE = WIDTH * HEIGHT;
export const CANVAS_ID = '33333333-3333-4333-8333-333333333333';
export const BITMAP = `/v1/canvases/${CANVAS_ID}/bitmap`;
export const ANN = {
  userId: '44444444-4444-4444-8444-444444444444',
  name: 'Ann',
  role: 'painter' as const,
};

/** 64 colours, so that hardly two paints are alike. */
export const PALETTE = Array.from({ length: 64 }, (_, n) => `#${n.toString(16).padStart(6, '0')}`);

export type Frame = CanvasServerMessage | Uint8Array;
type Lock = CanvasStateMessage['locks'][number];

type Event = { readonly seq: number } & (
  | { readonly kind: 'painted' | 'rewound'; readonly pixels: Uint8Array; readonly id?: string }
  | { readonly kind: 'other'; readonly frame: CanvasServerMessage }
);

/** What a server does with a message, apart from the plain thing. */
export type Mood = 'well' | 'rate_limited' | 'never' | 'overloaded' | 'unread' | 'silent but paints';

/** A server with one canvas and one socket: what it has, and the frames that it would send, as asyncapi.yaml says. */
export class CanvasServerModel {
  readonly #events: Event[] = [];
  readonly #painted = new Map<string, number>();
  readonly locks: Lock[] = [];
  /** The canvas after each event; the first one is the empty canvas. */
  readonly pictures: Uint8Array[] = [new Uint8Array(SIZE)];
  /** What happened since the last tick and is to be told. */
  #untold: Event[] = [];
  #underWay: Frame[] = [];
  #isOpen = false;

  get seq(): number {
    return this.#events.length;
  }

  get pixels(): Uint8Array {
    return this.pictures[this.seq] ?? new Uint8Array(0);
  }

  hasPainted(id: string): boolean {
    return this.#painted.has(id);
  }

  /** Somebody else paints, or a moderator rewinds. */
  paint(
    points: readonly (readonly [index: number, color: number])[],
    kind: 'painted' | 'rewound' = 'painted',
  ) {
    this.#append({ kind, pixels: compactPixels(packPixels(points)) });
  }

  lock(region: CanvasRegion): void {
    const seq = this.seq + 1;
    const lock = { ...region, id: `lock-${seq}`, reason: '', createdBy: 'mo', createdAt: '' };
    this.locks.push(lock);
    this.#append({ kind: 'other', frame: { type: 'moderation:lock', seq, lock } });
  }

  unlock(): void {
    const lock = this.locks.shift();
    if (lock === undefined) return;
    const frame = { type: 'moderation:unlock', seq: this.seq + 1, lockId: lock.id } as const;
    this.#append({ kind: 'other', frame });
  }

  /** Reads a message of the client. */
  read(message: CanvasPixelUpdate, mood: Mood): void {
    const { id } = message;
    const seq = this.#painted.get(id);
    if (mood === 'unread') {
      this.#say({ type: 'error', code: 'rate_limited', message: 'too many messages' });
    } else if (mood === 'rate_limited') {
      this.#say({ type: 'pixel:reject', id, reason: 'rate_limited', retryAfterMs: 700 });
    } else if (mood === 'overloaded') {
      this.#say({ type: 'error', code: 'overloaded', message: 'later', id });
    } else if (seq !== undefined) {
      this.tick();
      this.#say({ type: 'pixel:ack', ids: [id], seq });
    } else if (mood === 'never') {
      this.#say({ type: 'pixel:reject', id, reason: 'rate_limited' });
    } else {
      this.#take(message, mood === 'silent but paints');
    }
  }

  #take({ id, x, y, color, pixels }: CanvasPixelUpdate, isSilent: boolean): void {
    const points = pixels ?? [[x, y, color]];
    const packed = packPixels(
      points.map(([px, py, c]) => [Number(py) * WIDTH + Number(px), Number(c)] as const),
    );
    const offender = points.find(([px, py]) =>
      this.locks.some(
        (lock) =>
          Number(px) >= lock.x &&
          Number(py) >= lock.y &&
          Number(px) < lock.x + lock.width &&
          Number(py) < lock.y + lock.height,
      ),
    );
    if (offender !== undefined) {
      const at = [Number(offender[0]), Number(offender[1])];
      this.#say({ type: 'pixel:reject', id, reason: 'locked', at });
      return;
    }
    this.#painted.set(id, this.seq + 1);
    if (isSilent) {
      this.#append({ kind: 'painted', pixels: compactPixels(packed) });
      this.#say({ type: 'error', code: 'unavailable', message: 'who knows', id });
    } else {
      this.#append({ kind: 'painted', pixels: compactPixels(packed), id });
    }
  }

  /** Answers a heartbeat of the client. */
  beat(ts: number): void {
    this.#say({ type: 'heartbeat', ts, serverTs: 0 });
  }

  /** What was gathered is told: the acks of all of it first, then runs of pixels, and the rest in its place. */
  tick(): void {
    const told = this.#untold;
    this.#untold = [];
    this.#ack(told);
    let run: Event[] = [];
    const endRun = (): void => {
      if (run.length > 0) this.#underWay.push(bulkOf(run));
      run = [];
    };
    for (const event of told) {
      if (event.kind === 'painted') {
        run.push(event);
        continue;
      }
      endRun();
      if (event.kind === 'other') {
        this.#underWay.push(event.frame);
      } else {
        const pixels = pixelCount(event.pixels);
        // So much that the bitmap is smaller.
        if (pixels > 5) this.#say({ type: 'canvas:reload', seq: event.seq, bitmap: BITMAP });
        else this.#underWay.push(bulkOf([event]));
        this.#say({ type: 'moderation:rewind', seq: event.seq, by: 'mo', to: 0, pixels });
      }
    }
    endRun();
  }

  /** The socket is open, and the client has what was up to `lastSeq`. */
  welcome(lastSeq: number | undefined, needsBitmap: boolean): void {
    this.#isOpen = true;
    this.#untold = [];
    this.#underWay = [];
    this.#tellState(lastSeq, needsBitmap);
  }

  /** The reader was behind: what it was not told it gets as one difference, and then its acks. */
  catchUp(): void {
    const [first] = this.#untold;
    if (!this.#isOpen || first === undefined) return;
    const mine = this.#untold;
    this.#untold = [];
    this.#tellState(first.seq - 1, false);
    this.#ack(mine);
  }

  /** What is on the wire is lost. */
  cut(): void {
    this.#isOpen = false;
    this.#untold = [];
    this.#underWay = [];
  }

  nextFrame(): Frame | undefined {
    return this.#underWay.shift();
  }

  state(lastSeq?: number, needsBitmap = lastSeq === undefined): CanvasStateMessage {
    return {
      type: 'canvas:state',
      seq: this.seq,
      width: WIDTH,
      height: HEIGHT,
      palette: PALETTE,
      background: 0,
      locks: [...this.locks],
      online: 1,
      canvas: { id: CANVAS_ID, slug: 'main', name: 'Wall', status: 'active' },
      rateLimits: {
        perUser: { pixelsPerSecond: 20, burst: 200 },
        perAddress: { pixelsPerSecond: 100, burst: 1000 },
        connectionsPerAddress: 50,
      },
      you: ANN,
      ...(needsBitmap ? { bitmap: BITMAP } : {}),
    };
  }

  #ack(told: readonly Event[]): void {
    const mine = told.flatMap((event) => (event.kind === 'painted' && event.id !== undefined ? [event] : []));
    const ids = mine.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const last = mine.at(-1);
    if (last !== undefined) this.#say({ type: 'pixel:ack', ids, seq: last.seq });
  }

  #tellState(lastSeq: number | undefined, needsBitmap: boolean): void {
    const state = this.state(lastSeq, needsBitmap || lastSeq === undefined || lastSeq > this.seq);
    this.#say(state);
    if (state.bitmap !== undefined || lastSeq === undefined) return;
    const painted = this.#events.slice(lastSeq).filter(({ kind }) => kind !== 'other');
    if (painted.length > 0) this.#underWay.push(bulkOf(painted, this.seq));
  }

  #append(event: Event extends infer E ? (E extends Event ? Omit<E, 'seq'> : never) : never): void {
    const next = this.pixels.slice();
    if ('pixels' in event) {
      for (let n = 0; n < pixelCount(event.pixels); n += 1) {
        next[pixelIndex(event.pixels, n)] = pixelColor(event.pixels, n);
      }
    }
    const numbered = { ...event, seq: this.seq + 1 } as Event;
    this.#events.push(numbered);
    this.pictures.push(next);
    if (this.#isOpen) this.#untold.push(numbered);
  }

  #say(message: CanvasServerMessage): void {
    if (this.#isOpen) this.#underWay.push(message);
  }
}

function bulkOf(events: readonly Event[], seq = events.at(-1)?.seq ?? 0): Uint8Array {
  const pixels = compactPixels(
    Buffer.concat(events.map((event) => ('pixels' in event ? event.pixels : new Uint8Array(0)))),
  );
  return encodeBulkFrame({ seq: seq as Seq, pixels });
}
