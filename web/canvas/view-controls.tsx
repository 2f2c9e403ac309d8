import { Grid3x3, Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import { zoomBy } from './canvas-hotkeys.ts';
import { useCanvas, useCanvasState } from './live/canvas-context.ts';
import styles from './view-controls.module.css';

/** Zoom, fit and grid for those who prefer buttons. */
export function ViewControls() {
  const { stage, store } = useCanvas();
  const showsGrid = useCanvasState((state) => state.showsGrid);
  return (
    <div className={styles.controls} role="toolbar" aria-label="View" aria-orientation="vertical">
      <IconButton label="Zoom in" shortcut="+" tooltipSide="right" onClick={() => zoomBy(stage, 1)}>
        <Plus size={18} />
      </IconButton>
      <IconButton label="Zoom out" shortcut="−" tooltipSide="right" onClick={() => zoomBy(stage, -1)}>
        <Minus size={18} />
      </IconButton>
      <IconButton label="The whole canvas" shortcut="0" tooltipSide="right" onClick={() => stage.fitAll()}>
        <Maximize size={17} />
      </IconButton>
      <IconButton
        label="Grid"
        shortcut="G"
        tooltipSide="right"
        aria-pressed={showsGrid}
        onClick={() => store.setState({ showsGrid: !showsGrid })}
      >
        <Grid3x3 size={17} />
      </IconButton>
    </div>
  );
}
