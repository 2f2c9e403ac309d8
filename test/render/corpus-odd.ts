import { deflateSync } from 'node:zlib';
import { blockJpeg, SUBSAMPLING, tiffOrientation, turboJpeg, withOrientation } from './jpeg-fixture.ts';
import { makePng, PNG_MAGIC, type PngRecipe, pngChunk, pngHeader, rawRows } from './png-fixture.ts';

/** An odd picture that is to be decoded. */
export interface OddPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const KINDS: readonly (readonly [PngRecipe['color'], readonly number[]])[] = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
];

/** Soft slopes with some edges, so that every filter and every bit matters. */
function recipe(color: PngRecipe['color'], depth: number, more: Partial<PngRecipe> = {}): PngRecipe {
  const levels = 2 ** depth;
  const sample = (x: number, y: number): number[] =>
    Array.from({ length: CHANNELS[color] }, (_, channel) => {
      const level = (x * (3 + channel) + y * 5 + (x > 9 ? 90 : 0)) / 255;
      return Math.floor((level % 1) * levels);
    });
  return {
    width: 21,
    height: 17,
    depth,
    color,
    filter: (row) => row % 5,
    sample,
    ...(color === 3 && {
      palette: Array.from({ length: 3 * levels }, (_, i) => (i * 37 + 11) % 256),
      transparency: [0, 255, 128],
    }),
    ...more,
  };
}

const rgb = recipe(2, 8);

/** A PNG whose compressed pixels are cut into chunks of `size` bytes, with an empty one between them. */
function inManyChunks(size: number): Buffer {
  const packed = deflateSync(rawRows(rgb));
  const chunks = [PNG_MAGIC, pngHeader(rgb)];
  for (let at = 0; at < packed.length; at += size) {
    chunks.push(pngChunk('IDAT', packed.subarray(at, at + size)), pngChunk('IDAT', new Uint8Array()));
  }
  return Buffer.concat([...chunks, pngChunk('IEND', new Uint8Array())]);
}

const frameControl = (sequence: number): Buffer => {
  const payload = Buffer.alloc(26);
  payload.writeUInt32BE(sequence, 0);
  payload.writeUInt32BE(rgb.width, 4);
  payload.writeUInt32BE(rgb.height, 8);
  payload.writeUInt16BE(1, 20);
  payload.writeUInt16BE(10, 22);
  return pngChunk('fcTL', payload);
};

