import {
  ArrowUpRight,
  Circle,
  Hand,
  ImagePlus,
  Lock,
  LockOpen,
  MessageCircle,
  Minus,
  MousePointer2,
  Pencil,
  Pentagon,
  Square,
  Type,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import { readableKeys } from '../ui/hotkeys.tsx';
import { useBoard, useBoardState } from './board-context.ts';
import type { Tool } from './board-state.ts';
import { chooseTool } from './commands.ts';
import { PicturePicker } from './picture-picker.tsx';
import styles from './tool-rail.module.css';
import { TOOLS } from './tools/tools.ts';

const ICONS: Readonly<Record<Tool, ReactNode>> = {
  select: <MousePointer2 size={18} />,
  pan: <Hand size={18} />,
  text: <Type size={18} />,
  box: <Square size={18} />,
  ellipse: <Circle size={18} />,
  arrow: <ArrowUpRight size={18} />,
  line: <Minus size={18} style={{ rotate: '-45deg' }} />,
  polygon: <Pentagon size={18} />,
  freehand: <Pencil size={18} />,
  comment: <MessageCircle size={18} />,
};

/** The tools, at the left; on a phone at the bottom. A double click keeps a tool after drawing. */
export function ToolRail() {
  const board = useBoard();
  const tool = useBoardState((state) => state.tool);
  const isKept = useBoardState((state) => state.isToolKept);
  return (
    <div className={styles.rail} role="toolbar" aria-label="Tools" aria-orientation="vertical">
      {TOOLS.map(({ tool: each, label, key }) => (
        <IconButton
          key={each}
          label={label}
          shortcut={readableKeys(key)}
          tooltipSide="right"
          aria-pressed={tool === each}
          onClick={(event) => chooseTool(board, each, event.detail > 1)}
        >
          {ICONS[each]}
        </IconButton>
      ))}
      <hr className={styles.line} />
      <PicturePicker>
        {(choose) => (
          <IconButton label="Picture below the annotations" tooltipSide="right" onClick={choose}>
            <ImagePlus size={18} />
          </IconButton>
        )}
      </PicturePicker>
      <IconButton
        label={isKept ? 'Put the tool away after drawing' : 'Keep the tool after drawing'}
        shortcut={readableKeys('q')}
        tooltipSide="right"
        aria-pressed={isKept}
        onClick={() => board.store.setState({ isToolKept: !isKept })}
      >
        {isKept ? <Lock size={16} /> : <LockOpen size={16} />}
      </IconButton>
    </div>
  );
}
