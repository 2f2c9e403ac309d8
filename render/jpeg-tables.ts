/** Where the coefficients of a block go when it is written: from its top left to its bottom right (ITU-T T.81, figure 5). */
export const ZIGZAG: readonly number[] = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];

/** Steps of luminance and of colour at quality 50 (annex K.1). */
const LUMINANCE_STEPS: readonly number[] = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const COLOR_STEPS: readonly number[] = [
  ...[17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66],
  ...new Array<number>(38).fill(99),
];

/** A Huffman table as a file holds it: how many codes there are of each length, and what they mean, shortest first. */
export interface HuffmanTable {
  readonly counts: readonly number[];
  readonly values: readonly number[];
}

const hex = (text: string): readonly number[] => [...Buffer.from(text, 'hex')];

const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

const LUMINANCE_DC: HuffmanTable = {
  counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  values: DC_VALUES,
};
const COLOR_DC: HuffmanTable = {
  counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
  values: DC_VALUES,
};
const LUMINANCE_AC: HuffmanTable = {
  counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
  values: hex(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435' +
      '363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a929394959697' +
      '98999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2' +
      'f3f4f5f6f7f8f9fa',
  ),
};
const COLOR_AC: HuffmanTable = {
  counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
  values: hex(
    '0001020311040521310612415107617113223281081442' +
      '91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a5354555657585' +
      '95a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7' +
      'b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
  ),
};

/** Tables of one kind of component. */
export interface ComponentTables {
  /** Steps of quantisation, row by row. */
  readonly steps: readonly number[];
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}

const MAX_STEP = 255;

/** The steps of a quality of 50 to 100, as libjpeg scales them. */
const scaled = (steps: readonly number[], quality: number): readonly number[] =>
  steps.map((step) => Math.max(1, Math.min(MAX_STEP, Math.floor((step * (200 - 2 * quality) + 50) / 100))));

/** The tables that nearly every encoder uses (annex K), for a quality of 50 to 100. */
export const standardTables = (quality: number): { luminance: ComponentTables; color: ComponentTables } => ({
  luminance: { steps: scaled(LUMINANCE_STEPS, quality), dc: LUMINANCE_DC, ac: LUMINANCE_AC },
  color: { steps: scaled(COLOR_STEPS, quality), dc: COLOR_DC, ac: COLOR_AC },
});
