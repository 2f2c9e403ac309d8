import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { nameOfColor } from '../dock/color-names.ts';
import styles from '../panel.module.css';
import { freshColor, paletteProblem } from './palette-rules.ts';
import type { Patch } from './patch.ts';

/** Changes colours and adds some; those at the end that no pixel has can go. */
export function PaletteForm({
  palette,
  patch,
}: {
  readonly palette: readonly string[];
  readonly patch: Patch;
}) {
  const [colors, setColors] = useState(palette);
  const problem = paletteProblem(colors);
  const isChanged = colors.join() !== palette.join();
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && problem === undefined)
          void patch({ palette: [...colors] }, 'The palette is another one');
      }}
    >
      <h3 className={styles.heading}>Palette: {colors.length} colours</h3>
      <div className={styles.colors}>
        {colors.map((color, index) => (
          <input
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a colour is known by
            key={index}
            type="color"
            className={styles.colorInput}
            aria-label={`Colour ${index + 1}, ${nameOfColor(color)}`}
            title={nameOfColor(color)}
            value={color}
            onChange={(event) => setColors(colors.with(index, event.target.value))}
          />
        ))}
      </div>
      <div className={styles.row}>
        <Button disabled={colors.length >= 256} onClick={() => setColors([...colors, freshColor(colors)])}>
          <Plus size={16} />
          Add
        </Button>
        <Button disabled={colors.length <= 2} onClick={() => setColors(colors.slice(0, -1))}>
          <Minus size={16} />
          Last one
        </Button>
      </div>
      <p className={styles.muted}>
        Pixels keep their place in the palette: what was painted changes with its colour. The last colour can
        only go while no pixel has it.
      </p>
      {problem !== undefined && (
        <p role="alert" style={{ color: 'var(--danger)' }}>
          {problem}
        </p>
      )}
      <div className={styles.row}>
        <Button type="submit" disabled={!isChanged || problem !== undefined}>
          Save palette
        </Button>
        {isChanged && (
          <Button variant="ghost" onClick={() => setColors(palette)}>
            As it was
          </Button>
        )}
      </div>
    </form>
  );
}
