import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import { nameOfColor } from './color-names.ts';
import styles from './dock.module.css';
import { MOST_RECENT } from './recent-colors.ts';

/** The colours painted with last, by the keys 1 to 9. */
export function RecentColors() {
  const { store } = useCanvas();
  const palette = useCanvasState(({ facts }) => facts?.palette);
  const recent = useCanvasState((state) => state.recent);
  const places = Array.from({ length: MOST_RECENT }, (_, n) => n);
  return (
    <ul className={styles.recent} aria-label="Recent colours">
      {places.map((n) => {
        const color = recent[n];
        const value = color === undefined ? undefined : palette?.[color];
        if (color === undefined || value === undefined)
          return <li key={n} className={styles.vacant} aria-hidden />;
        const label = `${nameOfColor(value)}, recent ${n + 1}`;
        return (
          <li key={n}>
            <button
              type="button"
              className={styles.swatch}
              style={{ '--color': value } as React.CSSProperties}
              aria-label={label}
              title={`${nameOfColor(value)} (${n + 1})`}
              onClick={() => store.setState({ color, tool: 'brush' })}
            />
          </li>
        );
      })}
    </ul>
  );
}
