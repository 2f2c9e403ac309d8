import { expect } from 'chai';
import fc from 'fast-check';
import { type CanvasScene, createLiveScene } from './canvas-scene.ts';
import { HEIGHT, type Mood, WIDTH } from './canvas-server-model.ts';

const SIZE = WIDTH * HEIGHT;

/** An operation of the client, as the test sees it. */
interface Own {
  readonly pixels: Map<number, number>;
  /** Sent on the present socket, and not answered. */
  isUnderWay: boolean;
  isRejected: boolean;
  ackedAs: number | undefined;
}

/** What a user should see, worked out from what was told and painted. */
class Expected {
  readonly scene: CanvasScene;
  readonly #own = new Map<string, Own>();

  constructor(scene: CanvasScene) {
    this.scene = scene;
    scene.connection.on('reject', ({ id }) => {
      const own = this.#own.get(id);
      if (own !== undefined) Object.assign(own, { isRejected: true, isUnderWay: false });
    });
    scene.connection.on('ack', ({ ids, seq }) => {
      for (const id of ids) {
        const own = this.#own.get(id);
        if (own !== undefined) Object.assign(own, { ackedAs: seq, isUnderWay: false });
      }
    });
  }

  paint(points: readonly (readonly [x: number, y: number, color: number])[]): void {
    const id = `op${this.scene.made() + 1}`;
    const pixels = new Map(points.map(([x, y, color]) => [y * WIDTH + x, color]));
    this.#own.set(id, { pixels, isUnderWay: false, isRejected: false, ackedAs: undefined });
    void this.scene.connection.paintMany(points);
  }

  sent(id: string): void {
    const own = this.#own.get(id);
    if (own !== undefined) own.isUnderWay = true;
  }

