import { Check } from 'lucide-react';
import type { CSSProperties } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useBoard } from '../board-context.ts';
import { applyStyle } from '../commands.ts';
import { hexOf, INKS, isSameColor, type Swatch, VEILS } from './colors.ts';
import { type StyleSubject, sharedColor } from './current-style.ts';
import styles from './style.module.css';

const LABELS = { stroke: 'Stroke', fill: 'Fill', color: 'Text colour' } as const;

/** A colour: swatches, none where that means something, and any other. */
export function ColorControl({
  subject,
  name,
}: {
  readonly subject: StyleSubject;
  readonly name: keyof typeof LABELS;
}) {
  const board = useBoard();
  const value = sharedColor(subject, name);
  const choose = (color: string): void => applyStyle(board, { [name]: color });
  const row = (swatches: readonly Swatch[]) => (
    <div className={styles.swatches}>
      {swatches.map((swatch) => (
        <SwatchButton
          key={swatch.color}
          {...swatch}
          isChosen={isSameColor(value, swatch.color)}
          onChoose={() => choose(swatch.color)}
        />
      ))}
    </div>
  );
  return (
    <Popover
      label={LABELS[name]}
      trigger={
        <IconButton label={value === undefined ? `${LABELS[name]}, mixed` : LABELS[name]}>
          <span
            className={name === 'fill' ? styles.fillChip : styles.strokeChip}
            data-none={value === 'none' || undefined}
            data-mixed={value === undefined || undefined}
            style={
              {
                '--chip': value === undefined ? 'transparent' : value === 'none' ? 'transparent' : value,
              } as CSSProperties
            }
          />
        </IconButton>
      }
    >
      <div className={styles.panel}>
        <h3 className={styles.heading}>{LABELS[name]}</h3>
        {row(INKS)}
        {name === 'fill' && row(VEILS)}
        <div className={styles.line}>
          {name !== 'color' && (
            <SwatchButton
              name="None"
              color="none"
              isChosen={value === 'none'}
              onChoose={() => choose('none')}
            />
          )}
          <label className={styles.custom}>
            Another
            <input
              type="color"
              value={hexOf(value === undefined || value === 'none' ? '#1e1e1e' : value)}
              onPointerDown={() => board.undo.stopCapturing()}
              onChange={(event) => applyStyle(board, { [name]: event.target.value }, true)}
            />
          </label>
        </div>
      </div>
    </Popover>
  );
}

function SwatchButton({
  name,
  color,
  isChosen,
  onChoose,
}: Swatch & { readonly isChosen: boolean; readonly onChoose: () => void }) {
  return (
    <button
      type="button"
      className={styles.swatch}
      aria-label={name}
      aria-pressed={isChosen}
      title={name}
      data-none={color === 'none' || undefined}
      style={{ '--chip': color === 'none' ? 'transparent' : color } as CSSProperties}
      onClick={onChoose}
    >
      {isChosen && <Check size={14} aria-hidden />}
    </button>
  );
}
