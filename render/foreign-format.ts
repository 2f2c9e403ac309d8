const TEXT_BYTES = 1024;

const startsWith = (bytes: Uint8Array, signature: string, at = 0): boolean =>
  [...signature].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** A kind by the brand of an ISO base media file (ISO/IEC 14496-12, `ftyp`). */
function mediaFormat(bytes: Uint8Array): string | undefined {
  if (!startsWith(bytes, 'ftyp', 4)) return undefined;
  if (startsWith(bytes, 'avi', 8)) return 'AVIF';
  return ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'].some((brand) => startsWith(bytes, brand, 8))
    ? 'HEIF'
    : undefined;
}

/** What comes when an address is not that of a picture, and pictures that are text. */
function textFormat(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.subarray(0, TEXT_BYTES))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (text.startsWith('<svg') || (text.startsWith('<?xml') && text.includes('<svg'))) return 'SVG';
  return text.startsWith('<!doctype html') || text.startsWith('<html') ? 'HTML' : undefined;
}

/** Name of a kind of file that we know and do not read, told by its first bytes; `undefined` for any other. */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 'GIF8')) return 'GIF';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'WebP';
  if (startsWith(bytes, 'BM')) return 'BMP';
  if (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*')) return 'TIFF';
  if (startsWith(bytes, '%PDF')) return 'PDF';
  return mediaFormat(bytes) ?? textFormat(bytes);
}
