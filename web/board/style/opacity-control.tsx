import { Blend } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { rangeClass } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useBoard } from '../board-context.ts';
import { applyStyle } from '../commands.ts';
import { type StyleSubject, sharedShape } from './current-style.ts';
import styles from './style.module.css';

/** How much of what lies below is seen through it. */
export function OpacityControl({ subject }: { readonly subject: StyleSubject }) {
  const board = useBoard();
  const opacity = sharedShape(subject, 'opacity', 'opacity');
  const percent = opacity === undefined ? undefined : Math.round(opacity * 100);
  return (
    <Popover
      label="Opacity"
      trigger={
        <IconButton label="Opacity">
          <Blend size={18} />
        </IconButton>
      }
    >
      <div className={styles.panel}>
        <h3 className={styles.heading}>Opacity</h3>
        <label className={styles.slider}>
          <span className="visually-hidden">Opacity in percent</span>
          <input
            type="range"
            className={rangeClass}
            min={5}
            max={100}
            step={5}
            value={percent ?? 100}
            onPointerDown={() => board.undo.stopCapturing()}
            onChange={(event) => applyStyle(board, { opacity: Number(event.target.value) / 100 }, true)}
          />
          <output>{percent === undefined ? '–' : `${percent} %`}</output>
        </label>
      </div>
    </Popover>
  );
}
