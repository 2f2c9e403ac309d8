import { expect } from 'chai';
import fc from 'fast-check';
import { canvasKind } from '../../../documents/canvas/canvas-kind.ts';
import { CanvasState } from '../../../documents/canvas/canvas-state.ts';
import type {
  AuditEntry,
  CanvasAnswer,
  CanvasBitmap,
  CanvasCommand,
  CanvasFact,
  CanvasInfo,
  CanvasLock,
  CanvasOpening,
  CanvasQuery,
  PixelInfo,
} from '../../../protocol/canvas-messages.ts';
import { packPixels } from '../../../protocol/canvas-pixels.ts';
import type { UserId } from '../../../protocol/ids.ts';
import { Problem } from '../../../protocol/problem.ts';
import { countingIds } from '../../contracts/document-kind-replay.ts';
import { createCanvas, RATE_LIMITS } from '../../helpers/canvas-steps.ts';

const ID = '5b0c8f6e-1d55-4d0a-9a64-0c3f2f1d7a10';

/** A canvas that lives: 7 × 5 pixels of 8 colours, background 2. */
class Wall {
  readonly state = new CanvasState(ID);
  readonly facts: CanvasFact[] = [];
  readonly #newId = countingIds();
  #seq = 0;

  constructor() {
    this.do(createCanvas(), 'mo');
  }

