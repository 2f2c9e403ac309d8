import { type Color, parseColor } from '../color.ts';

/** More colours than a picture has, as a rule. */
const MAX_KNOWN = 1000;

const known = new Map<string, Color | undefined>();

/** {@link parseColor}, which remembers: a colour is asked for several times for each annotation that has it. */
export function colorOf(text: string): Color | undefined {
  if (known.has(text)) return known.get(text);
  if (known.size >= MAX_KNOWN) known.clear();
  const color = parseColor(text);
  known.set(text, color);
  return color;
}
