import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, Group, Ungroup } from 'lucide-react';
import { readableKeys } from '../../ui/hotkeys.tsx';
import { MenuItem } from '../../ui/menu.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import { groupSelected, restackSelected, ungroupSelected } from '../commands.ts';

/** In a menu: what lies above what. */
export function OrderItems() {
  const board = useBoard();
  return (
    <>
      <MenuItem
        icon={<ArrowUpToLine size={16} />}
        hint={readableKeys('mod+]')}
        onSelect={() => restackSelected(board, 'front')}
      >
        To the front
      </MenuItem>
      <MenuItem icon={<ArrowUp size={16} />} hint="]" onSelect={() => restackSelected(board, 'forward')}>
        Forward
      </MenuItem>
      <MenuItem icon={<ArrowDown size={16} />} hint="[" onSelect={() => restackSelected(board, 'backward')}>
        Backward
      </MenuItem>
      <MenuItem
        icon={<ArrowDownToLine size={16} />}
        hint={readableKeys('mod+[')}
        onSelect={() => restackSelected(board, 'back')}
      >
        To the back
      </MenuItem>
    </>
  );
}

/** In a menu: what goes together. */
export function GroupItems() {
  const board = useBoard();
  const selection = useBoardState((state) => state.selection);
  const isGrouped = board.annotations.some(selection).some(({ group_id }) => group_id !== null);
  return (
    <>
      <MenuItem
        icon={<Group size={16} />}
        hint={readableKeys('mod+g')}
        disabled={selection.length < 2}
        onSelect={() => groupSelected(board)}
      >
        Group
      </MenuItem>
      <MenuItem
        icon={<Ungroup size={16} />}
        hint={readableKeys('mod+shift+g')}
        disabled={!isGrouped}
        onSelect={() => ungroupSelected(board)}
      >
        Ungroup
      </MenuItem>
    </>
  );
}
