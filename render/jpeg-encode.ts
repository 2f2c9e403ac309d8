import { type HuffmanCodes, huffmanCodes, JpegBits, MAX_BLOCK_BYTES } from './jpeg-bits.ts';
import { type ComponentTables, standardTables, ZIGZAG } from './jpeg-tables.ts';
import { BLOCK, Coefficients, sharesOf, transformBlock } from './jpeg-transform.ts';
import { asWords, type Pixels } from './pixels.ts';

/** Keeps text in screenshots clean at a third of the size of 100. */
const QUALITY = 90;

/**
 * How much of the colour is kept: `full` (4:4:4), without which red text on white smears, or `halved` in both
 * directions (4:2:0), as cameras store photographs.
 */
export type JpegColor = 'full' | 'halved';

const { luminance, color } = standardTables(QUALITY);

interface Component {
  readonly shares: Float64Array;
  readonly dc: HuffmanCodes;
  readonly ac: HuffmanCodes;
  /** First coefficient of its last block. */
  previousDc: number;
}

/** @param unit - what a sample of one level is kept as */
const componentOf = ({ steps, dc, ac }: ComponentTables, unit: number): Component => ({
  shares: sharesOf(steps, unit),
  dc: huffmanCodes(dc),
  ac: huffmanCodes(ac),
  previousDc: 0,
});

/** Room to begin with: more than most pictures need; it grows where one needs more. */
const FIRST_BYTES_PER_PIXEL = 0.25;
const FIRST_BYTES = 4096;

const MAX_DENSITY = 0xffff;
const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];

const u16 = (value: number): readonly number[] => [value >> 8, value & 255];
const segment = (marker: number, payload: readonly number[]): readonly number[] => [
  ...[0xff, marker, ...u16(payload.length + 2)],
  ...payload,
];

/** JFIF 1.02: the density in dots per inch, or square pixels of no size. */
function jfif(dpi: number | undefined): readonly number[] {
  const density = dpi === undefined ? 1 : Math.min(MAX_DENSITY, Math.max(1, Math.round(dpi)));
  const unit = dpi === undefined ? 0 : 1;
  return segment(0xe0, [...Buffer.from('JFIF\0'), 1, 2, unit, ...u16(density), ...u16(density), 0, 0]);
}

const KINDS = [luminance, color];
/** The tables of a quality are those of every picture. */
const STEPS = segment(
  0xdb,
  KINDS.flatMap(({ steps }, id) => [id, ...ZIGZAG.map((at) => steps[at] ?? 1)]),
);
const CODES = segment(
  0xc4,
  KINDS.flatMap(({ dc, ac }, id) => [
    ...[id, ...dc.counts, ...dc.values],
    ...[0x10 | id, ...ac.counts, ...ac.values],
  ]),
);
const SCAN = segment(0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);

/** Size, and by how much luminance is sampled more densely than colour. */
const frame = ({ width, height }: Pixels, sampling: number): readonly number[] => {
  const first = (sampling << 4) | sampling;
  return segment(0xc0, [8, ...u16(height), ...u16(width), 3, 1, first, 0, 2, 0x11, 1, 3, 0x11, 1]);
};

// Shares of the colours in luminance, and what makes the differences to it fill the same range (JFIF 1.02). Samples are
// kept as whole numbers of 16 more bits; the quantisation takes them back.
const FRACTION = 1 << 16;
const RED = Math.round(0.299 * FRACTION);
const BLUE = Math.round(0.114 * FRACTION);
const GREEN = FRACTION - RED - BLUE;
const TO_CB = 0.5 / (1 - 0.114);
const TO_CR = 0.5 / (1 - 0.299);
const CENTER = 128 * FRACTION;

const y = new Float64Array(BLOCK);
const cb = new Float64Array(BLOCK);
const cr = new Float64Array(BLOCK);
const coefficients = new Coefficients();

const lightOf = (word: number): number =>
  Math.imul(word & 255, RED) + Math.imul((word >> 8) & 255, GREEN) + Math.imul((word >> 16) & 255, BLUE);

/** Whether a block is of one colour: most of a screenshot is, and needs no transform. */
function isFlat(words: Int32Array, start: number, stride: number): boolean {
  const first = words[start] as number;
  for (let row = 0, i = start; row < 8; row++, i += stride) {
    for (let x = i; x < i + 8; x++) if (words[x] !== first) return false;
  }
  return true;
}

/** Reads 8 × 8 pixels as one block of each component. */
function readFull(words: Int32Array, start: number, stride: number): void {
  for (let row = 0, o = 0; row < 8; row++) {
    const end = start + row * stride + 8;
    for (let i = end - 8; i < end; i++, o++) {
      const word = words[i] as number;
      const light = lightOf(word);
      y[o] = light - CENTER;
      cb[o] = (word & 0xff0000) - light;
      cr[o] = ((word & 255) << 16) - light;
    }
  }
}

