import { expect } from 'chai';
import fc from 'fast-check';
import type { CanvasEvent } from '../../../documents/canvas/canvas-events.ts';
import { canvasKind } from '../../../documents/canvas/canvas-kind.ts';
import { CanvasState, isInside } from '../../../documents/canvas/canvas-state.ts';
import { RewindPlan, type RewindScope } from '../../../documents/canvas/rewind-plan.ts';
import type { CanvasCommand, CanvasRegion } from '../../../protocol/canvas-messages.ts';
import { packPixels } from '../../../protocol/canvas-pixels.ts';
import type { UserId } from '../../../protocol/ids.ts';
import { countingIds } from '../../contracts/document-kind-replay.ts';
import { createCanvas, observeCanvas } from '../../helpers/canvas-steps.ts';

type Painted = [pixels: [index: number, color: number][], by: string];

const WIDTH = 7;
const HEIGHT = 5;

/** Without interruption. */
function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** A canvas with a model beside it that keeps every state and who painted what, the slow and plain way. */
class Modelled {
  readonly state = new CanvasState('5b0c8f6e-1d55-4d0a-9a64-0c3f2f1d7a10');
  readonly log: { event: CanvasEvent; by: string }[] = [];
  /** The colours after event 1, 2, ... */
  readonly pictures: number[][] = [];
  /** Of each pixel, everything that was ever painted on it. */
  readonly histories: { seq: number; by: string; color: number }[][] = Array.from(
    { length: WIDTH * HEIGHT },
    () => [],
  );
  readonly #newId = countingIds();

  constructor() {
    this.do(createCanvas(WIDTH, HEIGHT), 'mo');
  }

  get seq(): number {
    return this.log.length;
  }

  get picture(): number[] {
    return [...this.state.planes.colors];
  }

  do(command: CanvasCommand, by: string): void {
    const instant = { at: this.seq, by: by as UserId, seq: this.seq + 1 };
    const executed = canvasKind.execute(this.state, command, instant, this.#newId);
    if (executed.event === undefined) return;
    const before = this.pictures.at(-1);
    this.log.push({ event: executed.event, by });
    this.pictures.push(this.picture);
    this.picture.forEach((color, index) => {
      const touched = this.state.planes.seqs[index] === this.seq;
      if (before !== undefined && touched) this.histories[index]?.push({ seq: this.seq, by, color });
    });
  }

  paint(pixels: readonly [number, number][], by: string): void {
    this.do({ type: 'canvas.paint', name: by, pixels: packPixels(pixels) }, by);
  }

  rewind(to: number, scope: Omit<RewindScope, 'width'>, meanwhile: readonly Painted[] = []): void {
    const plan = new RewindPlan(Uint8Array.from(this.pictures[to - 1] ?? []), { ...scope, width: WIDTH });
    for (const { event, by } of this.log.slice(to)) finish(plan.add(event, by));
    const seenUpTo = this.seq;
    const pixels = finish(plan.pixels());
    // What is painted while the plan is on its way is left alone.
    for (const [painted, by] of meanwhile) this.paint(painted, by);
    this.do({ type: 'canvas.rewind', name: 'mo', to, seenUpTo, pixels, ...scope }, 'mo');
  }

  /** What the stored log makes of a new canvas. */
  replayed(): unknown {
    const state = new CanvasState(this.state.id);
    this.log.forEach(({ event, by }, index) => {
      const stored = canvasKind.decode(canvasKind.encode(event), canvasKind.eventVersion);
      canvasKind.replay(state, stored, { at: index, by: by as UserId, seq: index + 1 });
    });
    return observeCanvas(state);
  }

  /** The picture that a rewind must give, worked out from the histories. */
  expected(to: number, { region, userId }: Omit<RewindScope, 'width'>): number[] {
    const past = this.pictures[to - 1] ?? [];
    return this.picture.map((color, index) => {
      const inScope = region === undefined || isInside(region, index % WIDTH, Math.floor(index / WIDTH));
      if (!inScope) return color;
      if (userId === undefined) return past[index] ?? -1;
      const since = (this.histories[index] ?? []).filter(({ seq }) => seq > to);
      if (since.at(-1)?.by !== userId) return color;
      const others = since.filter(({ by }) => by !== userId);
      return others.at(-1)?.color ?? past[index] ?? -1;
    });
  }
}

const region: fc.Arbitrary<CanvasRegion> = fc
  .tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), fc.nat(WIDTH), fc.nat(HEIGHT))
  .map(([x, y, width, height]) => ({
    x,
    y,
    width: Math.max(1, Math.min(width, WIDTH - x)),
    height: Math.max(1, Math.min(height, HEIGHT - y)),
  }));
const user = fc.constantFrom('ann', 'bob', 'cy');
const scope = fc.record({ region, userId: user }, { requiredKeys: [] });
const painting: fc.Arbitrary<Painted> = fc.tuple(
  fc.array(fc.tuple(fc.nat(WIDTH * HEIGHT - 1), fc.nat(7)), { minLength: 1, maxLength: 10, size: 'max' }),
  user,
);
const step = fc.oneof(
  { weight: 8, arbitrary: painting },
  { weight: 1, arbitrary: fc.record({ back: fc.nat(20), scope }) },
);

describe('a rewind', () => {
  it('gives the picture that the history of every pixel says, by region and by user', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), (steps) => {
        const canvas = new Modelled();
        for (const each of steps) {
          if (Array.isArray(each)) {
            canvas.paint(...each);
            continue;
          }
          const to = Math.max(1, canvas.seq - each.back);
          const expected = canvas.expected(to, each.scope);
          canvas.rewind(to, each.scope);
          expect(canvas.picture).to.deep.equal(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leaves alone what is painted while it is worked out, and the log gives the same canvas again', () => {
    fc.assert(
      fc.property(
        fc.array(painting, { minLength: 1, maxLength: 20, size: 'max' }),
        fc.array(painting, { maxLength: 5 }),
        fc.nat(20),
        scope,
        (all, meanwhile, back, part) => {
          const canvas = new Modelled();
          for (const [pixels, by] of all) canvas.paint(pixels, by);
          const to = Math.max(1, canvas.seq - back);
          const expected = canvas.expected(to, part);
          for (const [pixels] of meanwhile) for (const [index, color] of pixels) expected[index] = color;
          canvas.rewind(to, part, meanwhile);
          expect(canvas.picture).to.deep.equal(expected);
          expect(canvas.replayed()).to.deep.equal(observeCanvas(canvas.state));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('can be rewound itself, which gives the picture back', () => {
    fc.assert(
      fc.property(
        fc.array(painting, { minLength: 1, maxLength: 30, size: 'max' }),
        fc.nat(30),
        scope,
        (all, back, part) => {
          const canvas = new Modelled();
          for (const [pixels, by] of all) canvas.paint(pixels, by);
          const before = canvas.picture;
          const seq = canvas.seq;
          canvas.rewind(Math.max(1, seq - back), part);
          canvas.rewind(seq, {});
          expect(canvas.picture).to.deep.equal(before);
        },
      ),
      { numRuns: 200 },
    );
  });
});
