import { Crosshair } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useCanvas } from '../live/canvas-context.ts';
import styles from '../panel.module.css';
import type { Rect } from '../view/viewport.ts';

const SIDES = [
  { side: 'x', label: 'Left', least: 0 },
  { side: 'y', label: 'Top', least: 0 },
  { side: 'width', label: 'Width', least: 1 },
  { side: 'height', label: 'Height', least: 1 },
] as const;

/** A region, by dragging on the canvas or by numbers; it is shown on the canvas while it is here. */
export function RegionFields({
  region,
  hint,
  onChange,
}: {
  readonly region: Rect | undefined;
  /** What the banner says while one drags. */
  readonly hint: string;
  readonly onChange: (region: Rect) => void;
}) {
  const { store } = useCanvas();
  useEffect(() => {
    store.setState({ marked: region });
    return () => store.setState({ marked: undefined });
  }, [store, region]);
  return (
    <div>
      <Button onClick={() => store.setState({ aim: { kind: 'region', hint, done: onChange } })}>
        <Crosshair size={16} />
        {region === undefined ? 'Drag a region' : 'Drag another region'}
      </Button>
      {region !== undefined && (
        <div className={styles.grid4} style={{ marginTop: 12 }}>
          {SIDES.map(({ side, label, least }) => (
            <TextField
              key={side}
              label={label}
              type="number"
              min={least}
              max={4096}
              value={region[side]}
              onChange={(event) =>
                onChange({ ...region, [side]: Math.max(least, Math.round(Number(event.target.value)) || 0) })
              }
            />
          ))}
        </div>
      )}
    </div>
  );
}
