import { inflateSync } from 'node:zlib';

const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;

/** Tables of an sfnt begin at multiples of this. */
const ALIGNMENT = 4;
const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

/**
 * Unpacks a WOFF file (W3C WOFF 1.0) to the font that it carries. fontkit would do so by itself, table by table and in
 * JavaScript: a second for a large font, where zlib takes some ten milliseconds.
 */
export function unpackWoff(woff: Uint8Array): Buffer {
  const file = Buffer.from(woff.buffer, woff.byteOffset, woff.byteLength);
  const count = file.readUInt16BE(12);
  const tables: { readonly entry: Buffer; readonly bytes: Uint8Array }[] = [];
  for (let i = 0; i < count; i++) {
    const entry = file.subarray(HEADER_BYTES + i * ENTRY_BYTES, HEADER_BYTES + (i + 1) * ENTRY_BYTES);
    const offset = entry.readUInt32BE(4);
    const packedLength = entry.readUInt32BE(8);
    const packed = file.subarray(offset, offset + packedLength);
    const isPacked = packedLength < entry.readUInt32BE(12);
    tables.push({ entry, bytes: isPacked ? inflateSync(packed) : packed });
  }
  const start = SFNT_HEADER_BYTES + count * SFNT_ENTRY_BYTES;
  const size = tables.reduce((sum, { bytes }) => sum + aligned(bytes.length), start);
  const font = Buffer.alloc(size);
  file.copy(font, 0, 4, 8);
  font.writeUInt16BE(count, 4);
  // The three numbers that follow only speed up a search for tables.
  let offset = start;
  tables.forEach(({ entry, bytes }, index) => {
    const record = SFNT_HEADER_BYTES + index * SFNT_ENTRY_BYTES;
    entry.copy(font, record, 0, 4);
    entry.copy(font, record + 4, 16, 20);
    font.writeUInt32BE(offset, record + 8);
    font.writeUInt32BE(bytes.length, record + 12);
    font.set(bytes, offset);
    offset += aligned(bytes.length);
  });
  return font;
}
