import { Eye, LockKeyhole, LockOpen } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import { attempt } from '../live/live-canvas.ts';
import styles from '../panel.module.css';
import type { Rect } from '../view/viewport.ts';
import { RegionFields } from './region-fields.tsx';

/** Locks regions and opens them again. */
export function LocksTab() {
  const { live, stage } = useCanvas();
  const locks = useCanvasState(({ facts }) => facts?.locks);
  const [region, setRegion] = useState<Rect>();
  const [reason, setReason] = useState('');
  const panel = useRef<HTMLDivElement>(null);
  /** What had the focus is about to go: keys go on from the top. */
  const focusFirst = (): void => panel.current?.querySelector('button')?.focus();
  const lock = async (): Promise<void> => {
    if (region === undefined) return;
    const isLocked = await attempt('The region was not locked', async () => {
      const api = live.api({ withToken: true });
      await api.lock(live.canvasId, { ...region, reason });
    });
    if (!isLocked) return;
    focusFirst();
    setRegion(undefined);
    setReason('');
  };
  const unlock = async (id: string): Promise<void> => {
    const isOpen = await attempt('The lock is still there', async () => {
      const api = live.api({ withToken: true });
      await api.unlock(live.canvasId, id);
    });
    if (isOpen) focusFirst();
  };
  const cancel = (): void => {
    focusFirst();
    setRegion(undefined);
  };
  return (
    <div ref={panel} className={styles.stack}>
      <RegionFields region={region} hint="Drag over the region to lock" onChange={setRegion} />
      {region !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void lock();
          }}
        >
          <TextField
            label="Reason"
            hint="Everybody reads it."
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className={styles.row}>
            <Button type="submit" variant="primary">
              <LockKeyhole size={16} />
              Lock
            </Button>
            <Button onClick={cancel}>Cancel</Button>
          </div>
        </form>
      )}
      <h3 className={styles.heading}>Locked regions</h3>
      {(locks ?? []).length === 0 && <p className={styles.lead}>None: everybody can paint everywhere.</p>}
      <ul className={styles.list}>
        {locks?.map((each) => (
          <li key={each.id} className={styles.card}>
            <span className={styles.cardTitle}>{each.reason || 'Without a reason'}</span>
            <span className={styles.muted}>
              {`${each.width} × ${each.height} pixels at ${each.x}, ${each.y}`}
            </span>
            <span className={styles.row}>
              <Button onClick={() => stage.lookAtRect(each)}>
                <Eye size={16} />
                Show
              </Button>
              <Button onClick={() => void unlock(each.id)}>
                <LockOpen size={16} />
                Unlock
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
