const MOST_LETTERS = 64;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

const lengthOf = (text: string): number => [...text].length;

/**
 * What is wrong with the name of a version, in words; `undefined` where nothing is. The server's own rule (`Tag` of
 * openapi.yaml), told before it is asked.
 *
 * @param taken - names that versions of the board have
 */
export function nameProblem(name: string, taken: Iterable<string>): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return 'Give it a name.';
  if (lengthOf(trimmed) > MOST_LETTERS) return `At most ${MOST_LETTERS} characters, please.`;
  if (CONTROL.test(trimmed)) return 'Only visible characters, please.';
  if ([...taken].includes(trimmed)) return 'Another version has this name.';
  return undefined;
}

/** A name that is none of those taken, as near to `wanted` as can be. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.replace(new RegExp(CONTROL, 'gu'), ' ').trim() || 'Version';
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? '' : ` (${count})`;
    const name = `${[...base]
      .slice(0, MOST_LETTERS - ending.length)
      .join('')
      .trim()}${ending}`;
    if (!taken.has(name)) return name;
  }
}
