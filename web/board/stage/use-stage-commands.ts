import { useHotkeys } from '../../ui/hotkeys.tsx';
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
import { TOOLS } from '../tools/tools.ts';
import { actualSize, fitPage, fitSelection, zoomStep } from '../view-commands.ts';

/** Pixels of the picture that an arrow key moves, and with shift. */
const STEP = 1;
const LONG_STEP = 10;

const ARROWS = [
  { key: 'ArrowLeft', x: -1, y: 0, label: 'left' },
  { key: 'ArrowRight', x: 1, y: 0, label: 'right' },
  { key: 'ArrowUp', x: 0, y: -1, label: 'up' },
  { key: 'ArrowDown', x: 0, y: 1, label: 'down' },
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
        const { tool } = store.getState();
        if (tool === 'select') store.setState({ selection: [] });
        else chooseTool(board, 'select');
      },
    },
  ]);
  useHotkeys('Edit', [
    { keys: 'mod+z', label: 'Undo', run: editing(() => undo.undo()), repeats: true },
    { keys: 'mod+shift+z', label: 'Redo', run: editing(() => undo.redo()), repeats: true },
    { keys: 'mod+y', label: 'Redo', run: editing(() => undo.redo()), repeats: true },
    // The browser tells of these by events of their own.
    { keys: 'mod+c', label: 'Copy' },
    { keys: 'mod+x', label: 'Cut' },
    { keys: 'mod+v', label: 'Paste annotations, words or a picture' },
    { keys: 'mod+d', label: 'Duplicate', run: editing(() => duplicateSelected(board)) },
    { keys: 'Delete', label: 'Delete', run: editing(() => deleteSelected(board)) },
    { keys: 'Backspace', label: 'Delete', run: editing(() => deleteSelected(board)) },
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
  ]);
  useHotkeys('On the board', [
    { keys: 'Tab', label: 'Next annotation' },
    { keys: 'shift+Tab', label: 'Annotation before' },
    {
      keys: 'Enter',
      label: 'Place what the tool draws, or write in a text',
      run: editing(() => {
        if (placeByKey(board)) return;
        const [id, ...others] = store.getState().selection;
        if (id !== undefined && others.length === 0) editText(board, id);
      }),
    },
    ...ARROWS.flatMap(({ key, x, y, label }) =>
      [STEP, LONG_STEP].map((step) => ({
        keys: step === STEP ? key : `shift+${key}`,
        label: `Move by ${step} ${label}`,
        repeats: true,
        run: editing((event) => nudgeSelected(board, { x: x * step, y: y * step }, event.repeat)),
      })),
    ),
  ]);
}
