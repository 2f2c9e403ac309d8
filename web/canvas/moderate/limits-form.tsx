import { useState } from 'react';
import type { CanvasFacts } from '../../../client/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from '../panel.module.css';
import type { Patch } from './patch.ts';

type Limits = CanvasFacts['rateLimits'];
const MOST = 1_000_000;

/** How fast one may paint. */
export function LimitsForm({ limits, patch }: { readonly limits: Limits; readonly patch: Patch }) {
  const [draft, setDraft] = useState(limits);
  const rate = (who: 'perUser' | 'perAddress', part: 'pixelsPerSecond' | 'burst', label: string) => (
    <TextField
      label={label}
      type="number"
      required
      min={1}
      max={MOST}
      step={1}
      value={draft[who][part] || ''}
      onChange={(event) =>
        setDraft({ ...draft, [who]: { ...draft[who], [part]: Number(event.target.value) } })
      }
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void patch({ rateLimits: draft }, 'Other limits hold from now on');
      }}
    >
      <h3 className={styles.heading} style={{ marginBottom: 8 }}>
        Limits
      </h3>
      <div className={styles.grid2}>
        {rate('perUser', 'pixelsPerSecond', 'User: pixels / s')}
        {rate('perUser', 'burst', 'User: at once')}
        {rate('perAddress', 'pixelsPerSecond', 'Address: pixels / s')}
        {rate('perAddress', 'burst', 'Address: at once')}
      </div>
      <TextField
        label="Connections of an address"
        type="number"
        required
        min={1}
        max={MOST}
        value={draft.connectionsPerAddress || ''}
        onChange={(event) => setDraft({ ...draft, connectionsPerAddress: Number(event.target.value) })}
      />
      <Button type="submit" disabled={JSON.stringify(draft) === JSON.stringify(limits)}>
        Save limits
      </Button>
    </form>
  );
}