/** An APNG of two frames; the second one is black. */
function animated(): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  const second = deflateSync(new Uint8Array(rawRows(rgb).length));
  return Buffer.concat([
    PNG_MAGIC,
    pngHeader(rgb),
    pngChunk('acTL', control),
    frameControl(0),
    pngChunk('IDAT', deflateSync(rawRows(rgb))),
    frameControl(1),
    pngChunk('fdAT', Buffer.concat([Buffer.of(0, 0, 0, 2), second])),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

/** A PNG with a chunk more, before its pixels. */
const withChunk = (type: string, payload: Uint8Array): Buffer => {
  const png = makePng(rgb);
  const at = PNG_MAGIC.length + pngHeader(rgb).length;
  return Buffer.concat([png.subarray(0, at), pngChunk(type, payload), png.subarray(at)]);
};

function oddPngs(): OddPicture[] {
  const pictures: OddPicture[] = [];
  for (const [color, depths] of KINDS) {
    for (const depth of depths) {
      for (const interlaced of [false, true]) {
        const name = `PNG, colour type ${color}, ${depth} bits${interlaced ? ', interlaced' : ''}`;
        pictures.push({ name, bytes: makePng(recipe(color, depth, { interlaced })) });
      }
    }
  }
  // Adam7 leaves passes empty where a side is short.
  for (let side = 1; side <= 9; side++) {
    for (const [width, height] of [
      [side, 1],
      [1, side],
      [side, side],
    ] as const) {
      const name = `interlaced PNG of ${width} × ${height}`;
      pictures.push({ name, bytes: makePng(recipe(2, 8, { interlaced: true, width, height })) });
    }
  }
  return [
    ...pictures,
    { name: 'grey PNG of 2 bits with tRNS', bytes: makePng(recipe(0, 2, { transparency: [0, 1] })) },
    { name: 'grey PNG of 16 bits with tRNS', bytes: makePng(recipe(0, 16, { transparency: [0, 0] })) },
    { name: 'RGB PNG with tRNS', bytes: makePng(recipe(2, 8, { transparency: [0, 0, 0, 0, 0, 0] })) },
    { name: 'palette PNG without tRNS', bytes: makePng(recipe(3, 4, { transparency: [] })) },
    { name: 'PNG in chunks of one byte', bytes: inManyChunks(1) },
    { name: 'PNG in chunks of 100 bytes', bytes: inManyChunks(100) },
    { name: 'PNG with bytes behind its end', bytes: Buffer.concat([makePng(rgb), Buffer.alloc(999, 7)]) },
    { name: 'PNG with a text chunk', bytes: withChunk('tEXt', Buffer.from('Comment\0hello')) },
    { name: 'PNG with a chunk nobody knows', bytes: withChunk('prVt', Buffer.alloc(10)) },
    { name: 'PNG with a palette it has no use for', bytes: withChunk('PLTE', Buffer.alloc(6)) },
    { name: 'PNG with eXIf of orientation 6', bytes: withChunk('eXIf', tiffOrientation(6)) },
    { name: 'APNG', bytes: animated() },
  ];
}

/** Sides that are no multiples of a block, and edges that subsampling softens. */
const photo = (x: number, y: number): readonly number[] => [
  (x * 5) & 255,
  (y * 7) & 255,
  x + y > 40 ? 220 : 40,
];

const patches = (column: number, row: number): readonly number[] => [
  60 + column * 40,
  90 + row * 30,
  200 - column * 20,
];
const inks = (column: number, row: number): readonly number[] => [
  255 - column * 50,
  120 + row * 40,
  40 + column * 60,
  255 - row * 70,
];
const grid = { columns: 4, rows: 3 } as const;

async function oddJpegs(): Promise<OddPicture[]> {
  const picture = { width: 45, height: 27, color: photo };
  const plain = await turboJpeg(picture);
  const pictures: OddPicture[] = [];
  for (const subsampling of Object.keys(SUBSAMPLING) as (keyof typeof SUBSAMPLING)[]) {
    for (const progressive of [false, true]) {
      const name = `${progressive ? 'progressive' : 'baseline'} JPEG, ${subsampling}`;
      pictures.push({ name, bytes: await turboJpeg({ ...picture, subsampling, progressive }) });
    }
  }
  for (let orientation = 1; orientation <= 8; orientation++) {
    for (const little of [true, false]) {
      const name = `JPEG, EXIF orientation ${orientation}, ${little ? 'little' : 'big'}-endian`;
      pictures.push({ name, bytes: withOrientation(plain, orientation, little) });
    }
  }
  const comment = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xff, 0xff, 0xfe, 0, 6), Buffer.from('note')]);
  return [
    ...pictures,
    { name: 'JPEG of one pixel', bytes: await turboJpeg({ width: 1, height: 1, color: photo }) },
    { name: 'JPEG of quality 1', bytes: await turboJpeg({ ...picture, quality: 1 }) },
    { name: 'JPEG with bytes behind its end', bytes: Buffer.concat([plain, Buffer.alloc(999, 7)]) },
    { name: 'JPEG with a comment and fill bytes', bytes: Buffer.concat([comment, plain.subarray(2)]) },
    { name: 'grey JPEG of blocks', bytes: blockJpeg({ ...grid, levels: (x, y) => [20 + x * 50 + y * 30] }) },
    { name: 'YCbCr JPEG of blocks', bytes: blockJpeg({ ...grid, levels: patches }) },
    { name: 'JPEG in three scans', bytes: blockJpeg({ ...grid, levels: patches, separateScans: true }) },
    {
      name: 'JPEG restarting at each block',
      bytes: blockJpeg({ ...grid, levels: patches, restartInterval: 1 }),
    },
    {
      name: 'JPEG restarting at each row',
      bytes: blockJpeg({ ...grid, levels: patches, restartInterval: 4 }),
    },
    { name: 'RGB JPEG, as Adobe tells it', bytes: blockJpeg({ ...grid, levels: patches, adobe: 0 }) },
    { name: 'RGB JPEG, by its ids', bytes: blockJpeg({ ...grid, levels: patches, ids: [82, 71, 66] }) },
    { name: 'CMYK JPEG, as Adobe stores it', bytes: blockJpeg({ ...grid, levels: inks, adobe: 0 }) },
    { name: 'YCCK JPEG', bytes: blockJpeg({ ...grid, levels: inks, adobe: 2 }) },
    { name: 'CMYK JPEG without a word of Adobe', bytes: blockJpeg({ ...grid, levels: inks }) },
    {
      name: 'CMYK JPEG with restarts',
      bytes: blockJpeg({ ...grid, levels: inks, adobe: 0, restartInterval: 3 }),
    },
  ];
}

/** Pictures of every kind that a browser shows. */
export const oddPictures = async (): Promise<readonly OddPicture[]> => [...oddPngs(), ...(await oddJpegs())];
