/** As many as there are keys from 1 to 9. */
export const MOST_RECENT = 9;

/** The colour used last comes first, each once; those that the palette has lost are gone. */
export const withRecent = (
  recent: readonly number[],
  color: number,
  paletteSize: number,
): readonly number[] =>
  recent[0] === color
    ? recent
    : [color, ...recent.filter((other) => other !== color && other < paletteSize)].slice(0, MOST_RECENT);
