import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Copy,
  Layers,
  Trash2,
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
} from '../commands.ts';
import { GroupItems, OrderItems } from './arrange-items.tsx';
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
  // Renders again with the selection.
  useBoardState((state) => state.selection);
  const parts = arrangedOf(board);
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
        <OrderItems />
        <MenuSeparator />
        <GroupItems />
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