  do(command: CanvasCommand, by = 'ann'): CanvasAnswer {
    const instant = { at: 1_700_000_000_000 + this.#seq * 1_000, by: by as UserId, seq: this.#seq + 1 };
    const executed = canvasKind.execute(this.state, command, instant, this.#newId);
    if (executed.event !== undefined) {
      this.#seq += 1;
      this.facts.push(executed.fact);
    }
    return executed.answer;
  }

  paint(pixels: readonly [number, number][], by = 'ann'): void {
    this.do({ type: 'canvas.paint', pixels: packPixels(pixels), name: by.toUpperCase() }, by);
  }

  refuses(command: CanvasCommand): Problem {
    try {
      this.do(command);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    throw new Error('it was not refused');
  }

  ask<T>(query: CanvasQuery): T {
    return canvasKind.query(this.state, query) as T;
  }

  get colors(): number[] {
    return [...this.ask<CanvasBitmap>({ type: 'canvas.bitmap' }).bytes];
  }
}

describe('painting', () => {
  it('colours pixels and remembers who did it and when', () => {
    const wall = new Wall();
    wall.paint([
      [8, 5],
      [34, 0],
    ]);
    expect(wall.ask<PixelInfo>({ type: 'canvas.pixel', x: 1, y: 1 })).to.deep.equal({
      color: 5,
      userId: 'ann',
      name: 'ANN',
      paintedAt: '2023-11-14T22:13:21.000Z',
      seq: 2,
    });
    expect(wall.ask<PixelInfo>({ type: 'canvas.pixel', x: 0, y: 0 })).to.include({ color: 2, userId: null });
  });

  it('counts the later one of two colours for a pixel, and tells each pixel once', () => {
    const wall = new Wall();
    wall.paint([
      [9, 1],
      [3, 4],
      [9, 6],
    ]);
    expect(wall.facts.at(-1)).to.deep.equal({
      type: 'painted',
      pixels: packPixels([
        [3, 4],
        [9, 6],
      ]),
    });
  });

  it('is refused whole where one pixel offends, which is named', () => {
    const wall = new Wall();
    const lock = wall.do(
      { type: 'canvas.lock', name: 'Mo', region: { x: 3, y: 2, width: 2, height: 2 } },
      'mo',
    );
    const before = wall.colors;
    const paint = (index: number, color: number): CanvasCommand => ({
      type: 'canvas.paint',
      name: 'Ann',
      pixels: packPixels([
        [0, 1],
        [index, color],
      ]),
    });
    const cases = [
      [35, 1, 'out_of_bounds', { x: 0, y: 5 }],
      [1, 8, 'bad_color', { x: 1, y: 0 }],
      [25, 1, 'locked', { x: 4, y: 3 }],
    ] as const;
    for (const [index, color, code, extra] of cases) {
      const problem = wall.refuses(paint(index, color));
      expect({ code: problem.code, extra: problem.extra }).to.deep.equal({ code, extra });
    }
    expect(wall.colors).to.deep.equal(before);
    wall.do({ type: 'canvas.unlock', name: 'Mo', id: (lock as CanvasLock).id }, 'mo');
    wall.paint([[25, 1]]);
    expect(wall.colors[25]).to.equal(1);
  });

  it('is over on an archived canvas', () => {
    const wall = new Wall();
    wall.do({ type: 'canvas.update', name: 'Mo', archived: true }, 'mo');
    const problem = wall.refuses({ type: 'canvas.paint', name: 'Ann', pixels: packPixels([[0, 1]]) });
    expect(problem.code).to.equal('read_only');
  });
});

describe('one who comes to a canvas', () => {
  it('gets every pixel that changed after what it saw, once', () => {
    const wall = new Wall();
    wall.paint([[1, 1]]);
    wall.paint([
      [1, 3],
      [5, 4],
    ]);
    wall.paint([[5, 6]], 'bob');
    const { changed } = wall.ask<CanvasOpening>({ type: 'canvas.opening', after: 2 });
    expect(changed).to.deep.equal(
      packPixels([
        [1, 3],
        [5, 6],
      ]),
    );
    expect(wall.ask<CanvasOpening>({ type: 'canvas.opening', after: 4 }).changed).to.have.length(0);
  });

  it('gets just that on a canvas of any size, whatever it saw, also through a snapshot', () => {
    const paintings = fc.array(fc.array(fc.tuple(fc.nat(459), fc.nat(7)), { minLength: 1, maxLength: 9 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(paintings, (all) => {
        const state = new CanvasState(ID);
        const run = (command: CanvasCommand, seq: number): void => {
          canvasKind.execute(state, command, { at: seq, by: 'ann' as UserId, seq }, countingIds());
        };
        run(createCanvas(23, 20), 1);
        const last = new Map<number, [color: number, seq: number]>();
        for (const [n, pixels] of all.entries()) {
          run({ type: 'canvas.paint', name: 'Ann', pixels: packPixels(pixels) }, n + 2);
          for (const [index, color] of pixels) last.set(index, [color, n + 2]);
        }
        const restored = canvasKind.restore(ID, canvasKind.snapshot(state));
        for (let after = 1; after <= all.length + 1; after += 1) {
          const expected = [...last]
            .filter(([, [, seq]]) => seq > after)
            .sort(([one], [other]) => one - other)
            .map(([index, [color]]): [number, number] => [index, color]);
          for (const one of [state, restored]) {
            const { changed } = canvasKind.query(one, { type: 'canvas.opening', after }) as CanvasOpening;
            expect(changed && Buffer.from(changed).toString('hex')).to.equal(
              Buffer.from(packPixels(expected)).toString('hex'),
            );
          }
        }
      }),
    );
  });

  it('is sent to the bitmap where that is shorter', () => {
    const wall = new Wall();
    wall.paint(Array.from({ length: 9 }, (_, index) => [index, 1]));
    expect(wall.ask<CanvasOpening>({ type: 'canvas.opening', after: 1 }).changed).to.equal(null);
    expect(wall.ask<CanvasOpening>({ type: 'canvas.opening' }).changed).to.equal(null);
  });

  it('has a bitmap that later painting does not touch', () => {
    const wall = new Wall();
    const { bytes, seq } = wall.ask<CanvasBitmap>({ type: 'canvas.bitmap' });
    wall.paint([[0, 7]]);
    expect(bytes[0]).to.equal(2);
    expect(seq).to.equal(1);
  });
});

describe('moderating', () => {
  it('puts back what nobody painted over meanwhile, and says how much', () => {
    const wall = new Wall();
    wall.paint([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    wall.paint([[1, 5]], 'bob');
    const back = packPixels([
      [0, 2],
      [1, 2],
      [2, 1],
    ]);
    const report = wall.do({ type: 'canvas.rewind', name: 'Mo', to: 1, seenUpTo: 2, pixels: back }, 'mo');
    expect(report).to.deep.equal({ pixels: 1 });
    expect(wall.colors.slice(0, 3)).to.deep.equal([2, 5, 1]);
    expect(wall.ask<PixelInfo>({ type: 'canvas.pixel', x: 0, y: 0 })).to.include({
      userId: 'mo',
      name: 'Mo',
    });
  });

  it('leaves a line in the audit log for each thing that was done, newest first', () => {
    const wall = new Wall();
    wall.do(
      { type: 'canvas.lock', name: 'Mo', reason: 'logo', region: { x: 0, y: 0, width: 2, height: 1 } },
      'mo',
    );
    wall.do(
      { type: 'canvas.update', name: 'Mo', rateLimits: { ...RATE_LIMITS, connectionsPerAddress: 9 } },
      'max',
    );
    wall.paint([[9, 1]]);
    const query = { type: 'canvas.audit', page: 1, size: 20 } as const;
    const { items, total } = wall.ask<{ items: AuditEntry[]; total: number }>(query);
    expect(items.map(({ action, userId, seq }) => [action, userId, seq])).to.deep.equal([
      ['limits', 'max', 3],
      ['lock', 'mo', 2],
      ['create', 'mo', 1],
    ]);
    expect(items[1]).to.deep.include({ reason: 'logo', name: 'Mo' });
    expect(total).to.equal(3);
    const locks = wall.ask<{ items: AuditEntry[]; total: number }>({
      ...query,
      action: 'lock',
      userId: 'mo',
    });
    expect(locks.total).to.equal(1);
  });

  it('keeps colours that are in use in the palette', () => {
    const wall = new Wall();
    wall.paint([[3, 6]]);
    const { palette } = wall.ask<CanvasInfo>({ type: 'canvas.get' });
    const problem = wall.refuses({ type: 'canvas.update', name: 'Mo', palette: palette.slice(0, 6) });
    expect(problem.errors).to.deep.equal([
      { path: '/body/palette', message: 'must have at least 7 colours: so many are in use' },
    ]);
  });

  it('names every field of a new canvas that is wrong', () => {
    const state = new CanvasState(ID);
    const create = (): unknown =>
      canvasKind.execute(
        state,
        {
          type: 'canvas.create',
          name: 'Mo',
          title: '',
          slug: 'No Slug',
          width: 0,
          height: 5_000,
          palette: ['#fff', '#000000'],
          background: 2,
          rateLimits: { ...RATE_LIMITS, connectionsPerAddress: 0 },
        },
        { at: 0, by: 'mo' as UserId, seq: 1 },
        countingIds(),
      );
    expect(create)
      .to.throw(Problem)
      .with.property('errors')
      .that.satisfies((errors: readonly { path: string }[]) => {
        const paths = errors.map(({ path }) => path);
        expect(paths).to.deep.equal([
          '/body/name',
          '/body/slug',
          '/body/width',
          '/body/height',
          '/body/palette/0',
          '/body/background',
          '/body/rateLimits/connectionsPerAddress',
        ]);
        return true;
      });
    expect(state.canvas).to.equal(undefined);
  });
});
