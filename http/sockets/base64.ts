/** The last characters that leave no bits over: of the group before `==`, and of that before `=`. */
const WHOLE_BEFORE_TWO = 'AQgw';
const WHOLE_BEFORE_ONE = 'AEIMQUYcgkosw048';

/** Bytes that a canonical base64 text stands for. */
export const base64Length = (text: string): number =>
  (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);

/**
 * Decodes base64 of RFC 4648, section 4, and nothing else: no white space, no other alphabet, whole padding, no bits
 * left over. Each run of bytes has exactly one such text.
 *
 * @returns undefined where the text is none
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined;
  if (text.endsWith('==')) {
    if (!WHOLE_BEFORE_TWO.includes(text.charAt(text.length - 3))) return undefined;
  } else if (text.endsWith('=')) {
    if (!WHOLE_BEFORE_ONE.includes(text.charAt(text.length - 2))) return undefined;
  }
  // Node passes over what is not of the alphabet, and stops at the first `=`: then bytes are missing.
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === base64Length(text) ? bytes : undefined;
}

/** The one text that `decodeBase64` takes for these bytes. */
export const encodeBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
