import { readableKeys, useHotkeys } from '../../ui/hotkeys.tsx';
import { useBoard } from '../board-context.ts';
import {
  chooseTool,
  deleteSelected,
  duplicateSelected,
  groupSelected,
  nudgeSelected,
  restackSelected,
  selectAll,
  ungroupSelected,
} from '../commands.ts';
import { editText } from '../tools/edit-text.ts';
import { placeByKey } from '../tools/place-by-key.ts';
import { beginShaping, deleteCorner, endShaping } from '../tools/shaping.ts';
import { TOOLS } from '../tools/tools.ts';
import { actualSize, fitPage, fitSelection, zoomStep } from '../view-commands.ts';

/** Pixels of the picture that an arrow key moves, and with shift. */
const STEP = 1;
const LONG_STEP = 10;

const ARROWS = [
  { key: 'ArrowLeft', x: -1, y: 0 },
  { key: 'ArrowRight', x: 1, y: 0 },
  { key: 'ArrowUp', x: 0, y: -1 },
  { key: 'ArrowDown', x: 0, y: 1 },
] as const;

/** The keys of the board. */
export function useStageCommands(): void {
  const board = useBoard();
  const { store, undo } = board;
  const isPast = (): boolean => store.getState().moment !== undefined;
  /** What changes something is not done while the past is looked at. */
  const editing = (run: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (!isPast()) run(event);
  };
  useHotkeys('Tools', [
    ...TOOLS.map(({ tool, label, key }) => ({
      keys: key,
      label,
      run: editing(() => chooseTool(board, tool)),
    })),
    {
      keys: 'q',
      label: 'Keep the tool after drawing',
      run: () => store.setState(({ isToolKept }) => ({ isToolKept: !isToolKept })),
    },
    {
      keys: 'Escape',
      label: 'Put the tool away, select nothing',
      run: () => {
        const { tool, shaping } = store.getState();
        if (shaping !== undefined) endShaping(board);
        else if (tool === 'select') store.setState({ selection: [] });
        else chooseTool(board, 'select');
      },
    },
  ]);
  useHotkeys('Edit', [
    { keys: 'mod+z', label: 'Undo', run: editing(() => undo.undo()), repeats: true },
    { keys: 'mod+shift+z', label: 'Redo', run: editing(() => undo.redo()), repeats: true },
    { keys: 'mod+y', label: 'Redo', run: editing(() => undo.redo()), repeats: true, unlisted: true },
    // The browser tells of these by events of their own.
    { keys: 'mod+c', label: 'Copy' },
    { keys: 'mod+x', label: 'Cut' },
    { keys: 'mod+v', label: 'Paste annotations, words or a picture' },
    { keys: 'mod+d', label: 'Duplicate', run: editing(() => duplicateSelected(board)) },
    { keys: 'Delete', label: 'Delete', run: editing(() => deleteCorner(board) || deleteSelected(board)) },
    {
      keys: 'Backspace',
      label: 'Delete',
      run: editing(() => deleteCorner(board) || deleteSelected(board)),
      unlisted: true,
    },
    { keys: 'mod+a', label: 'Select all', run: editing(() => selectAll(board)) },
    { keys: 'mod+g', label: 'Group', run: editing(() => groupSelected(board)) },
    { keys: 'mod+shift+g', label: 'Ungroup', run: editing(() => ungroupSelected(board)) },
    { keys: ']', label: 'Forward', run: editing(() => restackSelected(board, 'forward')) },
    { keys: '[', label: 'Backward', run: editing(() => restackSelected(board, 'backward')) },
    { keys: 'mod+]', label: 'To the front', run: editing(() => restackSelected(board, 'front')) },
    { keys: 'mod+[', label: 'To the back', run: editing(() => restackSelected(board, 'back')) },
  ]);
  useHotkeys('View', [
    { keys: '+', label: 'Larger', run: () => zoomStep(board, 1), repeats: true },
    { keys: '-', label: 'Smaller', run: () => zoomStep(board, -1), repeats: true },
    { keys: 'shift+0', label: 'Actual size', run: () => actualSize(board) },
    { keys: 'shift+1', label: 'Fit the picture', run: () => fitPage(board) },
    { keys: 'shift+2', label: 'Fit the selection', run: () => fitSelection(board) },
    { keys: ' ', label: 'Held down: drag the board' },
    { keys: 'mod+wheel', label: 'Zoom to the pointer', shown: `${readableKeys('mod')} wheel` },
  ]);
  useHotkeys('While dragging', [
    { keys: 'shift', label: 'Keep proportions, one axis, straight angles' },
    { keys: 'alt', label: 'From the middle; of a selection a copy' },
    { keys: 'mod', label: 'Without snapping to the others' },
  ]);
  useHotkeys('On the board', [
    { keys: 'shift+F10', label: 'Menu of what is selected' },
    { keys: 'Tab', label: 'Next annotation' },
    { keys: 'shift+Tab', label: 'Annotation before' },
    {
      keys: 'Enter',
      label: 'Place what the tool draws, write in a text, take corners',
      run: editing(() => {
        if (placeByKey(board)) return;
        const [id, ...others] = store.getState().selection;
        if (id !== undefined && others.length === 0 && !beginShaping(board, id)) editText(board, id);
      }),
    },
    // One line for each length of a step, whichever way.
    ...ARROWS.flatMap(({ key, x, y }, at) =>
      [STEP, LONG_STEP].map((step) => ({
        keys: step === STEP ? key : `shift+${key}`,
        label: `Move by ${step}`,
        shown: `${step === STEP ? '' : `${readableKeys('shift')} `}← → ↑ ↓`,
        unlisted: at > 0,
        repeats: true,
        run: editing((event) => nudgeSelected(board, { x: x * step, y: y * step }, event.repeat)),
      })),
    ),
  ]);
}
