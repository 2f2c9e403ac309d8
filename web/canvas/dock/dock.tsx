import { Brush, Eraser, Hand, Pipette } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import type { Tool } from '../live/canvas-state.ts';
import { useDockInset } from '../use-inset.ts';
import { nameOfColor } from './color-names.ts';
import { ColorWell } from './color-well.tsx';
import { CooldownGauge } from './cooldown-gauge.tsx';
import styles from './dock.module.css';
import { Palette } from './palette.tsx';
import { RecentColors } from './recent-swatches.tsx';

const TOOLS: readonly {
  readonly tool: Tool;
  readonly label: string;
  readonly key: string;
  readonly icon: ReactNode;
}[] = [
  { tool: 'brush', label: 'Brush', key: 'B', icon: <Brush size={18} /> },
  { tool: 'eraser', label: 'Eraser', key: 'E', icon: <Eraser size={18} /> },
  { tool: 'picker', label: 'Pick a colour', key: 'I', icon: <Pipette size={18} /> },
  { tool: 'hand', label: 'Hand: move the canvas', key: 'H', icon: <Hand size={18} /> },
];

/** The paint box, as soon as there is something to paint with. */
export function Dock() {
  const isKnown = useCanvasState(({ facts }) => facts !== undefined);
  return isKnown ? <PaintBox /> : null;
}

/** Tools, palette and what is left of the burst, floating beside the picture: at the right, or below where there is no room. */
function PaintBox() {
  const { store } = useCanvas();
  const tool = useCanvasState((state) => state.tool);
  const isReadOnly = useCanvasState(
    ({ facts }) => facts !== undefined && (facts.canvas.status === 'archived' || facts.you === null),
  );
  const value = useCanvasState(({ facts, color }) => facts?.palette[color]);
  const inset = useDockInset();
  const toolWords = tool === 'eraser' ? 'Eraser' : value === undefined ? '' : nameOfColor(value);
  return (
    <div className={styles.place}>
      <section ref={inset} className={styles.dock} aria-label="Paint box" data-readonly={isReadOnly}>
        <ToggleGroup.Root
          type="single"
          value={tool}
          onValueChange={(next) => next !== '' && store.setState({ tool: next as Tool, aim: undefined })}
          className={styles.tools}
          aria-label="Tools"
        >
          {TOOLS.map((each) => (
            <Tooltip key={each.tool} label={each.label} shortcut={each.key} side="top">
              <ToggleGroup.Item value={each.tool} aria-label={each.label} className={styles.tool}>
                {each.icon}
              </ToggleGroup.Item>
            </Tooltip>
          ))}
        </ToggleGroup.Root>
        <Palette />
        <div className={styles.side}>
          <CooldownGauge>
            <ColorWell />
            <span className={styles.colorName}>{toolWords}</span>
          </CooldownGauge>
          <RecentColors />
        </div>
      </section>
    </div>
  );
}
