import { IconButton } from '../../ui/button.tsx';
import { rangeClass } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useBoard } from '../board-context.ts';
import { applyStyle } from '../commands.ts';
import { type StyleSubject, sharedShape } from './current-style.ts';
import styles from './style.module.css';

const WIDTHS = ['1', '2', '4', '8', '16'] as const;
const WIDEST = 40;
const DASHES = [
  { value: 'solid', label: 'Solid' },
  { value: 'dashed', label: 'Dashed' },
  { value: 'dotted', label: 'Dotted' },
] as const;
type Dash = (typeof DASHES)[number]['value'];

/** Lengths of dashes go with the width of the line. */
export function dashOf(dash: Dash, width: number): readonly number[] | undefined {
  const unit = Math.max(1, width);
  if (dash === 'solid') return undefined;
  return dash === 'dashed' ? [unit * 4, unit * 3] : [unit, unit * 2.5];
}

export function dashNamed(pattern: readonly number[]): Dash {
  const [on = 0, off = 0] = pattern;
  if (pattern.length === 0) return 'solid';
  return on > off ? 'dashed' : 'dotted';
}

/** The width of a line, and its dashes. */
export function LineControl({ subject }: { readonly subject: StyleSubject }) {
  const board = useBoard();
  const width = sharedShape(subject, 'stroke_width', 'strokeWidth');
  const pattern = sharedShape(subject, 'dash', 'dash');
  const dash = pattern === undefined ? undefined : dashNamed(pattern);
  const setWidth = (next: number, isOngoing = false): void => {
    const scaled = dash === undefined || dash === 'solid' ? {} : { dash: dashOf(dash, next) };
    applyStyle(board, { stroke_width: next, ...scaled }, isOngoing);
  };
  return (
    <Popover
      label="Line"
      trigger={
        <IconButton label="Line width and dashes">
          <span
            className={styles.lineChip}
            style={{ height: Math.max(1.5, Math.min(9, (width ?? 2) * 0.8)) }}
          />
        </IconButton>
      }
    >
      <div className={styles.panel}>
        <h3 className={styles.heading}>Width</h3>
        <Segmented
          label="Width"
          options={WIDTHS.map((value) => ({ value, label: value }))}
          value={String(width ?? '') as (typeof WIDTHS)[number]}
          onChange={(value) => setWidth(Number(value))}
        />
        <label className={styles.slider}>
          <span className="visually-hidden">Width in pixels</span>
          <input
            type="range"
            className={rangeClass}
            min={0.5}
            max={WIDEST}
            step={0.5}
            value={Math.min(WIDEST, width ?? 2)}
            onPointerDown={() => board.undo.stopCapturing()}
            onChange={(event) => setWidth(Number(event.target.value), true)}
          />
          <output>{width ?? '–'}</output>
        </label>
        {subject.has('dash') && (
          <>
            <h3 className={styles.heading}>Dashes</h3>
            <Segmented
              label="Dashes"
              options={DASHES}
              value={dash ?? ('' as Dash)}
              onChange={(value) => applyStyle(board, { dash: dashOf(value, width ?? 2) })}
            />
          </>
        )}
      </div>
    </Popover>
  );
}
