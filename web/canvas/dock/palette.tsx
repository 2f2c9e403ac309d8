import { type CSSProperties, useMemo } from 'react';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import { namesOfPalette } from './color-names.ts';
import styles from './dock.module.css';

const NO_COLORS: readonly string[] = [];
/** More colours than this are in four rows instead of two. */
const MOST_IN_TWO_ROWS = 64;
/** More colours than this are in six columns instead of four, where they stand at the side. */
const MOST_IN_FOUR_COLUMNS = 40;

/** The colours, one of which is chosen. Radio buttons of the platform: arrow keys move, and the names are said. */
export function Palette() {
  const { store } = useCanvas();
  const palette = useCanvasState(({ facts }) => facts?.palette ?? NO_COLORS);
  const chosen = useCanvasState((state) => state.color);
  const names = useMemo(() => namesOfPalette(palette), [palette]);
  const columns = Math.ceil(palette.length / (palette.length > MOST_IN_TWO_ROWS ? 4 : 2));
  return (
    <div
      role="radiogroup"
      aria-label="Colour"
      className={styles.palette}
      style={
        {
          '--columns': columns,
          '--columns-at-side': palette.length > MOST_IN_FOUR_COLUMNS ? 6 : 4,
        } as CSSProperties
      }
    >
      {palette.map((value, index) => (
        <input
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a colour is known by
          key={index}
          type="radio"
          name="color"
          className={styles.swatch}
          style={{ '--color': value } as CSSProperties}
          aria-label={names[index]}
          title={names[index]}
          checked={index === chosen}
          onChange={() => store.setState({ color: index, tool: 'brush' })}
        />
      ))}
    </div>
  );
}
