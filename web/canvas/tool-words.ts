import { namesOfPalette } from './dock/color-names.ts';
import type { Tool } from './live/canvas-state.ts';

/**
 * What one paints with from now on, for those who chose it by a key and do not see it.
 *
 * @param color an index of the palette
 */
export function toolWords(tool: Tool, palette: readonly string[], color: number): string {
  switch (tool) {
    case 'brush':
      return ['Brush', namesOfPalette(palette)[color]].filter((word) => word !== undefined).join(', ');
    case 'eraser':
      return 'Eraser';
    case 'picker':
      return 'Colour picker';
    case 'hand':
      return 'Hand';
  }
}
