import { TextField } from '../ui/field.tsx';
import styles from './home-page.module.css';

export interface Sides {
  readonly width: string;
  readonly height: string;
}

/** The side that is meant by what was typed; `undefined` where it is none. */
export function sideOf(typed: string, most: number): number | undefined {
  const side = Number(typed);
  return /^\d+$/.test(typed.trim()) && side >= 1 && side <= most ? side : undefined;
}

/** Width and height in pixels. */
export function SideFields({
  sides,
  most,
  onChange,
}: {
  readonly sides: Sides;
  readonly most: number;
  readonly onChange: (sides: Sides) => void;
}) {
  const errorOf = (typed: string): string | undefined =>
    sideOf(typed, most) === undefined ? `A whole number from 1 to ${most.toLocaleString('en')}` : undefined;
  return (
    <div className={styles.sides}>
      <TextField
        label="Width"
        inputMode="numeric"
        value={sides.width}
        error={errorOf(sides.width)}
        onChange={(event) => onChange({ ...sides, width: event.target.value })}
      />
      <TextField
        label="Height"
        inputMode="numeric"
        value={sides.height}
        error={errorOf(sides.height)}
        onChange={(event) => onChange({ ...sides, height: event.target.value })}
      />
    </div>
  );
}
