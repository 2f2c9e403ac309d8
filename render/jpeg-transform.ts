import { ZIGZAG } from './jpeg-tables.ts';

const SIDE = 8;
/** Samples of a block. */
export const BLOCK = SIDE * SIDE;

/** By what the fast transform leaves each row and column too large (Arai, Agui and Nakajima). */
const LEFT_OVER = [1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.5411961, 0.275899379] as const;

const COS_4 = Math.SQRT1_2;
const COS_6 = 0.3826834323650898;
const COS_2_LESS_6 = 0.541196100146197;
const COS_2_PLUS_6 = 1.3065629648763766;

/** Makes all values positive while they are cut to whole numbers, so that the cut rounds. */
const LIFT = 1 << 14;
const LIFT_AND_HALF = LIFT + 0.5;

/**
 * What a coefficient is multiplied with to divide it by its step and by what the transform left over.
 *
 * @param unit - what a sample of one level is kept as
 */
export const sharesOf = (steps: readonly number[], unit: number): Float64Array =>
  Float64Array.from(
    steps,
    (step, i) => 1 / (step * (LEFT_OVER[i >> 3] ?? 1) * (LEFT_OVER[i & 7] ?? 1) * SIDE * unit),
  );

/** The quantised coefficients of a block, in the order in which they are written. */
export class Coefficients {
  readonly values = new Int16Array(BLOCK);
  /** The same memory, four of them at a time: a number is zero only where all four are. */
  readonly fours = new Float64Array(this.values.buffer);

  /** Those of a block of one colour: nothing but its level. */
  setFlat(level: number): void {
    this.values.fill(0);
    this.values[0] = level;
  }
}

/** Place in the written order of each coefficient. */
const ORDER = new Uint8Array(BLOCK);
ZIGZAG.forEach((at, index) => {
  ORDER[at] = index;
});

/**
 * The forward cosine transform of a block (ITU-T T.81, annex A.3.3) and its quantisation. Plain arithmetic of doubles:
 * the same on every machine.
 *
 * @param block - 64 samples around zero, row by row; overwritten
 * @param shares - see {@link sharesOf}
 * @param out - receives the coefficients in the order in which they are written
 */
export function transformBlock(block: Float64Array, shares: Float64Array, out: Int16Array): void {
  // Written out for rows and for columns: one function for both, by step, takes about half as long again.
  for (let i = 0; i < BLOCK; i += SIDE) {
    const s0 = (block[i] as number) + (block[i + 7] as number);
    const d0 = (block[i] as number) - (block[i + 7] as number);
    const s1 = (block[i + 1] as number) + (block[i + 6] as number);
    const d1 = (block[i + 1] as number) - (block[i + 6] as number);
    const s2 = (block[i + 2] as number) + (block[i + 5] as number);
    const d2 = (block[i + 2] as number) - (block[i + 5] as number);
    const s3 = (block[i + 3] as number) + (block[i + 4] as number);
    const d3 = (block[i + 3] as number) - (block[i + 4] as number);
    const even = s0 - s3;
    const turned = (s1 - s2 + even) * COS_4;
    block[i] = s0 + s3 + (s1 + s2);
    block[i + 4] = s0 + s3 - (s1 + s2);
    block[i + 2] = even + turned;
    block[i + 6] = even - turned;
    const a = d3 + d2;
    const c = d1 + d0;
    const shift = (a - c) * COS_6;
    const low = a * COS_2_LESS_6 + shift;
    const high = c * COS_2_PLUS_6 + shift;
    const middle = (d2 + d1) * COS_4;
    block[i + 5] = d0 - middle + low;
    block[i + 3] = d0 - middle - low;
    block[i + 1] = d0 + middle + high;
    block[i + 7] = d0 + middle - high;
  }
  for (let i = 0; i < SIDE; i++) {
    const s0 = (block[i] as number) + (block[i + 56] as number);
    const d0 = (block[i] as number) - (block[i + 56] as number);
    const s1 = (block[i + 8] as number) + (block[i + 48] as number);
    const d1 = (block[i + 8] as number) - (block[i + 48] as number);
    const s2 = (block[i + 16] as number) + (block[i + 40] as number);
    const d2 = (block[i + 16] as number) - (block[i + 40] as number);
    const s3 = (block[i + 24] as number) + (block[i + 32] as number);
    const d3 = (block[i + 24] as number) - (block[i + 32] as number);
    const even = s0 - s3;
    const turned = (s1 - s2 + even) * COS_4;
    const a = d3 + d2;
    const c = d1 + d0;
    const shift = (a - c) * COS_6;
    const low = a * COS_2_LESS_6 + shift;
    const high = c * COS_2_PLUS_6 + shift;
    const middle = (d2 + d1) * COS_4;
    out[ORDER[i] as number] = (((s0 + s3 + (s1 + s2)) * (shares[i] as number) + LIFT_AND_HALF) | 0) - LIFT;
    out[ORDER[i + 32] as number] =
      (((s0 + s3 - (s1 + s2)) * (shares[i + 32] as number) + LIFT_AND_HALF) | 0) - LIFT;
    out[ORDER[i + 16] as number] =
      (((even + turned) * (shares[i + 16] as number) + LIFT_AND_HALF) | 0) - LIFT;
    out[ORDER[i + 48] as number] =
      (((even - turned) * (shares[i + 48] as number) + LIFT_AND_HALF) | 0) - LIFT;
    out[ORDER[i + 40] as number] =
      (((d0 - middle + low) * (shares[i + 40] as number) + LIFT_AND_HALF) | 0) - LIFT;
    out[ORDER[i + 24] as number] =
      (((d0 - middle - low) * (shares[i + 24] as number) + LIFT_AND_HALF) | 0) - LIFT;
    out[ORDER[i + 8] as number] =
      (((d0 + middle + high) * (shares[i + 8] as number) + LIFT_AND_HALF) | 0) - LIFT;
    out[ORDER[i + 56] as number] =
      (((d0 + middle - high) * (shares[i + 56] as number) + LIFT_AND_HALF) | 0) - LIFT;
  }
}
