/** Not a character of any text (Unicode noncharacter); it begins an escape: this, then four hex digits. */
const ESCAPE = '\uFDD0';
const NUL = '\0';
const UNSAFE = /[\p{Surrogate}\uFDD0]/gu;
const ESCAPED = /\uFDD0([0-9a-f]{4})/g;

/**
 * Text as a TEXT column keeps it, one to one: libsql reads a text only up to its first NUL, and UTF-8 has no lone
 * surrogates. Nearly every text is stored as it is.
 */
export function toStored(text: string): string {
  const safe = text.search(UNSAFE) < 0 ? text : text.replace(UNSAFE, escapeUnit);
  return safe.includes(NUL) ? safe.replaceAll(NUL, escapeUnit(NUL)) : safe;
}

/** The text that `toStored` was given. */
export function fromStored(stored: string): string {
  if (!stored.includes(ESCAPE)) return stored;
  return stored.replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const escapeUnit = (unit: string): string => ESCAPE + unit.charCodeAt(0).toString(16).padStart(4, '0');
