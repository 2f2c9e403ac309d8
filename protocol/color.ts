import { COLOR_NAMES } from './color-names.ts';

/** A colour in sRGB: `r`, `g`, `b` are whole numbers 0..255, `a` is 0..1. Not premultiplied. */
export interface Color {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** Longer than any sensible notation; bounds the work that a hostile style can ask for. */
const MAX_COLOR_LENGTH = 128;

const TRANSPARENT: Color = { r: 0, g: 0, b: 0, a: 0 };

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/;
const FUNCTION = /^(rgb|hsl)a?\(\s*([^()]*?)\s*\)$/;
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|grad|rad|turn)?$/;

const DEGREES_PER_UNIT: Readonly<Record<string, number>> = {
  '': 1,
  deg: 1,
  grad: 0.9,
  rad: 180 / Math.PI,
  turn: 360,
};

interface Component {
  readonly value: number;
  readonly unit: string;
}

const clamp = (value: number, high: number): number => (value > 0 ? Math.min(value, high) : 0);

const parseComponent = (text: string): Component | undefined => {
  const match = NUMBER.exec(text);
  const value = Number(match?.[1]);
  return match && Number.isFinite(value) ? { value, unit: match[2] ?? '' } : undefined;
};

/** Three components and perhaps an alpha, in the comma syntax of CSS 2 or the space syntax of CSS Color 4. */
function splitComponents(text: string): { parts: string[]; legacy: boolean } | undefined {
  if (text.includes(',')) {
    const parts = text.split(/\s*,\s*/);
    return (parts.length === 3 || parts.length === 4) && !text.includes('/')
      ? { parts, legacy: true }
      : undefined;
  }
  const sides = text.split(/\s*\/\s*/);
  const [colors = '', alpha] = sides;
  const parts = colors.split(/\s+/);
  if (parts.length !== 3 || sides.length > 2) return undefined;
  return { parts: alpha === undefined ? parts : [...parts, alpha], legacy: false };
}

function parseAlpha(component: Component | undefined): number | undefined {
  if (!component) return undefined;
  if (component.unit === '%') return clamp(component.value / 100, 1);
  return component.unit === '' ? clamp(component.value, 1) : undefined;
}

/** Byte of an `rgb()` component: a number 0..255 or a percentage; out of range is clamped, as CSS says. */
function parseChannel(component: Component): number | undefined {
  if (component.unit === '%') return Math.round(clamp((component.value * 255) / 100, 255));
  return component.unit === '' ? Math.round(clamp(component.value, 255)) : undefined;
}

/** The conversion of CSS Color 4, section 7.1; hue in degrees, saturation and lightness 0..1. */
function hslToRgb(hue: number, saturation: number, lightness: number): [number, number, number] {
  const turn = ((hue % 360) + 360) % 360;
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const k = (offset + turn / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

function parseHsl(components: readonly Component[], legacy: boolean, a: number): Color | undefined {
  const [hue, saturation, lightness] = components;
  const degrees = hue && DEGREES_PER_UNIT[hue.unit];
  if (!hue || !saturation || !lightness || degrees === undefined) return undefined;
  for (const { unit } of [saturation, lightness]) {
    if (unit !== '%' && (legacy || unit !== '')) return undefined;
  }
  const [r, g, b] = hslToRgb(
    hue.value * degrees,
    clamp(saturation.value / 100, 1),
    clamp(lightness.value / 100, 1),
  );
  return { r, g, b, a };
}

function parseRgb(components: readonly Component[], legacy: boolean, a: number): Color | undefined {
  const units = new Set(components.map((component) => component.unit));
  if (legacy && units.size > 1) return undefined;
  const [r, g, b] = components.map(parseChannel);
  return r === undefined || g === undefined || b === undefined ? undefined : { r, g, b, a };
}

function parseFunction(name: string, body: string): Color | undefined {
  const split = splitComponents(body);
  if (!split) return undefined;
  // The keyword `none` (a missing component) counts as zero and exists in the space syntax only.
  const parsed = split.parts.map((part) => parseComponent(!split.legacy && part === 'none' ? '0' : part));
  const components = parsed.slice(0, 3).filter((component) => component !== undefined);
  const a = parsed.length === 4 ? parseAlpha(parsed[3]) : 1;
  if (components.length !== 3 || a === undefined) return undefined;
  return name === 'rgb' ? parseRgb(components, split.legacy, a) : parseHsl(components, split.legacy, a);
}

function parseHex(text: string): Color {
  const digits = text.length < 6 ? text.slice(1).replace(/./g, '$&$&') : text.slice(1);
  const byte = (index: number): number => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  return { r: byte(0), g: byte(1), b: byte(2), a: digits.length === 8 ? byte(3) / 255 : 1 };
}

/**
 * Reads a CSS colour: `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `rgba()`, `hsl()`, `hsla()` with commas or
 * spaces, the named colours, `transparent`, and `none` (which is nothing painted: fully transparent). Letter case
 * and surrounding white space do not matter. Format: CSS Color Module Level 4.
 *
 * @returns `undefined` where the text is no such colour.
 */
export function parseColor(text: string): Color | undefined {
  if (text.length > MAX_COLOR_LENGTH) return undefined;
  const color = text.trim().toLowerCase();
  if (color === 'none' || color === 'transparent') return TRANSPARENT;
  if (HEX.test(color)) return parseHex(color);
  const named = COLOR_NAMES.get(color);
  if (named !== undefined) return { r: named >> 16, g: (named >> 8) & 255, b: named & 255, a: 1 };
  const call = FUNCTION.exec(color);
  return call ? parseFunction(call[1] ?? '', call[2] ?? '') : undefined;
}

/** Whether {@link parseColor} can read the text. */
export const isColor = (text: string): boolean => parseColor(text) !== undefined;
