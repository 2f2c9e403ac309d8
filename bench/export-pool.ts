import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RenderRequest } from '../render/port.ts';
import { createRenderer } from '../render/renderer.ts';

const CONCURRENT = 20;
const WARM_UP_BURSTS = 20;

export interface PoolResult {
  readonly exportsPerSecond: number;
  /** Of the main thread's event loop while the exports were made, in ms. */
  readonly loopDelayP99: number;
}

/** Twenty exports at once through the pool, after some that warm it. */
export async function measurePool(request: RenderRequest, threads: number): Promise<PoolResult> {
  const renderer = createRenderer({ threads });
  const burst = (count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => renderer.render(request)));
  for (let run = 0; run < WARM_UP_BURSTS; run++) await burst(threads);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await burst(CONCURRENT);
  const elapsed = performance.now() - started;
  delay.disable();
  await renderer.close();
  return { exportsPerSecond: (CONCURRENT / elapsed) * 1000, loopDelayP99: delay.percentile(99) / 1e6 };
}
