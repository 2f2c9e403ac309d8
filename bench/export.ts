import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { encodeJpeg } from '../render/jpeg-encode.ts';
import { decodePng } from '../render/png-decode.ts';
import type { ImageFormat, RenderRequest, RenderTimings } from '../render/port.ts';
import { renderPicture } from '../render/render-picture.ts';
import { createRenderer } from '../render/renderer.ts';
import { benchScene } from './export-scene.ts';
import { renderStock } from './export-stock.ts';
import { type Figure, median, report } from './report.ts';

/**
 * How long an export takes: a 1080p screenshot with 100 annotations, PNG to PNG and JPEG to JPG, by stage, against
 * stock pureimage in the same run; then exports per second through the pool, and what the main thread feels of it.
 *
 * Run: `node bench/export.js [runs]` from a compiled tree.
 */
const RUNS = Number(process.argv[2] ?? 15);
const WARM_UP_RUNS = 5;
const STOCK_RUNS = Math.max(3, Math.round(RUNS / 4));
const CONCURRENT = 20;
const ANNOTATIONS = 100;

const figures: Figure[] = [];

function record(name: string, value: number, unit: string): void {
  figures.push({ name, value: Number(value.toFixed(2)), unit });
}

type Draw = () => Promise<{ timings: RenderTimings }>;

/** Medians of the stages over some warm runs. */
async function measureStages(name: string, runs: number, draw: Draw): Promise<number> {
  for (let run = 0; run < Math.min(runs, WARM_UP_RUNS); run++) await draw();
  const timings: RenderTimings[] = [];
  for (let run = 0; run < runs; run++) timings.push((await draw()).timings);
  for (const stage of ['decode', 'draw', 'encode'] as const) {
    record(`${name}, ${stage}`, median(timings.map((timing) => timing[stage])), 'ms');
  }
  const total = median(timings.map(({ decode, draw, encode }) => decode + draw + encode));
  record(`${name}, total`, total, 'ms');
  return total;
}

async function measurePool(name: string, threads: number, request: RenderRequest): Promise<void> {
  const renderer = createRenderer({ threads });
  const burst = (count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => renderer.render(request)));
  for (let run = 0; run < WARM_UP_RUNS; run++) await burst(threads);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await burst(CONCURRENT);
  const elapsed = performance.now() - started;
  delay.disable();
  await renderer.close();
  record(`${name}, ${threads} worker(s), exports`, (CONCURRENT / elapsed) * 1000, '1/s');
  record(`${name}, ${threads} worker(s), event loop p99`, delay.percentile(99) / 1e6, 'ms');
}

const png = await readFile(fileURLToPath(import.meta.resolve('#package/docs/images/sample.png')));
const sample = decodePng(png);
const images: Readonly<Record<ImageFormat, Uint8Array>> = { png, jpg: await encodeJpeg(sample) };
const annotations = benchScene(sample.width, sample.height, ANNOTATIONS);

for (const format of ['png', 'jpg'] as const) {
  const name = format === 'png' ? 'PNG to PNG' : 'JPEG to JPG';
  const request: RenderRequest = {
    scene: { width: sample.width, height: sample.height, annotations },
    image: images[format],
    format,
    scale: 1,
    background: 'white',
    includeComments: false,
  };
  const ours = await measureStages(`${name}, ours`, RUNS, () => renderPicture(request));
  const stock = await measureStages(`${name}, stock pureimage`, STOCK_RUNS, () =>
    renderStock(images[format], format, annotations),
  );
  record(`${name}, times faster than stock`, stock / ours, 'x');
  for (const threads of [1, 2]) await measurePool(name, threads, request);
}
report('export', figures);
