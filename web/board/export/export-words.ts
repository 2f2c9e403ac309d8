/** What went wrong with an export, in words with a way on, by the code of docs/ERRORS.md. */
const WORDS: Readonly<Record<string, string>> = {
  image_too_large: 'The picture would be too large. Choose a smaller scale.',
  image_unsupported: 'The image of the board is of a kind that cannot be drawn.',
  image_corrupt: 'The image of the board is broken.',
  image_fetch_refused: 'The image of the board is at an address that the server does not fetch from.',
  image_fetch_failed: 'The image of the board could not be fetched from where it is. Try again later.',
  render_timeout: 'Drawing took too long. Choose a smaller scale, or try again later.',
  render_failed: 'The picture could not be drawn.',
  state_gone: 'This moment is no longer kept.',
  not_found: 'There is no such board or version any more.',
  overloaded: 'The server has too much to do right now. Try again in a moment.',
  unavailable: 'The server did not answer in time. Try again in a moment.',
  rate_limited: 'That were too many requests. Try again in a moment.',
  internal: 'The server has failed. Try again.',
};

/** @param message - what the server said, for a code that is not known here */
export const exportProblem = (code: string, message: string): string => WORDS[code] ?? message;

/** The size of a picture: `2560 × 1440`. As the server rounds. */
export const pixelsOf = (width: number, height: number, scale: number): string =>
  [width, height].map((side) => Math.max(1, Math.round(side * scale))).join(' × ');

/** `3.4 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
