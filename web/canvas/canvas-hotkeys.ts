import { type Hotkey, useHotkeys } from '../ui/hotkeys.tsx';
import { MOST_RECENT } from './dock/recent-colors.ts';
import type { CanvasTools } from './live/canvas-context.ts';
import { type CanvasStore, closePanel, type Tool } from './live/canvas-state.ts';
import { toolWords } from './tool-words.ts';
import type { Stage } from './view/stage.ts';
import { nextScale, zoomTo } from './view/viewport.ts';

/** What `Z` goes to from further away. */
const NEAR_SCALE = 16;

/** Zooms to where the pointer or the cell cursor is, else about the middle. */
export function zoomBy(stage: Stage, direction: 1 | -1): void {
  stage.look(zoomTo(stage.view, nextScale(stage.view.scale, direction), anchorOf(stage)));
}

/** Near where it is far, all of it where it is near. */
function toggleZoom(stage: Stage): void {
  if (stage.view.scale >= NEAR_SCALE * 0.75) stage.fitAll();
  else stage.look(zoomTo(stage.view, NEAR_SCALE, anchorOf(stage)));
}

const anchorOf = ({ anchor, screen }: Stage) => anchor ?? { x: screen.width / 2, y: screen.height / 2 };

/** One thing a press. */
function cancel(store: CanvasStore): void {
  if (store.getState().aim !== undefined) store.setState({ aim: undefined });
  else closePanel(store);
}

/** Another tool or colour, which screen readers hear: the focus stays where it is. */
function take({ live, store }: CanvasTools, change: { readonly tool: Tool; readonly color?: number }): void {
  store.setState({ ...change, aim: undefined });
  const { tool, color, facts } = store.getState();
  live.heard(toolWords(tool, facts?.palette ?? [], color));
}

function toggleGrid({ live, store }: CanvasTools): void {
  const showsGrid = !store.getState().showsGrid;
  store.setState({ showsGrid });
  live.heard(showsGrid ? 'Grid shown' : 'Grid hidden');
}

/** The keys of the page. Those that belong to the picture (`view/surface-keys.ts`) are only listed. */
export function useCanvasHotkeys(tools: CanvasTools): void {
  const { stage, store } = tools;
  useHotkeys('Painting', [
    { keys: 'b', label: 'Brush', run: () => take(tools, { tool: 'brush' }) },
    { keys: 'e', label: 'Eraser', run: () => take(tools, { tool: 'eraser' }) },
    { keys: 'i', label: 'Pick a colour', run: () => take(tools, { tool: 'picker' }) },
    { keys: 'h', label: 'Hand: move the canvas', run: () => take(tools, { tool: 'hand' }) },
    ...Array.from({ length: MOST_RECENT }, (_, n): Hotkey => {
      const recall = (): void => {
        const color = store.getState().recent[n];
        if (color !== undefined) take(tools, { color, tool: 'brush' });
      };
      return { keys: String(n + 1), label: `Recent colour ${n + 1}`, run: recall, unlisted: true };
    }),
    { keys: '1 – 9', label: 'Recent colours' },
  ]);
  useHotkeys('Looking around', [
    { keys: '+', label: 'Zoom in', run: () => zoomBy(stage, 1), repeats: true },
    { keys: '-', label: 'Zoom out', run: () => zoomBy(stage, -1), repeats: true },
    { keys: '=', label: 'Zoom in', run: () => zoomBy(stage, 1), repeats: true, unlisted: true },
    { keys: '0', label: 'The whole canvas', run: () => stage.fitAll() },
    { keys: 'z', label: 'Near and far', run: () => toggleZoom(stage) },
    { keys: 'g', label: 'Grid', run: () => toggleGrid(tools) },
    { keys: 'Escape', label: 'Cancel, or close the panel', run: () => cancel(store) },
  ]);
  useHotkeys('On the canvas (Tab to it)', [
    { keys: 'ArrowLeft', label: 'Cell cursor to the left' },
    { keys: 'ArrowRight', label: 'Cell cursor to the right' },
    { keys: 'ArrowUp', label: 'Cell cursor up' },
    { keys: 'ArrowDown', label: 'Cell cursor down' },
    { keys: 'shift+ArrowRight', label: 'Ten cells' },
    { keys: 'Enter', label: 'Paint, or pick the colour' },
    { keys: ' ', label: 'The same; held: move the canvas' },
  ]);
}
