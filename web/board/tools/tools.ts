import type { Tool } from '../board-state.ts';

/** What the rail offers, from top to bottom, and the key of each. */
export const TOOLS: readonly { readonly tool: Tool; readonly label: string; readonly key: string }[] = [
  { tool: 'select', label: 'Select', key: 'v' },
  { tool: 'pan', label: 'Move the board', key: 'h' },
  { tool: 'text', label: 'Text', key: 't' },
  { tool: 'box', label: 'Rectangle', key: 'r' },
  { tool: 'ellipse', label: 'Ellipse', key: 'o' },
  { tool: 'arrow', label: 'Arrow', key: 'a' },
  { tool: 'line', label: 'Line', key: 'l' },
  { tool: 'polygon', label: 'Polygon', key: 'p' },
  { tool: 'freehand', label: 'Draw', key: 'd' },
  { tool: 'comment', label: 'Comment', key: 'c' },
];
