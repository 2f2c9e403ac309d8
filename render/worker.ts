import { move, transferableSymbol, valueSymbol } from 'piscina';
import { decodeImage } from './decode-image.ts';
import { DecodedImages } from './decoded-images.ts';
import { type JobReply, type JobStage, problemData, type RenderJob } from './job.ts';
import { renderPalettePicture } from './palette-picture.ts';
import type { RenderResult } from './port.ts';
import { renderPicture } from './render-picture.ts';
import { WARM_UP_REQUESTS } from './warm-up.ts';

// The log belongs to the main thread, one JSON line per event: what a dependency prints here would break it.
process.stdout.write = () => true;
process.stderr.write = () => true;

// A worker is ready when this module is loaded: fonts and codecs then are loaded, too.
for (const request of WARM_UP_REQUESTS) await renderPicture(request);

/** Room for some ten screenshots of 1080p in each worker. */
const KEPT_IMAGE_BYTES = 96 * 1024 * 1024;

const images = new DecodedImages(decodeImage, KEPT_IMAGE_BYTES);

/** The result with memory of its own: a small Buffer is a slice of a pool that must not be given away. */
function detachable(result: RenderResult): RenderResult {
  const { bytes } = result;
  return bytes.byteLength === bytes.buffer.byteLength ? result : { ...result, bytes: new Uint8Array(bytes) };
}

/** Marks a reply so that its bytes are moved to the main thread, not copied. */
const moved = (reply: JobReply, bytes: Uint8Array): unknown =>
  move({
    get [transferableSymbol]() {
      return [bytes.buffer];
    },
    get [valueSymbol]() {
      return reply;
    },
  });

/** Entry of a pool worker: draws one picture. Never rejects; what goes wrong is part of the reply. */
export default async function run({ request, progress }: RenderJob): Promise<unknown> {
  progress.postMessage('start' satisfies JobStage);
  try {
    const onStage = (stage: JobStage): void => progress.postMessage(stage);
    const made =
      'palette' in request
        ? renderPalettePicture(request, onStage)
        : await renderPicture(request, onStage, (bytes) => images.get(bytes));
    const result = detachable(made);
    return moved({ kind: 'done', result }, result.bytes);
  } catch (error) {
    return { kind: 'failed', problem: problemData(error) } satisfies JobReply;
  } finally {
    progress.close();
  }
}
