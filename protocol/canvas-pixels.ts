/**
 * Pixels as they cross a wire: 4 bytes each, 24 bits of index (`y * width + x`, big-endian), then 8 bits of palette
 * colour. Format: ours, contract of `pixel:bulk_update`.
 */
export const PIXEL_BYTES = 4;

/** The largest side of a canvas: 4096 × 4096 indices are what 24 bits hold. */
export const MAX_CANVAS_SIDE = 4096;

export const pixelCount = (packed: Uint8Array): number => packed.length / PIXEL_BYTES;

/** Index of the `n`th pixel. */
export const pixelIndex = (packed: Uint8Array, n: number): number => {
  const at = n * PIXEL_BYTES;
  return ((packed[at] ?? 0) << 16) | ((packed[at + 1] ?? 0) << 8) | (packed[at + 2] ?? 0);
};

/** Colour of the `n`th pixel. */
export const pixelColor = (packed: Uint8Array, n: number): number => packed[n * PIXEL_BYTES + 3] ?? 0;

/** Writes the `n`th pixel. */
export function setPixel(packed: Uint8Array, n: number, index: number, color: number): void {
  const at = n * PIXEL_BYTES;
  packed[at] = index >>> 16;
  packed[at + 1] = index >>> 8;
  packed[at + 2] = index;
  packed[at + 3] = color;
}

/** @param pixels index and colour of each */
export function packPixels(pixels: Iterable<readonly [index: number, color: number]>): Uint8Array {
  const list = [...pixels];
  const packed = new Uint8Array(list.length * PIXEL_BYTES);
  list.forEach(([index, color], n) => {
    setPixel(packed, n, index, color);
  });
  return packed;
}

/**
 * Each pixel once, by index; of one that comes twice the later colour.
 *
 * @returns the same bytes where they are so already
 */
export function compactPixels(packed: Uint8Array): Uint8Array {
  const count = pixelCount(packed);
  if (isCompact(packed, count)) return packed;
  // One number each: index, then position, so that equal indices stay in their order. 24 + 8 bits are the pixel, the
  // position needs up to 29 more: all below 2^53.
  const order = new Float64Array(count);
  for (let n = 0; n < count; n += 1) order[n] = pixelIndex(packed, n) * 2 ** 29 + n;
  order.sort();
  const compact = new Uint8Array(packed.length);
  let size = 0;
  for (let n = 0; n < count; n += 1) {
    const key = order[n] ?? 0;
    const index = Math.floor(key / 2 ** 29);
    const isLast = n + 1 === count || Math.floor((order[n + 1] ?? 0) / 2 ** 29) !== index;
    if (!isLast) continue;
    setPixel(compact, size, index, pixelColor(packed, key % 2 ** 29));
    size += 1;
  }
  return compact.slice(0, size * PIXEL_BYTES);
}

/** Which one of compact pixels has this index; -1 where none has. */
export function findPixel(packed: Uint8Array, index: number): number {
  let low = 0;
  let high = pixelCount(packed) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = pixelIndex(packed, middle);
    if (found === index) return middle;
    if (found < index) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * The same bytes as numbers of 32 bits: `index << 8 | color` each, with `getUint32(n * PIXEL_BYTES)`. For loops over
 * millions of pixels, which take a third of the time by it.
 */
export const pixelView = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

function isCompact(packed: Uint8Array, count: number): boolean {
  const view = pixelView(packed);
  let before = -1;
  for (let at = 0; at < count * PIXEL_BYTES; at += PIXEL_BYTES) {
    const index = view.getUint32(at) >>> 8;
    if (index <= before) return false;
    before = index;
  }
  return true;
}
