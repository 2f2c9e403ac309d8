import { parseColor } from '../../../protocol/color.ts';

export interface Swatch {
  readonly name: string;
  readonly color: string;
}

/** What most people take; any other by the colour field. */
export const INKS: readonly Swatch[] = [
  { name: 'Black', color: '#1e1e1e' },
  { name: 'Red', color: '#e03131' },
  { name: 'Orange', color: '#e8590c' },
  { name: 'Yellow', color: '#f2b705' },
  { name: 'Green', color: '#2f9e44' },
  { name: 'Teal', color: '#0c8599' },
  { name: 'Blue', color: '#1971c2' },
  { name: 'Violet', color: '#6741d9' },
  { name: 'Pink', color: '#c2255c' },
  { name: 'White', color: '#ffffff' },
];

/** The same as a veil, through which the picture is seen. */
export const VEILS: readonly Swatch[] = INKS.map(({ name, color }) => {
  const { r, g, b } = parseColor(color) ?? { r: 0, g: 0, b: 0 };
  return { name: `${name}, translucent`, color: `rgba(${r}, ${g}, ${b}, 0.25)` };
});

/** As the platform's colour field takes it: without its alpha. */
export function hexOf(color: string): string {
  const { r, g, b } = parseColor(color) ?? { r: 0, g: 0, b: 0 };
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Two notations of one colour are the same. */
export function isSameColor(a: string | undefined, b: string): boolean {
  const [one, other] = [a === undefined ? undefined : parseColor(a), parseColor(b)];
  if (one === undefined || other === undefined) return false;
  if (one.a === 0 && other.a === 0) return true;
  return one.r === other.r && one.g === other.g && one.b === other.b && Math.abs(one.a - other.a) < 0.01;
}
