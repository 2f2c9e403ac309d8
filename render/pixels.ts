/** A decoded picture: `data` holds `width * height` pixels, row by row, four bytes each (R, G, B, A; not premultiplied). */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Every pixel is known to be fully opaque; where it is absent nobody has looked. */
  readonly opaque?: true;
}

/** Bytes of one RGBA pixel. */
export const PIXEL_BYTES = 4;

/** The same memory as one 32-bit word per pixel; on the little-endian machines Node runs on, red is the low byte. */
export const asWords = (data: Uint8Array): Int32Array =>
  new Int32Array(data.buffer, data.byteOffset, data.byteLength / PIXEL_BYTES);

/** Whether every pixel is fully opaque: then alpha need not be stored. */
export function isOpaque({ data, opaque }: Pixels): boolean {
  if (opaque) return true;
  const words = asWords(data);
  let common = 0xff000000;
  for (let i = 0; i < words.length; i++) common &= words[i] as number;
  return common >>> 24 === 255;
}
