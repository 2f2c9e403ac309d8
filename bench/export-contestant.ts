import { readFile } from 'node:fs/promises';
import { decodeImage } from '../render/decode-image.ts';
import { DecodedImages } from '../render/decoded-images.ts';
import type { RenderTimings } from '../render/port.ts';
import { renderPicture } from '../render/render-picture.ts';
import type { Task, Turn, TurnResult } from './export-contest.ts';
import type { Workload } from './export-workloads.ts';

/**
 * Child process of `export-contest.ts`: makes one kind of export with one library and nothing else, as a worker does,
 * as often as its parent says.
 */

/** Makes one export; tells its stages where it knows them. */
type Export = () => Promise<RenderTimings | undefined>;

const KEPT_BYTES = 128 * 1024 * 1024;
const KILOBYTES_PER_MB = 1024;

/** Our export with what a worker has: a memory of decoded images, where the base is to be decoded already. */
function ours({ request, isDecoded }: Workload): Export {
  const images = new DecodedImages(decodeImage, KEPT_BYTES);
  const decode = isDecoded ? (bytes: Uint8Array) => images.get(bytes) : decodeImage;
  return async () => (await renderPicture(request, () => {}, decode)).timings;
}

async function napi({ request, isDecoded }: Workload): Promise<Export> {
  const { decodeNapi, exportNapi } = await import('./export-napi.ts');
  const { image, format, scene } = request;
  const decoded = await decodeNapi(image);
  return async () => {
    exportNapi(isDecoded ? decoded : await decodeNapi(image), format, scene.annotations);
    return undefined;
  };
}

async function stock({ request, isDecoded }: Workload): Promise<Export> {
  const { decodeStock, exportStock } = await import('./export-stock.ts');
  const { image, format, scene } = request;
  const isPng = image[0] === 0x89;
  const decoded = await decodeStock(image, isPng);
  return async () => {
    await exportStock(isDecoded ? decoded : await decodeStock(image, isPng), format, scene.annotations);
    return undefined;
  };
}

/** `maxRSS` counts the parent too, whose memory a child has until it is another program; Linux knows better. */
async function peakMegabytes(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s*(\d+) kB/.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) / KILOBYTES_PER_MB;
}

async function take(work: Export, { runs, milliseconds }: Turn): Promise<TurnResult> {
  const costs: TurnResult['costs'][number][] = [];
  const begun = performance.now();
  while (costs.length < runs || performance.now() - begun < milliseconds) {
    const cpu = process.cpuUsage();
    const started = performance.now();
    const stages = await work();
    const { user, system } = process.cpuUsage(cpu);
    costs.push({
      wall: performance.now() - started,
      cpu: (user + system) / 1000,
      ...(stages && { stages }),
    });
  }
  return { costs, peak: await peakMegabytes() };
}

const CONTESTANTS = { ours, napi, stock };

process.once('message', async ({ contestant, workload }: Task) => {
  const work = await CONTESTANTS[contestant](workload);
  process.on('message', async (turn: Turn) => process.send?.(await take(work, turn)));
  process.send?.('ready');
});
