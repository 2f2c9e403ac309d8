/** Large bytes are written in parts of this size: one holds up the appends of others by a few milliseconds at most. */
const PART_BYTES = 512 * 1024;

/** The parts of some bytes, in order; at least one. They are views. */
export function partsOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  return Array.from({ length: count }, (_, n) => bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES));
}
