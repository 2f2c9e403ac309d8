/** The looks a text can ask for; every `font_family` leads to one of them. */
export type FontFamily = 'sans' | 'serif' | 'mono';

/** Names that people give to the three looks; anything else is sans. */
const FAMILY_NAMES: ReadonlyMap<string, FontFamily> = new Map<string, FontFamily>(
  Object.entries({
    sans: 'sans',
    'sans-serif': 'sans',
    'system-ui': 'sans',
    'ui-sans-serif': 'sans',
    arial: 'sans',
    helvetica: 'sans',
    'noto sans': 'sans',
    serif: 'serif',
    'ui-serif': 'serif',
    georgia: 'serif',
    times: 'serif',
    'times new roman': 'serif',
    'noto serif': 'serif',
    mono: 'mono',
    monospace: 'mono',
    'ui-monospace': 'mono',
    courier: 'mono',
    'courier new': 'mono',
    consolas: 'mono',
    menlo: 'mono',
    'noto sans mono': 'mono',
  } as const),
);

/** The look that a CSS `font-family` list leads to: its first name that is known, else sans. */
export function parseFamily(list: string): FontFamily {
  for (const name of list.split(',')) {
    const plain = name.trim().replace(/^["']|["']$/g, '');
    const family = FAMILY_NAMES.get(plain.toLowerCase());
    if (family) return family;
  }
  return 'sans';
}