  /** The socket is gone. */
  lost(): void {
    for (const own of this.#own.values()) own.isUnderWay = false;
  }

  /** Nobody knows what of what is under way was read. */
  unread(): void {
    for (const [id, { isUnderWay }] of this.#own) if (isUnderWay) this.raise(id);
  }

  /** What was told of each operation is so. */
  checkAnswers(): void {
    for (const [id, { isRejected, ackedAs }] of this.#own) {
      expect(this.scene.server.hasPainted(id), `${id} is painted`).to.equal(ackedAs !== undefined);
      expect(isRejected, `${id} is rejected`).to.equal(ackedAs === undefined);
    }
  }

  /** The newest own colour of each pixel that this user painted. */
  newest(): Map<number, number> {
    return new Map(Array.from(this.#own.values(), ({ pixels }) => [...pixels]).flat());
  }

  /** What is sent again later takes over what was painted above it meanwhile. */
  raise(id: string): void {
    const own = this.#own.get(id);
    if (own === undefined || !this.#isShown(own)) return;
    own.isUnderWay = false;
    for (const index of own.pixels.keys()) own.pixels.set(index, this.#above(index) ?? 0);
  }

  check(): void {
    const { connection, server } = this.scene;
    if (connection.lastSeq === 0 && connection.status.name !== 'live') return;
    const base = server.pictures[connection.lastSeq] ?? new Uint8Array(0);
    expect([...connection.confirmedPixels], 'the base').to.deep.equal([...base]);
    const shown = Array.from(base, (color, index) => this.#above(index) ?? color);
    expect([...connection.pixels], 'what is shown').to.deep.equal(shown);
  }

  /** The colour of the newest own operation at a pixel that the base does not have yet. */
  #above(index: number): number | undefined {
    let color: number | undefined;
    for (const own of this.#own.values()) if (this.#isShown(own)) color = own.pixels.get(index) ?? color;
    return color;
  }

  #isShown({ isRejected, ackedAs }: Own): boolean {
    return !isRejected && (ackedAs === undefined || ackedAs > this.scene.connection.lastSeq);
  }
}

/** The wire between a client and the model of a server. */
class Wire {
  readonly scene: CanvasScene;
  readonly expected: Expected;
  #socket;
  #read = 0;
  #seen = 0;
  #beats = 0;
  #isOpen = true;

  constructor(scene: CanvasScene) {
    this.scene = scene;
    this.expected = new Expected(scene);
    this.#socket = scene.latest();
  }

  read(mood: Mood): void {
    const beat = this.scene.latest().sentOf('heartbeat')[this.#beats];
    if (beat !== undefined && this.#isOpen) {
      this.#beats += 1;
      this.scene.server.beat(Number(beat['ts']));
    }
    const message = this.scene.painted()[this.#read];
    if (message === undefined || !this.#isOpen) return;
    this.#read += 1;
    this.scene.server.read(message, mood);
  }

  deliver(): void {
    const frame = this.#isOpen ? this.scene.server.nextFrame() : undefined;
    if (frame === undefined) return;
    const { told } = this.scene;
    const before = told.length;
    this.scene.says(frame);
    const id = 'type' in frame && 'id' in frame ? frame.id : undefined;
    const wasRejected = told.slice(before).some((line) => line.startsWith('reject'));
    if (id !== undefined && !wasRejected) this.expected.raise(id);
    if ('type' in frame && frame.type === 'error' && id === undefined) {
      this.expected.unread();
      expect(this.#socket.closed, 'the client gave the socket up').to.not.equal(undefined);
      this.cut();
      return;
    }
    this.look();
  }

  /** Sees what the client has sent since. */
  look(): void {
    if (!this.#isOpen) return;
    const painted = this.scene.painted();
    for (; this.#seen < painted.length; this.#seen += 1) this.expected.sent(painted[this.#seen]?.id ?? '');
  }

  cut(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.scene.server.cut();
    this.expected.lost();
    this.#socket.ends(1006);
  }

  reconnect(needsBitmap: boolean): void {
    this.scene.timers.pass(2_000);
    const socket = this.scene.latest();
    if (socket === this.#socket) return;
    this.#socket = socket;
    this.#isOpen = true;
    this.#read = 0;
    this.#seen = 0;
    this.#beats = 0;
    const lastSeq = socket.url.searchParams.get('lastSeq');
    this.scene.server.welcome(lastSeq === null ? undefined : Number(lastSeq), needsBitmap);
  }

  async drain(): Promise<void> {
    const { connection, server } = this.scene;
    for (let round = 0; round < 60; round += 1) {
      this.reconnect(false);
      for (let count = 0; count < 20; count += 1) this.read('well');
      server.tick();
      for (let count = 0; count < 60; count += 1) this.deliver();
      await this.scene.load();
      this.expected.check();
      if (connection.synced && connection.saved) return;
    }
  }
}

const index = fc.nat(SIZE - 1);
const color = fc.integer({ min: 1, max: 63 });
const point = fc.tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), color);
const region = fc.record({
  x: fc.nat(WIDTH - 1),
  y: fc.nat(HEIGHT - 1),
  width: fc.integer({ min: 1, max: 2 }),
  height: fc.integer({ min: 1, max: 2 }),
});
const mood = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Mood>('well') },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Mood>('rate_limited', 'never', 'overloaded', 'unread', 'silent but paints'),
  },
);

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(point, { minLength: 1, maxLength: 3 })
      .map((points) => ({ do: 'paint', points }) as const),
  },
  { weight: 8, arbitrary: mood.map((how) => ({ do: 'read', how }) as const) },
  { weight: 12, arbitrary: fc.constant({ do: 'deliver' } as const) },
  { weight: 5, arbitrary: fc.constant({ do: 'tick' } as const) },
  {
    weight: 5,
    arbitrary: fc
      .array(fc.tuple(index, color), { minLength: 1, maxLength: 4 })
      .map((points) => ({ do: 'foreign', points }) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(index, color), { minLength: 1, maxLength: 12 })
      .map((points) => ({ do: 'rewind', points }) as const),
  },
  { weight: 1, arbitrary: region.map((where) => ({ do: 'lock', where }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'unlock' } as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'cut' } as const) },
  { weight: 3, arbitrary: fc.boolean().map((needsBitmap) => ({ do: 'reconnect', needsBitmap }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'catch up' } as const) },
  { weight: 3, arbitrary: fc.boolean().map((isOld) => ({ do: 'load', isOld }) as const) },
  { weight: 2, arbitrary: fc.integer({ min: 100, max: 1_500 }).map((ms) => ({ do: 'wait', ms }) as const) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(wire: Wire, one: Step): Promise<void> {
  const { server, timers } = wire.scene;
  switch (one.do) {
    case 'paint':
      wire.expected.paint(one.points);
      return;
    case 'read':
      wire.read(one.how);
      return;
    case 'deliver':
      wire.deliver();
      return;
    case 'tick':
      server.tick();
      return;
    case 'foreign':
      server.paint(one.points);
      return;
    case 'rewind':
      server.paint(one.points, 'rewound');
      return;
    case 'lock':
      server.lock(one.where);
      return;
    case 'unlock':
      server.unlock();
      return;
    case 'cut':
      wire.cut();
      return;
    case 'reconnect':
      wire.reconnect(one.needsBitmap);
      return;
    case 'catch up':
      server.catchUp();
      return;
    case 'load':
      await wire.scene.load(one.isOld);
      return;
    case 'wait':
      timers.pass(one.ms);
  }
}

/** Whether something may be refused, or taken later than what was painted after it. */
const isNotPlain = (one: Step): boolean => one.do === 'lock' || (one.do === 'read' && one.how !== 'well');

/** The pixels that somebody else painted. */
const pointsOf = (one: Extract<Step, { points: unknown }>): number[] =>
  one.do === 'paint' ? [] : one.points.map(([at]) => at);

describe('a client of a canvas behind a wire that breaks', () => {
  for (const retryRateLimited of [false, true]) {
    const how = retryRateLimited ? 'sends again what came too fast' : 'takes back what came too fast';
    it(`${how}, never shows an old colour in between, and ends with the picture of the server`, async function () {
      this.timeout(120_000);
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 80, size: 'max' }),
          fc.integer({ min: 1, max: 4 }),
          async (steps, window) => {
            // Nobody is suspected to be gone: what is cut is cut by the test.
            const options = { window, retryRateLimited, connectTimeoutMs: 1e9, pingMs: 1e9 };
            const scene = await createLiveScene({ ...options, backoff: { maxMs: 1_000 } });
            const wire = new Wire(scene);
            for (const one of steps) {
              await take(wire, one);
              wire.look();
              wire.expected.check();
            }
            await wire.drain();
            const { connection, server } = scene;
            expect([connection.synced, connection.saved]).to.deep.equal([true, true]);
            expect([...connection.pixels]).to.deep.equal([...server.pixels]);
            expect([connection.overlaySize, connection.pendingPixels]).to.deep.equal([0, 0]);
            wire.expected.checkAnswers();
            if (!steps.some(isNotPlain)) {
              const foreign = new Set(steps.flatMap((one) => ('points' in one ? pointsOf(one) : [])));
              for (const [at, own] of wire.expected.newest()) {
                if (!foreign.has(at)) expect(server.pixels[at], 'painted last').to.equal(own);
              }
            }
            connection.leave();
          },
        ),
        { numRuns: 100 },
      );
    });
  }
});
