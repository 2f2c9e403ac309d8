import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  Copy,
  Group,
  Layers,
  Trash2,
  Ungroup,
} from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { readableKeys } from '../../ui/hotkeys.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import {
  alignSelected,
  arrangedOf,
  deleteSelected,
  distributeSelected,
  duplicateSelected,
  groupSelected,
  restackSelected,
  ungroupSelected,
} from '../commands.ts';
import styles from './style.module.css';

const ALIGNMENTS = [
  { to: 'left', label: 'Align left edges', icon: <AlignStartVertical size={18} /> },
  { to: 'centre', label: 'Align centres', icon: <AlignCenterVertical size={18} /> },
  { to: 'right', label: 'Align right edges', icon: <AlignEndVertical size={18} /> },
  { to: 'top', label: 'Align top edges', icon: <AlignStartHorizontal size={18} /> },
  { to: 'middle', label: 'Align middles', icon: <AlignCenterHorizontal size={18} /> },
  { to: 'bottom', label: 'Align bottom edges', icon: <AlignEndHorizontal size={18} /> },
] as const;

/** What is done to the selection as a whole. */
export function ArrangeControls() {
  const board = useBoard();
  const selection = useBoardState((state) => state.selection);
  const parts = arrangedOf(board);
  const isGrouped = board.annotations.some(selection).some(({ group_id }) => group_id !== null);
  return (
    <>
      {parts.length > 1 && (
        <Popover
          label="Align"
          trigger={
            <IconButton label="Align and distribute">
              <AlignStartVertical size={18} />
            </IconButton>
          }
        >
          <div className={styles.panel}>
            <h3 className={styles.heading}>Align</h3>
            <div className={styles.line}>
              {ALIGNMENTS.map(({ to, label, icon }) => (
                <IconButton key={to} label={label} onClick={() => alignSelected(board, to)}>
                  {icon}
                </IconButton>
              ))}
            </div>
            <h3 className={styles.heading}>Distribute</h3>
            <div className={styles.line}>
              <IconButton
                label="Equal gaps across"
                disabled={parts.length < 3}
                onClick={() => distributeSelected(board, 'horizontally')}
              >
                <AlignHorizontalDistributeCenter size={18} />
              </IconButton>
              <IconButton
                label="Equal gaps down"
                disabled={parts.length < 3}
                onClick={() => distributeSelected(board, 'vertically')}
              >
                <AlignVerticalDistributeCenter size={18} />
              </IconButton>
            </div>
          </div>
        </Popover>
      )}
      <Menu
        align="end"
        trigger={
          <IconButton label="Arrange">
            <Layers size={18} />
          </IconButton>
        }
      >
        <MenuLabel>Order</MenuLabel>
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
        <MenuSeparator />
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
        <MenuSeparator />
        <MenuItem
          icon={<Copy size={16} />}
          hint={readableKeys('mod+d')}
          onSelect={() => duplicateSelected(board)}
        >
          Duplicate
        </MenuItem>
      </Menu>
      <IconButton label="Delete" shortcut="Delete" onClick={() => deleteSelected(board)}>
        <Trash2 size={18} />
      </IconButton>
    </>
  );
}
