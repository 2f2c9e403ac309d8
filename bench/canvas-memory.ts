import { setTimeout as pause } from 'node:timers/promises';
import { CanvasPainter } from './canvas-painter.ts';
import { type CanvasTarget, Painters } from './canvas-target.ts';
import { painterToken } from './canvas-tokens.ts';
import { type Memory, perPiece } from './measured-process.ts';

const SOCKETS = 1_000;
const CANVASES = 20;
/** How many are there is told to all who are there. */
const SETTLING_MS = 1_500;

/** What each socket of one canvas costs, that others have opened before. */
export async function measureSocketMemory(target: CanvasTarget): Promise<Memory> {
  const path = await target.newCanvas();
  const [first, others] = [new Painters(target), new Painters(target)];
  try {
    await first.join(path, SOCKETS / 10);
    await pause(SETTLING_MS);
    const before = await target.memory();
    await others.join(path, SOCKETS);
    await pause(SETTLING_MS);
    return perPiece(before, await target.memory(), SOCKETS);
  } finally {
    await first.leave();
    await others.leave();
  }
}

/** What each canvas costs on which somebody has painted. */
export async function measureCanvasMemory(target: CanvasTarget): Promise<Memory> {
  const painters: CanvasPainter[] = [];
  const open = async (): Promise<void> => {
    let acked: () => void = () => undefined;
    const painted = new Promise<void>((resolve) => {
      acked = resolve;
    });
    const ledger = { arrived: () => undefined, acked: () => acked(), complained: () => undefined };
    const painter = new CanvasPainter(ledger);
    painters.push(painter);
    const path = await target.newCanvas();
    await painter.join({ url: target.url, path, token: await painterToken('Ann'), address: '10.0.0.1' });
    painter.paint('p', 1, 1, 1);
    await painted;
  };
  await open();
  const before = await target.memory();
  for (let count = 0; count < CANVASES; count += 1) await open();
  const after = await target.memory();
  for (const painter of painters) painter.leave();
  return perPiece(before, after, CANVASES);
}
