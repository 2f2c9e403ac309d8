/** Pixels along the longer side that a card can show, also on a screen with two to a CSS pixel. */
const SIDE = 520;
const PREVIEW_DEFAULT = 0.25;

const rounded = (scale: number): number => Math.round(scale * 1000) / 1000;

/** The `scale` of the preview door for a card: from 0.01 to 1, since more pixels than there are show nothing more. */
export function previewScale(size: { readonly width: number; readonly height: number } | undefined): number {
  if (size === undefined) return PREVIEW_DEFAULT;
  return rounded(Math.min(1, Math.max(0.01, SIDE / Math.max(size.width, size.height))));
}

/** The `scale` of the snapshot door for a card: from 0.1 to 1. Small canvases are enlarged where they are shown. */
export const snapshotScale = (size: { readonly width: number; readonly height: number }): number =>
  rounded(Math.min(1, Math.max(0.1, SIDE / Math.max(size.width, size.height))));
