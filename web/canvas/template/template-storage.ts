import { contextOf } from '../view/picture-buffer.ts';
import type { Point } from '../view/viewport.ts';

/** A template as it is kept in this browser, one for each canvas. */
export interface KeptTemplate {
  readonly name: string;
  readonly source: HTMLCanvasElement;
  readonly at: Point;
  readonly width: number;
  readonly opacity: number;
  readonly isVisible: boolean;
  readonly marksWrong: boolean;
}

const keyOf = (canvasId: string): string => `troupe.template.${canvasId}`;
/** `localStorage` has about 5 MB for everything. */
const MOST_LETTERS = 2_000_000;

/** @returns whether it is kept: a large picture is not */
export function writeTemplate(canvasId: string, template: KeptTemplate | undefined): boolean {
  localStorage.removeItem(keyOf(canvasId));
  if (template === undefined) return true;
  const { source, ...rest } = template;
  const text = JSON.stringify({ ...rest, image: source.toDataURL('image/png') });
  if (text.length > MOST_LETTERS) return false;
  try {
    localStorage.setItem(keyOf(canvasId), text);
    return true;
  } catch {
    return false;
  }
}

/** @returns `undefined` where there is none, or what is there cannot be read */
export async function readTemplate(canvasId: string): Promise<KeptTemplate | undefined> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(canvasId)) ?? 'null');
    if (!isKept(value)) return undefined;
    const { image, ...rest } = value;
    const element = new Image();
    element.src = image;
    await element.decode();
    const source = document.createElement('canvas');
    [source.width, source.height] = [element.naturalWidth, element.naturalHeight];
    contextOf(source).drawImage(element, 0, 0);
    return { ...rest, source };
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is Omit<KeptTemplate, 'source'> & { readonly image: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { name, image, at, width, opacity } = value as Record<string, unknown>;
  const { x, y } = (at ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    typeof image === 'string' &&
    image.startsWith('data:image/png') &&
    [x, y, width, opacity].every(Number.isFinite)
  );
}
