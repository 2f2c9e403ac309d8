import fc from 'fast-check';
import type { CanvasState } from '../../documents/canvas/canvas-state.ts';
import { DEFAULT_PALETTE } from '../../documents/canvas/palette.ts';
import type { CanvasCommand, CanvasRateLimits, CanvasRegion } from '../../protocol/canvas-messages.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { EntityId } from '../../protocol/ids.ts';

export const RATE_LIMITS: CanvasRateLimits = {
  perUser: { pixelsPerSecond: 20, burst: 200 },
  perAddress: { pixelsPerSecond: 100, burst: 1000 },
  connectionsPerAddress: 50,
};

/** A small canvas: every pixel is painted often. */
export const createCanvas = (width = 7, height = 5): CanvasCommand => ({
  type: 'canvas.create',
  name: 'Mo',
  title: 'Wall',
  slug: 'wall',
  width,
  height,
  palette: DEFAULT_PALETTE.slice(0, 8),
  background: 2,
  rateLimits: RATE_LIMITS,
});

/** What happens to a canvas, as plain data. */
export type CanvasStep =
  | { readonly do: 'create' }
  | {
      readonly do: 'paint';
      readonly pixels: readonly [number, number][];
      readonly name: string;
      readonly stroke?: string;
    }
  | { readonly do: 'lock'; readonly region: CanvasRegion; readonly reason?: string }
  | { readonly do: 'unlock'; readonly which: number }
  | {
      readonly do: 'rewind';
      readonly to: number;
      readonly behind: number;
      readonly pixels: readonly [number, number][];
    }
  | { readonly do: 'update'; readonly title?: string; readonly colors?: number; readonly archived?: boolean };

/** Some are outside of the canvas or the palette. */
const pixels = fc.array(fc.tuple(fc.nat(36), fc.nat(8)), { minLength: 0, maxLength: 12, size: 'max' });
const name = fc.constantFrom('Ann', 'Bob', 'Änne 🎨');

const region: fc.Arbitrary<CanvasRegion> = fc.record({
  x: fc.integer({ min: -1, max: 7 }),
  y: fc.integer({ min: -1, max: 5 }),
  width: fc.integer({ min: 0, max: 4 }),
  height: fc.integer({ min: 0, max: 4 }),
});

const step: fc.Arbitrary<CanvasStep> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const) }) },
  {
    weight: 10,
    arbitrary: fc.record(
      { do: fc.constant('paint' as const), pixels, name, stroke: fc.string({ minLength: 1, maxLength: 4 }) },
      { requiredKeys: ['do', 'pixels', 'name'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { do: fc.constant('lock' as const), region, reason: fc.string({ maxLength: 5 }) },
      { requiredKeys: ['do', 'region'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unlock' as const), which: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('rewind' as const), to: fc.nat(9), behind: fc.nat(5), pixels }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        do: fc.constant('update' as const),
        title: fc.string({ maxLength: 5 }),
        colors: fc.integer({ min: 1, max: 9 }),
        archived: fc.boolean(),
      },
      { requiredKeys: ['do'] },
    ),
  },
);

/** Nearly always a canvas that exists. */
export const canvasSteps: fc.Arbitrary<readonly CanvasStep[]> = fc
  .tuple(
    fc.constantFrom<CanvasStep[]>([], [{ do: 'create' }], [{ do: 'create' }]),
    fc.array(step, { maxLength: 60, size: 'max' }),
  )
  .map(([first, rest]) => [...first, ...rest]);

export const playCanvas =
  () =>
  (next: CanvasStep, state: CanvasState): CanvasCommand => {
    switch (next.do) {
      case 'create':
        return createCanvas();
      case 'paint': {
        const { name: painter, stroke } = next;
        return {
          type: 'canvas.paint',
          pixels: packPixels(next.pixels),
          name: painter,
          ...(stroke === undefined ? {} : { strokeId: stroke }),
        };
      }
      case 'lock': {
        const { reason } = next;
        return {
          type: 'canvas.lock',
          name: 'Mo',
          region: next.region,
          ...(reason === undefined ? {} : { reason }),
        };
      }
      case 'unlock':
        return {
          type: 'canvas.unlock',
          name: 'Mo',
          id: [...state.locks.keys()][next.which] ?? ('00000000-0000-4000-8000-ffffffffffff' as EntityId),
        };
      case 'rewind':
        return {
          type: 'canvas.rewind',
          name: 'Mo',
          to: next.to,
          seenUpTo: Math.max(0, state.seq - next.behind),
          pixels: packPixels(next.pixels),
        };
      case 'update': {
        const { title, colors, archived } = next;
        return {
          type: 'canvas.update',
          name: 'Mo',
          ...(title === undefined ? {} : { title }),
          ...(colors === undefined ? {} : { palette: DEFAULT_PALETTE.slice(0, colors) }),
          ...(archived === undefined ? {} : { archived }),
        };
      }
    }
  };

/** Everything that readers can see. */
export const observeCanvas = (state: CanvasState): unknown => ({
  canvas: state.canvas,
  colors: [...state.planes.colors],
  painters: [...state.planes.painters].map((number) => state.painters.get(number)),
  seqs: [...state.planes.seqs],
  times: [...state.planes.times],
  locks: [...state.locks.values()],
  audit: state.audit,
  seq: state.seq,
  painted: state.painted,
});
