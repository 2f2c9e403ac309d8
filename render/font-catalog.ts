import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FontFamily } from '../protocol/drawing/font-family.ts';

/** One font file and the code points it is meant for. */
export interface FontSource {
  readonly file: string;
  /** Pairs of first and last code point. */
  readonly ranges: readonly (readonly [number, number])[];
  /** The package has no italics of its own: glyphs are to be slanted. */
  readonly slanted: boolean;
}

/** What is to be found in a Fontsource package (its `metadata.json` and `unicode.json`). */
interface FontPackage {
  readonly name: string;
  readonly folder: string;
  /** Names of the files in it. */
  readonly files: ReadonlySet<string>;
  readonly weights: readonly number[];
  readonly hasItalic: boolean;
  /** Subset name, as in the file names, → code points. */
  readonly subsets: ReadonlyMap<string, FontSource['ranges']>;
}

const FAMILY_PACKAGES: Readonly<Record<FontFamily, readonly string[]>> = {
  sans: ['noto-sans'],
  serif: ['noto-serif', 'noto-sans'],
  mono: ['noto-sans-mono', 'noto-sans'],
};

/** Other scripts and symbols, in the order in which they are asked. */
const FALLBACK_PACKAGES: readonly string[] = [
  'noto-sans-arabic',
  'noto-sans-hebrew',
  'noto-sans-devanagari',
  'noto-sans-symbols',
  'noto-sans-symbols-2',
  'noto-sans-math',
];

/** Large or rare: used where an installation has them (`npm install @fontsource/noto-sans-sc`). */
const OPTIONAL_PACKAGES: readonly string[] = [
  'noto-sans-sc',
  'noto-sans-jp',
  'noto-sans-kr',
  'noto-sans-tc',
  'noto-sans-thai',
  'noto-sans-bengali',
  'noto-sans-tamil',
  'noto-sans-telugu',
  'noto-sans-georgian',
  'noto-sans-armenian',
  'noto-emoji',
];

const EVERYTHING: FontSource['ranges'] = [[0, 0x10ffff]];

const require = createRequire(import.meta.url);
const packages = new Map<string, FontPackage | undefined>();

/** `U+0-FF,U+131` as pairs. */
const parseRanges = (text: string): FontSource['ranges'] =>
  text.split(',').map((part) => {
    const [first = '', last = first] = part.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });

function resolvePackage(name: string): string | undefined {
  try {
    return dirname(require.resolve(`@fontsource/${name}/metadata.json`));
  } catch {
    return undefined;
  }
}

function readPackage(name: string): FontPackage | undefined {
  const root = resolvePackage(name);
  if (!root) return undefined;
  const metadata = readFileSync(join(root, 'metadata.json'), 'utf8');
  const unicode = readFileSync(join(root, 'unicode.json'), 'utf8');
  const { weights, styles }: { weights: number[]; styles: string[] } = JSON.parse(metadata);
  const ranges: Record<string, string> = JSON.parse(unicode);
  // Numbered subsets are keyed `[4]` but their files are named `-4-`.
  const subsets = Object.entries(ranges).map(
    ([subset, text]) => [subset.replace(/[[\]]/g, ''), parseRanges(text)] as const,
  );
  // A family in one file is named after Latin, whatever else it has: noto-sans-math, for one.
  const [only] = subsets;
  if (subsets.length === 1 && only) subsets[0] = [only[0], EVERYTHING];
  // Plain Latin first: it is what most texts need, and what the others repeat.
  subsets.sort(([a], [b]) => Number(b === 'latin') - Number(a === 'latin'));
  const folder = join(root, 'files');
  return {
    name,
    folder,
    files: new Set(readdirSync(folder)),
    weights,
    hasItalic: styles.includes('italic'),
    subsets: new Map(subsets),
  };
}

function packageOf(name: string): FontPackage | undefined {
  if (!packages.has(name)) packages.set(name, readPackage(name));
  return packages.get(name);
}

/** The weight that stands for one that is not there (CSS Fonts 4, section 5.2). */
function matchWeight(weights: readonly number[], wanted: number): number {
  const lighter = weights.filter((weight) => weight <= wanted).sort((a, b) => b - a);
  const bolder = weights.filter((weight) => weight >= wanted).sort((a, b) => a - b);
  const [middle] = bolder.filter((weight) => wanted >= 400 && weight <= 500);
  const preferred = wanted <= 500 ? [...lighter, ...bolder] : [...bolder, ...lighter];
  return middle ?? preferred[0] ?? wanted;
}

/**
 * The font files for a look, in the order in which they are asked for a character: the family itself, then the
 * families of other scripts.
 *
 * @param weight - 100..900
 */
export function fontSources(family: FontFamily, weight: number, italic: boolean): readonly FontSource[] {
  const names = [...FAMILY_PACKAGES[family], ...FALLBACK_PACKAGES, ...OPTIONAL_PACKAGES];
  const sources: FontSource[] = [];
  for (const name of names) {
    const pack = packageOf(name);
    if (!pack) continue;
    const style = italic && pack.hasItalic ? 'italic' : 'normal';
    for (const [subset, ranges] of pack.subsets) {
      const file = `${name}-${subset}-${matchWeight(pack.weights, weight)}-${style}.woff`;
      if (pack.files.has(file)) {
        sources.push({ file: join(pack.folder, file), ranges, slanted: italic && !pack.hasItalic });
      }
    }
  }
  return sources;
}
