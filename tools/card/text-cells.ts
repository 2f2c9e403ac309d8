import { type CardCell, cell, type Mark, text, turned } from './card-cell.ts';

const FAMILIES = ['sans-serif', 'serif', 'monospace'] as const;
const PANGRAM = 'The quick brown fox jumps over the lazy dog.';

/** Lines of text below each other, each with a style of its own. */
const rows = (
  content: (index: number) => string,
  styles: readonly Mark['style'][],
  step = 26,
  x = 10,
): Mark[] => styles.map((style, i) => text(content(i), { x, y: 4 + i * step }, style));

const page = (content: string, style?: Mark['style']): Mark[] => [
  text(content, { x: 10, y: 6, width: 140 }, style),
];

export const TEXT_CELLS: readonly CardCell[] = [
  cell('text-plain', [text('Annotation', { x: 10, y: 20 })]),
  cell(
    'text-sizes',
    [8, 11, 14, 20, 30].map((font_size, i) =>
      text('Hamburg 42', { x: 8, y: [2, 16, 34, 56, 84][i] ?? 0 }, { font_size }),
    ),
  ),
  cell('text-huge', [text('Rg', { x: 8, y: -20 }, { font_size: 120 })]),
  cell('text-largest', [text('&', { x: -150, y: -330 }, { font_size: 512, color: '#1864ab' })]),
  ...[0, 1, 2].map((third) =>
    cell(
      `text-weights-${third + 1}`,
      rows(
        (i) => `Weight ${(third * 3 + i + 1) * 100}`,
        [0, 1, 2].map((i) => ({ font_size: 24, font_weight: (third * 3 + i + 1) * 100 })),
        38,
      ),
    ),
  ),
  cell(
    'text-weights-between',
    rows(
      (i) => `Weight ${[350, 450, 550, 'bold'][i]}`,
      [350, 450, 550, 'bold'].map((font_weight) => ({ font_size: 20, font_weight })),
      28,
    ),
  ),
  ...FAMILIES.map((font_family) =>
    cell(
      `text-${font_family}`,
      rows(
        (i) => ['Regular fi', 'Italic Qg', 'Bold & 7', 'Both at1'][i] ?? '',
        [
          {},
          { font_style: 'italic' },
          { font_weight: 'bold' },
          { font_style: 'oblique', font_weight: 700 },
        ].map((style) => ({ font_size: 20, font_family, ...style })),
        28,
      ),
    ),
  ),
  cell(
    'text-family-lists',
    rows(
      (i) => ['Georgia, serif', 'Menlo', 'Unknown One', 'Arial'][i] ?? '',
      ['Georgia, serif', 'Menlo, monospace', '"Unknown One"', "'Helvetica Neue', Arial"].map(
        (font_family) => ({
          font_size: 18,
          font_family,
        }),
      ),
    ),
  ),
  cell('text-colour', [
    text('Colour', { x: 10, y: 5 }, { font_size: 28, color: '#e03131' }),
    text('Alpha', { x: 10, y: 40 }, { font_size: 28, color: 'rgba(0, 0, 255, 0.4)' }),
    text('Opacity', { x: 10, y: 75 }, { font_size: 28, opacity: 0.4 }),
  ]),
  cell('text-on-transparent', [text('Clear', { x: 10, y: 20 }, { font_size: 50, opacity: 0.6 })], {
    background: 'transparent',
  }),
  cell('text-wrap', page(PANGRAM, { font_size: 18 })),
  cell('text-wrap-narrow', [text(PANGRAM, { x: 10, y: 2, width: 48 }, { font_size: 11 })]),
  ...(['left', 'center', 'right'] as const).flatMap((text_align) => [
    cell(
      `text-wrap-${text_align}`,
      page('Lines that wrap are aligned in their width', { font_size: 17, text_align }),
    ),
    cell(`text-hang-${text_align}`, [
      text('hangs\non its x', { x: 80, y: 20 }, { font_size: 22, text_align }),
    ]),
  ]),
  cell('text-line-ends', [text('one\ntwo\r\n\nfour', { x: 10, y: 4 }, { font_size: 18 })]),
  cell('text-line-height', [
    text('tight\nlines', { x: 5, y: 5 }, { font_size: 18, line_height: 0.8 }),
    text('wide\nlines', { x: 60, y: 5 }, { font_size: 18, line_height: 2 }),
    text('half\nlines', { x: 110, y: 60 }, { font_size: 18, line_height: 0.5 }),
  ]),
  cell('text-height-does-not-clip', [
    text('three\nlines of\ntext', { x: 10, y: 8, width: 120, height: 20 }, { font_size: 22 }),
  ]),
  cell('text-long-word', page('Donaudampfschifffahrtsgesellschaft', { font_size: 18 })),
  cell(
    'text-long-word-after-others',
    page('see https://example.org/a/very/long/path?with=query', { font_size: 15 }),
  ),
  cell('text-spaces', page('two  spaces   three trailing   ', { font_size: 17, text_align: 'right' })),
  cell('text-no-break-space', page('100 km on the road 20 kg', { font_size: 19 })),
  cell('text-soft-hyphens', [
    text('Zusammen\u00adgehörig\u00adkeits\u00adgefühl', { x: 10, y: 6, width: 120 }, { font_size: 18 }),
  ]),
  cell('text-hyphens', page('well-known e-mail soft\u00adhyphen en–dash em—dash', { font_size: 17 })),
  cell('text-kerning', [
    text('AVATAR To', { x: 6, y: 5 }, { font_size: 28 }),
    text('Wave LT Yo', { x: 6, y: 60 }, { font_size: 28, font_family: 'serif' }),
  ]),
  cell('text-ligatures', [
    text('office fluffi', { x: 6, y: 5 }, { font_size: 26 }),
    text('office fluffi', { x: 6, y: 60 }, { font_size: 26, font_family: 'serif' }),
  ]),
  cell('text-accents', page('Źdźbło ñandú e\u0301 n\u0303 q\u0301 Tiếng Việt Ångström', { font_size: 20 })),
  cell('text-greek', page('Η γρήγορη καφέ αλεπού πηδάει', { font_size: 18 })),
  cell('text-cyrillic', page('Съешь ещё этих мягких французских булок', { font_size: 17 })),
  cell(
    'text-cyrillic-serif',
    page('Съешь ещё этих мягких', { font_size: 20, font_family: 'serif', font_style: 'italic' }),
  ),
  cell('text-hebrew', page('עטלף אבק נס דרך מזגן שהתפוצץ', { font_size: 20 })),
  cell('text-hebrew-points', page('שָׁלוֹם עֲלֵיכֶם', { font_size: 26 })),
  cell('text-arabic', page('نص حكيم له سر قاطع وذو شأن عظيم', { font_size: 20 })),
  cell('text-arabic-marks', page('بِسْمِ اللّٰهِ', { font_size: 30 })),
  cell('text-arabic-right', page('مرحبا بالعالم', { font_size: 24, text_align: 'right' })),
  cell('text-devanagari', page('ऋषियों को सताने वाले दुष्ट राक्षस', { font_size: 20 })),
  cell('text-devanagari-bold', page('हिन्दी क्षत्रिय', { font_size: 30, font_weight: 700 })),
  cell('text-bidi', page('Hello שלום (world) 123 مرحبا end', { font_size: 20 })),
  cell('text-bidi-rtl-first', page('שלום Hello (123) עולם, and more', { font_size: 20 })),
  cell('text-bidi-numbers', page('رقم 12.5 و 30% ثم ABC 99', { font_size: 20 })),
  cell('text-bidi-paragraphs', [
    text('left to right\nמימין לשמאל!\nleft again!', { x: 10, y: 10, width: 140 }, { font_size: 18 }),
  ]),
  cell('text-symbols', page('→ ✓ ★ ∑ √ ≤ ∞ ☐ ⚠', { font_size: 24 })),
  cell('text-symbols-serif', page('a→b ≠ ∂x ✗ “quotes” …', { font_size: 22, font_family: 'serif' })),
  cell('text-mono-box-drawing', page('┌─┐ if (a) {\n└─┘   b();\n}', { font_size: 16, font_family: 'mono' })),
  ...FAMILIES.map((font_family) =>
    cell(`text-missing-${font_family}`, [
      text('A\u{E000}B \u{10FFFD}', { x: 10, y: 20 }, { font_size: 36, font_family }),
    ]),
  ),
  cell(
    'text-missing-wraps',
    page('\u{E000}\u{E001}\u{E002}\u{E003}\u{E004} \u{E005}\u{E006}\u{E007}', { font_size: 26 }),
  ),
  cell('text-zero-width', page('a\u200db\u200cc\u2060d\u200be\ufefff', { font_size: 30 })),
  cell('text-digits', page('0123456789 +−×÷= €$£¥ ½ ¾ ²', { font_size: 22 })),
  ...[30, 90, 180, -45].map((rotation) =>
    cell(`text-rotated-${rotation}`, [
      turned(text('Rotated text', { x: 30, y: 40, width: 100, height: 40 }, { font_size: 20 }), rotation),
    ]),
  ),
  cell('text-rotated-hanging', [
    turned(text('hangs here', { x: 80, y: 45 }, { font_size: 20, text_align: 'center' }), 20),
    turned(text('right', { x: 150, y: 80 }, { font_size: 20, text_align: 'right' }), -35),
  ]),
];
