import type { CanvasInfo } from '../../protocol/canvas-messages.ts';
import { PIXEL_BYTES, setPixel } from '../../protocol/canvas-pixels.ts';
import type { CanvasPixelUpdate } from '../../protocol/canvas-socket.ts';
import { Problem } from '../../protocol/problem.ts';

type Paper = Pick<CanvasInfo, 'width' | 'height' | 'palette' | 'background'>;
type Color = number | string | undefined;

/**
 * The pixels of a `pixel:update`, packed, in its order.
 *
 * @throws Problem `bad_message`; `out_of_bounds` or `bad_color` with `x` and `y` of the first pixel that offends
 */
export function paintedPixels(message: CanvasPixelUpdate, paper: Paper): Uint8Array {
  const colorOf = message.tool === 'eraser' ? () => paper.background : brushOf(paper);
  const pixels = listOf(message);
  const packed = new Uint8Array(pixels.length * PIXEL_BYTES);
  for (const [n, { x, y, color, where }] of pixels.entries()) {
    if (!Number.isInteger(x) || !Number.isInteger(y)) {
      throw new Problem('bad_message', `${where} must have whole numbers for x and y.`);
    }
    const place = { extra: { x, y } };
    if (x < 0 || y < 0 || x >= paper.width || y >= paper.height) {
      throw new Problem('out_of_bounds', `(${x}, ${y}) is not on the canvas.`, place);
    }
    if (message.tool !== 'eraser' && (color === undefined || isFraction(color))) {
      throw new Problem('bad_message', `${where} must have a color: an index of the palette or #rrggbb.`);
    }
    const index = colorOf(color);
    if (index === undefined) {
      throw new Problem('bad_color', `There is no colour ${color} in the palette.`, place);
    }
    setPixel(packed, n, y * paper.width + x, index);
  }
  return packed;
}

interface Painted {
  readonly x: number;
  readonly y: number;
  readonly color: Color;
  /** How an error names it. */
  readonly where: string;
}

function listOf({ x, y, color, pixels }: CanvasPixelUpdate): readonly Painted[] {
  const isOne = x !== undefined && y !== undefined;
  if (pixels === undefined) {
    if (!isOne) throw new Problem('bad_message', 'There must be x and y, or pixels.');
    return [{ x, y, color, where: 'pixel:update' }];
  }
  if (x !== undefined || y !== undefined || color !== undefined) {
    throw new Problem('bad_message', 'There must be x, y and color, or pixels, not both.');
  }
  return pixels.map(([px, py, pixelColor], n) => ({
    // What is no number is found to be no whole one.
    x: typeof px === 'number' ? px : Number.NaN,
    y: typeof py === 'number' ? py : Number.NaN,
    color: pixelColor,
    where: `pixels.${n}`,
  }));
}

/** Of a colour as clients write it, its index. */
function brushOf({ palette }: Paper): (color: Color) => number | undefined {
  let indices: ReadonlyMap<string, number> | undefined;
  return (color) => {
    if (typeof color === 'number') return color >= 0 && color < palette.length ? color : undefined;
    indices ??= new Map(palette.map((known, index) => [known, index]));
    return color === undefined ? undefined : indices.get(color.toLowerCase());
  };
}

const isFraction = (color: Color): boolean => typeof color === 'number' && !Number.isInteger(color);
