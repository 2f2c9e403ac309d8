/** As long as the name of a session may be, in characters (openapi.yaml, `SessionName`). */
const MOST = 64;

/** The name of somebody as a session takes it; `undefined` where nothing is left, and the server makes one up. */
export function painterName(name: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to go
  const printable = name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').trim();
  const short = [...printable].slice(0, MOST).join('').trim();
  return short === '' ? undefined : short;
}
