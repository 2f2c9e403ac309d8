/** Far enough from each other to be told apart, dark enough for white words or light enough for black ones. */
const COLORS = [
  '#c2255c',
  '#e8590c',
  '#f2b705',
  '#2b8a3e',
  '#12b886',
  '#1098ad',
  '#1c7ed6',
  '#5f3dc4',
  '#9c36b5',
  '#7d5a3c',
] as const;

/** The colour of somebody who chose none: the same in every browser. */
export function colorOf(id: string): string {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return COLORS[hash % COLORS.length] ?? COLORS[0];
}

/** Black or white, whichever is read better on `color` (`#rrggbb`), by WCAG's relative luminance. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Where both contrasts are equal: (l + 0.05)² = 0.05 × 1.05
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
