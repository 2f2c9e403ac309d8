/** Places in the palette that every canvas begins with (`documents/canvas/default-palette.ts`). */
const SKY = [20, 21, 24, 27, 28, 31, 9, 10];
const SEA = [17, 18, 15, 19];
const HILLS = [23, 20, 14];
const WHITE = 0;
const BLACK = 4;
const SUN = 10;

/** Thresholds of ordered dithering, 4 × 4 (Bayer 1973). */
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** Small pictures of several hands: a letter is a place in the palette, a dot is left as it is. */
const SPRITES: readonly {
  readonly colors: Readonly<Record<string, number>>;
  readonly rows: readonly string[];
}[] = [
  {
    colors: { r: 6, p: 28, k: BLACK },
    rows: [
      '..kkk...kkk..',
      '.krrrk.krrrk.',
      'krpprrkrrrrrk',
      'krprrrrrrrrrk',
      'krrrrrrrrrrrk',
      '.krrrrrrrrrk.',
      '..krrrrrrrk..',
      '...krrrrrk...',
      '....krrrk....',
      '.....krk.....',
      '......k......',
    ],
  },
  {
    colors: { r: 6, w: WHITE, k: BLACK, s: 10 },
    rows: [
      '....kkkkk....',
      '..kkrrwwwkk..',
      '.krrrrwwwrrk.',
      '.kwwrrrrrrrk.',
      'kwwwwrrrrwwrk',
      'kwwwwrrrwwwwk',
      'krwwrrrrrwwrk',
      'kkkkkkkkkkkkk',
      '.kksskskssk..',
      '..kssssssk...',
      '...kkkkkk....',
    ],
  },
  {
    colors: { b: 18, w: WHITE, k: BLACK },
    rows: [
      '....bbbbb....',
      '..bbbbbbbbb..',
      '.bwwbbbwwbbb.',
      '.wwwwbwwwwbb.',
      '.wkkwbwkkwbb.',
      'bwkkwbwkkwbbb',
      'bbwwbbbwwbbbb',
      'bbbbbbbbbbbbb',
      'bbbbbbbbbbbbb',
      'bb.bbb.bbb.bb',
      'b...b...b...b',
    ],
  },
  {
    colors: { y: 9, k: BLACK, o: 8 },
    rows: [
      '...kkkkkk...',
      '..kyyyyyyk..',
      '.kyyyyyyyyk.',
      'kyykyyyykyyk',
      'kyykyyyykyyk',
      'kyyyyyyyyyyk',
      'kykyyyyyykyk',
      '.kykkkkkkyk.',
      '..kyyooyyk..',
      '...kkkkkk...',
    ],
  },
];

const LETTERS: Readonly<Record<string, readonly string[]>> = {
  T: ['#####', '..#..', '..#..', '..#..', '..#..'],
  R: ['####.', '#...#', '####.', '#..#.', '#...#'],
  O: ['.###.', '#...#', '#...#', '#...#', '.###.'],
  U: ['#...#', '#...#', '#...#', '#...#', '.###.'],
  P: ['####.', '#...#', '####.', '#....', '#....'],
  E: ['#####', '#....', '####.', '#....', '#####'],
};

/**
 * A picture as a crowd paints one: a dithered evening over the sea, a word, and what some people left in it.
 *
 * @returns places in the default palette, row by row
 */
export function paintArt(width: number, height: number): Uint8Array {
  const art = new Uint8Array(width * height);
  const set = (x: number, y: number, color: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) art[y * width + x] = color;
  };
  const horizon = Math.round(height * 0.62);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) set(x, y, y < horizon ? sky(x, y, horizon) : sea(x, y, horizon, height));
  }
  disc(width * 0.64, horizon * 0.72, width * 0.11, set);
  hills(width, horizon, set);
  word('TROUPE', Math.round(width * 0.08), Math.round(height * 0.12), Math.round(width / 75), set);
  for (let at = 0; at < 14; at++) {
    const sprite = SPRITES[at % SPRITES.length];
    if (sprite === undefined) continue;
    const size = 2 + (at % 3) * 2;
    const x = Math.round(((at * 0.377 + 0.06) % 0.92) * width);
    const y = Math.round(height * (0.68 + 0.26 * ((at * 0.619) % 1)));
    sprite.rows.forEach((row, dy) => {
      [...row].forEach((letter, dx) => {
        const color = sprite.colors[letter];
        if (color !== undefined) square(x + dx * size, y + dy * size, size, color, set);
      });
    });
  }
  return art;
}

type SetPixel = (x: number, y: number, color: number) => void;

/** One of the two colours that a place between them lies at, by the pixel's threshold. */
function dither(colors: readonly number[], share: number, x: number, y: number): number {
  const place = Math.max(0, Math.min(0.9999, share)) * (colors.length - 1);
  const threshold = ((BAYER[(y % 4) * 4 + (x % 4)] ?? 0) + 0.5) / 16;
  return colors[Math.floor(place) + (place % 1 > threshold ? 1 : 0)] ?? WHITE;
}

const sky = (x: number, y: number, horizon: number): number => dither(SKY, (y / horizon) ** 1.2, x, y);

function sea(x: number, y: number, horizon: number, height: number): number {
  const depth = (y - horizon) / (height - horizon);
  const wave = Math.sin(x / (6 + 40 * depth) + Math.sin(y * 0.7) * 3) * 0.5 + Math.sin(y * 1.3 + x / 90);
  return wave > 1.05 ? 19 : dither(SEA, 0.85 - depth * 0.85, x, y);
}

function disc(cx: number, cy: number, radius: number, set: SetPixel): void {
  for (let y = -radius; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++) {
      const isCut = y > 0 && Math.round(y) % Math.round(radius / 5) < y / 12;
      if (x * x + y * y <= radius * radius && !isCut) set(Math.round(cx + x), Math.round(cy + y), SUN);
    }
  }
}

function hills(width: number, horizon: number, set: SetPixel): void {
  HILLS.forEach((color, layer) => {
    for (let x = 0; x < width; x++) {
      const t = x / width + layer * 0.37;
      const rise = 0.5 + 0.28 * Math.sin(t * 7.1) + 0.16 * Math.sin(t * 17.3) + 0.06 * Math.sin(t * 53);
      const top = horizon - Math.round(rise * horizon * (0.26 - layer * 0.07));
      for (let y = top; y < horizon; y++) set(x, y, (x + y) % 7 === 0 && y > top + 6 ? BLACK : color);
    }
  });
}

function word(text: string, left: number, top: number, size: number, set: SetPixel): void {
  [...text].forEach((letter, at) => {
    (LETTERS[letter] ?? []).forEach((row, dy) => {
      [...row].forEach((mark, dx) => {
        if (mark !== '#') return;
        const x = left + (at * 6 + dx) * size;
        square(x + 4, top + dy * size + 4, size, BLACK, set);
        square(x, top + dy * size, size, WHITE, set);
      });
    });
  });
}

function square(left: number, top: number, size: number, color: number, set: SetPixel): void {
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) set(left + x, top + y, color);
}
