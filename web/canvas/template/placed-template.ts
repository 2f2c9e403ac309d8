import type { Point } from '../view/viewport.ts';
import type { TemplatePixels } from './template-pixels.ts';

/** A picture to be painted, where and how it lies over the canvas. */
export interface PlacedTemplate {
  readonly name: string;
  /** What it wants, in colours of the palette. */
  readonly pixels: TemplatePixels;
  /** The same as a picture of its own size. */
  readonly image: HTMLCanvasElement;
  readonly palette: readonly string[];
  /** Width through height of what was given, so that its width says all. */
  readonly aspect: number;
  readonly at: Point;
  /** From 0 to 1. */
  readonly opacity: number;
  readonly isVisible: boolean;
  readonly marksWrong: boolean;
}
