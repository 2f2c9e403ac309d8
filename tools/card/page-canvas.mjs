// What all that is drawn on the test card needs of a canvas: fonts, colours, layers, turns.

const STACKS = {
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
const SERIFS = ['serif', 'georgia', 'times', 'times new roman', 'noto serif'];
const MONOS = ['monospace', 'mono', 'menlo', 'courier', 'courier new', 'consolas', 'noto sans mono'];
const SANS = ['sans-serif', 'sans', 'arial', 'helvetica', 'noto sans'];

export const newCanvas = (width, height) => {
  const canvas = new OffscreenCanvas(width, height);
  return [canvas, canvas.getContext('2d', { willReadFrequently: true })];
};

function stackOf(families = '') {
  for (const name of families.toLowerCase().split(',')) {
    const plain = name.trim().replaceAll(/["']/g, '');
    if (SERIFS.includes(plain)) return STACKS.serif;
    if (MONOS.includes(plain)) return STACKS.mono;
    if (SANS.includes(plain)) return STACKS.sans;
  }
  return STACKS.sans;
}

export const fontOf = (style, size) => {
  const families = [...stackOf(style.font_family), ...OTHER_SCRIPTS].map((name) => `"${name}"`).join(', ');
  return `${style.font_style ?? 'normal'} ${style.font_weight ?? 400} ${size}px ${families}`;
};

/** A colour with its alpha taken out: `[opaque colour, alpha]`. */
export function splitAlpha(color) {
  const [, ctx] = newCanvas(1, 1);
  ctx.fillStyle = color;
  const parts = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(ctx.fillStyle);
  return parts ? [`rgb(${parts[1]}, ${parts[2]}, ${parts[3]})`, Number(parts[4])] : [ctx.fillStyle, 1];
}

/** Draws on a layer of its own that is laid down with one opacity. */
export function layered(ctx, opacity, draw) {
  if (opacity === 1) return draw(ctx);
  const [canvas, layer] = newCanvas(ctx.canvas.width, ctx.canvas.height);
  layer.setTransform(ctx.getTransform());
  draw(layer);
  ctx.save();
  ctx.resetTransform();
  ctx.globalAlpha = opacity;
  ctx.drawImage(canvas, 0, 0);
  ctx.restore();
}

export function turn(ctx, x, y, width, height, rotation = 0) {
  ctx.translate(x + width / 2, y + height / 2);
  ctx.rotate((rotation * Math.PI) / 180);
  ctx.translate(-x - width / 2, -y - height / 2);
}
