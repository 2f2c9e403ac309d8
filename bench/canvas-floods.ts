import { setTimeout as pause } from 'node:timers/promises';
import { FLOOD_NAMES, type Flood, type ToFlooder } from './canvas-orders.ts';
import { type CanvasTarget, Helper, Painters } from './canvas-target.ts';
import { median } from './report.ts';

/** Of people: each has an address of its own, and paints as people do. */
const SOCKETS = 200;
const PER_SECOND = 200;
const WARM_UP_MS = 300;
const MEASURED_MS = 1_500;
const ROUNDS = 3;
export const FLOODS = Object.keys(FLOOD_NAMES) as readonly Flood[];
/** What a flood leaves behind is not the next measurement's. */
const CALM_MS = 300;

export interface FloodFigures {
  readonly name: string;
  /** Paint to others of everybody else, p95, in milliseconds. */
  readonly without: number;
  readonly within: number;
  /** What the flooders did and how it ended, in all rounds. */
  readonly done: Readonly<Record<string, number>>;
}

/**
 * What others notice of floods: each is measured beside the calm before it, several times in turn. At the end everybody
 * has the picture of the server.
 *
 * @throws Error where it is not so
 */
export async function measureFloods(
  target: CanvasTarget,
  onMeasured: (figures: FloodFigures) => void,
  floods: readonly Flood[] = FLOODS,
): Promise<void> {
  const painters = new Painters(target);
  const flooder = new Helper<ToFlooder>('canvas-flooder');
  try {
    // The limits that every canvas has from the start hold flooders; nobody else comes near them.
    const path = await target.newCanvas({ rateLimits: LIMITS });
    await painters.join(path, SOCKETS);
    await painters.paint(PER_SECOND, WARM_UP_MS, MEASURED_MS);
    for (const flood of floods) {
      const [calm, flooded]: [number[], number[]] = [[], []];
      const done: Record<string, number> = {};
      for (let round = 0; round < ROUNDS; round += 1) {
        calm.push((await painters.paint(PER_SECOND, WARM_UP_MS, MEASURED_MS)).toOthers.p95);
        await flooder.ask({ do: 'begin', flood, url: target.url, path });
        flooded.push((await painters.paint(PER_SECOND, WARM_UP_MS, MEASURED_MS)).toOthers.p95);
        const counts = await flooder.ask<Readonly<Record<string, number>>>({ do: 'end' });
        for (const [what, times] of Object.entries(counts)) done[what] = (done[what] ?? 0) + times;
        await pause(CALM_MS);
      }
      onMeasured({ name: FLOOD_NAMES[flood], without: median(calm), within: median(flooded), done });
    }
    await painters.prove();
  } finally {
    await flooder.end();
    await painters.leave();
  }
}

const LIMITS = {
  perUser: { pixelsPerSecond: 20, burst: 200 },
  perAddress: { pixelsPerSecond: 100, burst: 1_000 },
  connectionsPerAddress: 50,
} as const;
