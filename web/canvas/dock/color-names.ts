import { rgbOf } from '../view/palette-lookup.ts';

/** Plain English names; of the colours that people have words for, a few shades each. */
const NAMED: readonly (readonly [name: string, color: string])[] = [
  ['White', '#ffffff'],
  ['Ivory', '#fffbe6'],
  ['Light grey', '#d3d3d6'],
  ['Silver', '#b4b7ba'],
  ['Grey', '#87898c'],
  ['Dark grey', '#505254'],
  ['Charcoal', '#2d2f31'],
  ['Black', '#000000'],
  ['Maroon', '#6d001a'],
  ['Dark red', '#960014'],
  ['Crimson', '#be0039'],
  ['Red', '#e8101a'],
  ['Coral', '#ff7a66'],
  ['Salmon', '#fda08a'],
  ['Vermilion', '#ff4500'],
  ['Orange', '#ff8c00'],
  ['Amber', '#ffa800'],
  ['Peach', '#ffb470'],
  ['Apricot', '#ffd0a0'],
  ['Gold', '#e0b000'],
  ['Yellow', '#ffd635'],
  ['Bright yellow', '#fff200'],
  ['Pale yellow', '#fff8b8'],
  ['Mustard', '#b38f00'],
  ['Olive', '#6b6b00'],
  ['Dark olive', '#3d4010'],
  ['Lime', '#b8f000'],
  ['Light green', '#7eed56'],
  ['Pale green', '#b9f2b0'],
  ['Bright green', '#00e020'],
  ['Emerald', '#00cc78'],
  ['Green', '#0a9a2c'],
  ['Sea green', '#00a368'],
  ['Dark green', '#0b5a24'],
  ['Sage', '#8aa886'],
  ['Mint', '#a0f0d0'],
  ['Dark teal', '#00484a'],
  ['Teal', '#00756f'],
  ['Turquoise', '#00ccc0'],
  ['Dark cyan', '#009eaa'],
  ['Aqua', '#51e9f4'],
  ['Pale blue', '#c4e6ff'],
  ['Sky blue', '#3690ea'],
  ['Light blue', '#8cc4ff'],
  ['Steel blue', '#4c7396'],
  ['Blue', '#1040e0'],
  ['Royal blue', '#2450a4'],
  ['Dark blue', '#08206e'],
  ['Navy', '#0a1030'],
  ['Indigo', '#493ac1'],
  ['Periwinkle', '#6a5cff'],
  ['Lavender blue', '#94b3ff'],
  ['Lavender', '#d2c8f4'],
  ['Violet', '#7b2ff0'],
  ['Purple', '#811e9f'],
  ['Dark purple', '#401050'],
  ['Orchid', '#b44ac0'],
  ['Lilac', '#e4abff'],
  ['Magenta', '#f000e0'],
  ['Plum', '#8c3c78'],
  ['Raspberry', '#de107f'],
  ['Hot pink', '#ff3881'],
  ['Pink', '#ff99aa'],
  ['Pale pink', '#ffd4dc'],
  ['Dark brown', '#45220f'],
  ['Brown', '#6d482f'],
  ['Sienna', '#9c4a1c'],
  ['Light brown', '#9c6926'],
  ['Tan', '#c8a070'],
  ['Beige', '#efe0c0'],
];

type Lab = readonly [lightness: number, a: number, b: number];

/** Linear light of an sRGB byte. */
const linear = (byte: number): number => {
  const part = byte / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

/** Oklab, in which distances are about as large as people see them. https://bottosson.github.io/posts/oklab/ */
export function oklabOf(color: string): Lab {
  const [red, green, blue] = rgbOf(color).map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const NAMED_LABS = NAMED.map(([name, color]) => [name, oklabOf(color)] as const);

const squaredDistance = (one: Lab, other: Lab): number =>
  (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;

/** What people would call a colour. @param color `#rrggbb` */
export function nameOfColor(color: string): string {
  const lab = oklabOf(color);
  let [best, least] = ['', Number.POSITIVE_INFINITY];
  for (const [name, other] of NAMED_LABS) {
    const distance = squaredDistance(lab, other);
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** A name for each colour of a palette, each different: of several that are called the same, later ones get a number. */
export function namesOfPalette(palette: readonly string[]): readonly string[] {
  const uses = new Map<string, number>();
  return palette.map((color) => {
    const name = nameOfColor(color);
    const use = (uses.get(name) ?? 0) + 1;
    uses.set(name, use);
    return use === 1 ? name : `${name} ${use}`;
  });
}