/** Reads 8 × 8 pixels as a block of luminance, and as a quarter of each block of colour, which begins at `colorStart`. */
function readHalved(words: Int32Array, start: number, stride: number, colorStart: number): void {
  for (let row = 0; row < 8; row += 2) {
    const above = start + row * stride;
    for (let x = 0; x < 8; x += 2) {
      const w0 = words[above + x] as number;
      const w1 = words[above + x + 1] as number;
      const w2 = words[above + stride + x] as number;
      const w3 = words[above + stride + x + 1] as number;
      const l0 = lightOf(w0);
      const l1 = lightOf(w1);
      const l2 = lightOf(w2);
      const l3 = lightOf(w3);
      const o = row * 8 + x;
      y[o] = l0 - CENTER;
      y[o + 1] = l1 - CENTER;
      y[o + 8] = l2 - CENTER;
      y[o + 9] = l3 - CENTER;
      const light = l0 + l1 + l2 + l3;
      const blue = (w0 & 0xff0000) + (w1 & 0xff0000) + (w2 & 0xff0000) + (w3 & 0xff0000);
      const red = (w0 & 255) + (w1 & 255) + (w2 & 255) + (w3 & 255);
      const c = colorStart + row * 4 + (x >> 1);
      cb[c] = blue - light;
      cr[c] = (red << 16) - light;
    }
  }
}

/** Encodes one picture; its state is that of one scan. */
class JpegScan {
  readonly #bits: JpegBits;
  readonly #y: Component;
  readonly #cb: Component;
  readonly #cr: Component;

  /** @param pixels - whose colour makes one sample of it */
  constructor(bits: JpegBits, pixels: number) {
    this.#bits = bits;
    this.#y = componentOf(luminance, FRACTION);
    this.#cb = componentOf(color, (pixels * FRACTION) / TO_CB);
    this.#cr = componentOf(color, (pixels * FRACTION) / TO_CR);
  }

  /** Writes 8 × 8 pixels. */
  full(words: Int32Array, start: number, stride: number): void {
    if (isFlat(words, start, stride)) {
      const word = words[start] as number;
      const light = lightOf(word);
      this.#writeFlat(light - CENTER, this.#y);
      this.#writeFlat((word & 0xff0000) - light, this.#cb);
      this.#writeFlat(((word & 255) << 16) - light, this.#cr);
      return;
    }
    readFull(words, start, stride);
    this.#writeBlock(y, this.#y);
    this.#writeBlock(cb, this.#cb);
    this.#writeBlock(cr, this.#cr);
  }

  /** Writes 16 × 16 pixels. */
  halved(words: Int32Array, start: number, stride: number): void {
    for (let row = 0; row < 2; row++) {
      for (let column = 0; column < 2; column++) {
        readHalved(words, start + row * 8 * stride + column * 8, stride, row * 32 + column * 4);
        this.#writeBlock(y, this.#y);
      }
    }
    this.#writeBlock(cb, this.#cb);
    this.#writeBlock(cr, this.#cr);
  }

  #writeBlock(samples: Float64Array, component: Component): void {
    transformBlock(samples, component.shares, coefficients.values);
    this.#writeCoefficients(component);
  }

  /** A block whose samples are all alike. */
  #writeFlat(sample: number, component: Component): void {
    coefficients.setFlat(Math.floor(sample * BLOCK * (component.shares[0] as number) + 0.5));
    this.#writeCoefficients(component);
  }

  #writeCoefficients(component: Component): void {
    this.#bits.writeBlock(coefficients, component.previousDc, component.dc, component.ac);
    component.previousDc = coefficients.values[0] as number;
  }
}

/** Copies what there is of a unit that lies across an edge, and repeats the last pixels beyond it. */
function padUnit(
  words: Int32Array,
  width: number,
  height: number,
  x0: number,
  y0: number,
  unit: Int32Array,
): void {
  const side = Math.sqrt(unit.length);
  for (let row = 0, o = 0; row < side; row++) {
    const base = Math.min(height - 1, y0 + row) * width;
    for (let column = 0; column < side; column++)
      unit[o++] = words[base + Math.min(width - 1, x0 + column)] as number;
  }
}

/**
 * Encodes a picture as a baseline JPEG of quality 90 (ITU-T T.81). Alpha is dropped: the caller has painted a ground
 * first. The bytes depend on the arguments only.
 *
 * @param dpi - written as the file's density
 */
export function encodeJpeg(pixels: Pixels, dpi?: number, colorKept: JpegColor = 'full'): Uint8Array {
  const { width, height } = pixels;
  const words = asWords(pixels.data);
  const sampling = colorKept === 'halved' ? 2 : 1;
  const side = 8 * sampling;
  const bits = new JpegBits(Math.ceil(width * height * FIRST_BYTES_PER_PIXEL) + FIRST_BYTES);
  // The order of the segments is that of ITU-T T.81, annex B.2.
  for (const part of [SOI, jfif(dpi), STEPS, frame(pixels, sampling), CODES, SCAN]) bits.append(part);
  const scan = new JpegScan(bits, sampling * sampling);
  const unit = new Int32Array(side * side);
  const rowBytes = Math.ceil(width / side) * (sampling * sampling + 2) * MAX_BLOCK_BYTES;
  for (let y0 = 0; y0 < height; y0 += side) {
    bits.reserve(rowBytes);
    for (let x0 = 0; x0 < width; x0 += side) {
      const isWhole = x0 + side <= width && y0 + side <= height;
      if (!isWhole) padUnit(words, width, height, x0, y0, unit);
      const source = isWhole ? words : unit;
      const start = isWhole ? y0 * width + x0 : 0;
      const stride = isWhole ? width : side;
      if (sampling === 2) scan.halved(source, start, stride);
      else scan.full(source, start, stride);
    }
  }
  bits.finish();
  bits.append(EOI);
  return bits.bytes.slice(0, bits.length);
}
