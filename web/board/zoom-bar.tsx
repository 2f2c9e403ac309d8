import { Maximize, Minus, Plus } from 'lucide-react';
import { Button, IconButton } from '../ui/button.tsx';
import { readableKeys } from '../ui/hotkeys.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { useBoard, useBoardState } from './board-context.ts';
import { actualSize, fitPage, fitSelection, zoomStep } from './view-commands.ts';
import styles from './zoom-bar.module.css';

/** How large the picture is shown, and the ways to change that. */
export function ZoomBar() {
  const board = useBoard();
  const percent = useBoardState((state) => Math.round(state.viewport.scale * 100));
  const hasSelection = useBoardState((state) => state.selection.length > 0);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Zoom">
      <IconButton label="Smaller" shortcut="-" tooltipSide="top" onClick={() => zoomStep(board, -1)}>
        <Minus size={16} />
      </IconButton>
      <Menu
        align="center"
        side="top"
        trigger={
          <Button variant="ghost" className={styles.percent} aria-label={`Zoom, ${percent} percent`}>
            {percent}%
          </Button>
        }
      >
        <MenuItem hint={readableKeys('shift+1')} onSelect={() => fitPage(board)}>
          Fit the picture
        </MenuItem>
        <MenuItem
          hint={readableKeys('shift+2')}
          disabled={!hasSelection}
          onSelect={() => fitSelection(board)}
        >
          Fit the selection
        </MenuItem>
        <MenuItem hint={readableKeys('shift+0')} onSelect={() => actualSize(board)}>
          Actual size
        </MenuItem>
        <MenuSeparator />
        <MenuItem hint="+" onSelect={() => zoomStep(board, 1)}>
          Larger
        </MenuItem>
        <MenuItem hint="-" onSelect={() => zoomStep(board, -1)}>
          Smaller
        </MenuItem>
      </Menu>
      <IconButton label="Larger" shortcut="+" tooltipSide="top" onClick={() => zoomStep(board, 1)}>
        <Plus size={16} />
      </IconButton>
      <IconButton
        label="Fit the picture"
        shortcut={readableKeys('shift+1')}
        tooltipSide="top"
        onClick={() => fitPage(board)}
      >
        <Maximize size={16} />
      </IconButton>
    </div>
  );
}
