import type { TextStyle } from '../../../protocol/drawing/annotation-style.ts';
import type { FontFamily } from '../../../protocol/drawing/font-family.ts';

/** The families of docs/FONTS.md, each look with what it falls back on first. */
const STACKS: Readonly<Record<FontFamily, readonly string[]>> = {
  sans: ['Noto Sans'],
  serif: ['Noto Serif', 'Noto Sans'],
  mono: ['Noto Sans Mono', 'Noto Sans'],
};
const OTHER_SCRIPTS = [
  'Noto Sans Arabic',
  'Noto Sans Hebrew',
  'Noto Sans Devanagari',
  'Noto Sans Symbols',
  'Noto Sans Symbols 2',
  'Noto Sans Math',
];
const QUOTED: Readonly<Record<FontFamily, string>> = {
  sans: quoted(STACKS.sans),
  serif: quoted(STACKS.serif),
  mono: quoted(STACKS.mono),
};

function quoted(families: readonly string[]): string {
  return [...families, ...OTHER_SCRIPTS].map((name) => `"${name}"`).join(', ');
}

/** The `font-family` of a look, in CSS. */
export const familiesOf = (family: FontFamily): string => QUOTED[family];

/** The CSS `font` of a text, as a canvas and a style sheet take it. */
export const fontOf = ({ family, weight, italic, size }: Omit<TextStyle, 'lineHeight'>): string =>
  `${italic ? 'italic ' : ''}${weight} ${size}px ${QUOTED[family]}`;

/** Fonts are asked for by each look and the letters that it shows; what was asked for once is on its way. */
const asked = new Set<string>();
let styleSheet: Promise<unknown> | undefined;
/** Counts up when letters look different than before: what was measured is to be measured again. */
let generation = 0;
const listeners = new Set<() => void>();

export const fontGeneration = (): number => generation;

/** When fonts have come. @returns a function that ends it */
export function onFonts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The declarations of all fonts: a style sheet that only boards need. */
function loadStyleSheet(): Promise<unknown> {
  styleSheet ??= import('./fonts.ts').catch((error: unknown) => {
    // Without a connection: the next text asks again.
    styleSheet = undefined;
    asked.clear();
    throw error;
  });
  return styleSheet;
}

/** Before the first text asks for it, so that it is there without a connection too. */
export function preloadFonts(): void {
  loadStyleSheet().catch(() => {});
}

/** Sees to it that the fonts for these letters are loaded; {@link onFonts} tells when they have come. */
export function wantFonts(text: string, style: Omit<TextStyle, 'lineHeight'>): void {
  const font = fontOf({ ...style, size: 16 });
  // By blocks of letters, as the files are divided: a long text is a few of them.
  const samples = new Map<number, string>();
  for (const letter of text) {
    const block = (letter.codePointAt(0) ?? 0) >> 5;
    if (!samples.has(block)) samples.set(block, letter);
  }
  const wanted: string[] = [];
  for (const [block, letter] of samples) {
    const key = `${font} ${block}`;
    if (!asked.has(key)) wanted.push(letter);
    asked.add(key);
  }
  if (wanted.length === 0) return;
  void loadStyleSheet()
    .then(() => document.fonts.load(font, wanted.join('')))
    .then((faces) => {
      if (faces.length > 0) arrived();
    })
    // Without the font there is another one; the text is there.
    .catch(() => {});
}

let isTelling = false;
/** Many fonts come at once: what shows them is drawn once. */
function arrived(): void {
  if (isTelling) return;
  isTelling = true;
  queueMicrotask(() => {
    isTelling = false;
    generation += 1;
    for (const listener of listeners) listener();
  });
}

/** Resolves once all that was wanted until now is here (or will not come). */
export async function fontsSettled(): Promise<void> {
  await styleSheet?.catch(() => {});
  await document.fonts.ready;
}
