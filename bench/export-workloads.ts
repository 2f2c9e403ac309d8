import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ImageFormat, RenderRequest } from '../render/port.ts';
import { encodeForeign, photo } from './export-images.ts';
import { benchScene } from './export-scene.ts';

/** An export to be made by everybody. */
export interface Workload {
  readonly name: string;
  readonly request: RenderRequest & { readonly image: Uint8Array };
  /** The base image is decoded before the clock starts: the document has been exported before. */
  readonly isDecoded: boolean;
  /** Of our time, as a share of that of @napi-rs/canvas: at most this. */
  readonly napiShare: number;
  /** How many times as fast as stock pureimage: at least this. */
  readonly stockFactor: number;
}

const HD = { width: 1920, height: 1080 } as const;
const TWELVE_MEGAPIXELS = { width: 4000, height: 3000 } as const;

function request(
  image: Uint8Array,
  format: ImageFormat,
  { width, height }: { readonly width: number; readonly height: number },
  annotations: number,
): Workload['request'] {
  return {
    scene: { width, height, annotations: benchScene(width, height, annotations) },
    image,
    format,
    scale: 1,
    background: 'white',
    includeComments: false,
  };
}

/** The exports that the product makes promises about. */
export async function exportWorkloads(): Promise<readonly Workload[]> {
  const screenshot = await readFile(fileURLToPath(import.meta.resolve('#package/docs/images/sample.png')));
  const hd = photo(HD.width, HD.height);
  const large = photo(TWELVE_MEGAPIXELS.width, TWELVE_MEGAPIXELS.height);
  return [
    {
      name: '1080p screenshot PNG + 100 → PNG',
      request: request(screenshot, 'png', HD, 100),
      isDecoded: false,
      napiShare: 0.75,
      stockFactor: 5,
    },
    {
      name: '1080p photo PNG + 1,000 → PNG',
      request: request(encodeForeign(hd, 'png'), 'png', HD, 1000),
      isDecoded: false,
      napiShare: 0.75,
      stockFactor: 5,
    },
    {
      name: '1080p JPEG + 100 → JPG, base cached',
      request: request(encodeForeign(hd, 'jpeg'), 'jpg', HD, 100),
      isDecoded: true,
      napiShare: 1.1,
      stockFactor: 5,
    },
    {
      name: '12 MP JPEG + 200 → JPG',
      request: request(encodeForeign(large, 'jpeg'), 'jpg', TWELVE_MEGAPIXELS, 200),
      isDecoded: false,
      napiShare: 1.3,
      stockFactor: 4,
    },
  ];
}
