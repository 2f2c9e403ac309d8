import { crc32, deflateSync } from 'node:zlib';

/** A PNG to be made for a test; deliberately simple, and independent of the encoder under test. */
export interface PngRecipe {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly color: 0 | 2 | 3 | 4 | 6;
  readonly interlaced?: boolean;
  /** R, G, B of each entry. */
  readonly palette?: readonly number[];
  /** Payload of tRNS. */
  readonly transparency?: readonly number[];
  /** Filter of each row, by its index in its pass; 0 without. */
  readonly filter?: (row: number) => number;
  /** Samples of one pixel, at the depth of the picture. */
  readonly sample: (x: number, y: number) => readonly number[];
}

const ADAM7: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

export function pngChunk(type: string, payload: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), payload]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, check]);
}

export function pngHeader(
  recipe: Pick<PngRecipe, 'width' | 'height' | 'depth' | 'color' | 'interlaced'>,
): Buffer {
  const payload = Buffer.alloc(13);
  payload.writeUInt32BE(recipe.width, 0);
  payload.writeUInt32BE(recipe.height, 4);
  payload[8] = recipe.depth;
  payload[9] = recipe.color;
  payload[12] = recipe.interlaced ? 1 : 0;
  return pngChunk('IHDR', payload);
}

export const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function packRow(samples: readonly number[], depth: number): number[] {
  if (depth === 8) return [...samples];
  if (depth === 16) return samples.flatMap((sample) => [sample >> 8, sample & 255]);
  const bytes: number[] = [];
  samples.forEach((sample, index) => {
    const bit = index * depth;
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (sample << (8 - depth - (bit & 7)));
  });
  return bytes;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const p = left + up - corner;
  const order: readonly (readonly [number, number])[] = [
    [Math.abs(p - left), left],
    [Math.abs(p - up), up],
    [Math.abs(p - corner), corner],
  ];
  return order.toSorted((a, b) => a[0] - b[0])[0]?.[1] ?? 0;
}

export function rawRows(recipe: PngRecipe): Uint8Array {
  const passes = recipe.interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  const unit = Math.max(1, ({ 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[recipe.color] * recipe.depth) >> 3);
  const out: number[] = [];
  for (const [x0, y0, dx, dy] of passes) {
    let above: number[] = [];
    let row = 0;
    for (let y = y0; y < recipe.height; y += dy, row++) {
      const samples: number[] = [];
      for (let x = x0; x < recipe.width; x += dx) samples.push(...recipe.sample(x, y));
      if (samples.length === 0) break;
      const bytes = packRow(samples, recipe.depth);
      const filter = recipe.filter?.(row) ?? 0;
      out.push(filter);
      bytes.forEach((byte, i) => {
        out.push((byte - predict(filter, bytes[i - unit] ?? 0, above[i] ?? 0, above[i - unit] ?? 0)) & 255);
      });
      above = bytes;
    }
  }
  return Uint8Array.from(out);
}

export function makePng(recipe: PngRecipe): Buffer {
  const chunks = [PNG_MAGIC, pngHeader(recipe)];
  if (recipe.palette) chunks.push(pngChunk('PLTE', Uint8Array.from(recipe.palette)));
  if (recipe.transparency) chunks.push(pngChunk('tRNS', Uint8Array.from(recipe.transparency)));
  chunks.push(pngChunk('IDAT', deflateSync(rawRows(recipe))), pngChunk('IEND', new Uint8Array()));
  return Buffer.concat(chunks);
}
