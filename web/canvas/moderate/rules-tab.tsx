import { Archive, ArchiveRestore } from 'lucide-react';
import { useState } from 'react';
import type { CanvasFacts } from '../../../client/index.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import { attempt } from '../live/live-canvas.ts';
import styles from '../panel.module.css';
import { LimitsForm } from './limits-form.tsx';
import { PaletteForm } from './palette-form.tsx';
import type { Patch } from './patch.ts';

/** Name, palette, limits, and whether one may paint at all. */
export function RulesTab() {
  const { live } = useCanvas();
  const facts = useCanvasState((state) => state.facts);
  if (facts === undefined) return null;
  const patch: Patch = async (change, done) => {
    const isDone = await attempt('It was not changed', async () => {
      await live.api({ withToken: true }).update(live.canvasId, change);
    });
    if (isDone) toast({ title: done, tone: 'success', key: 'rules' });
    return isDone;
  };
  return (
    <div className={styles.stack}>
      <NameForm key={facts.canvas.name} facts={facts} patch={patch} />
      <div className={styles.divider} />
      <PaletteForm key={facts.palette.join()} palette={facts.palette} patch={patch} />
      <div className={styles.divider} />
      <LimitsForm key={JSON.stringify(facts.rateLimits)} limits={facts.rateLimits} patch={patch} />
      <div className={styles.divider} />
      <Archiving facts={facts} patch={patch} />
    </div>
  );
}

interface FormProps {
  readonly facts: CanvasFacts;
  readonly patch: Patch;
}

function NameForm({ facts, patch }: FormProps) {
  const [name, setName] = useState(facts.canvas.name);
  const isChanged = name.trim() !== '' && name !== facts.canvas.name;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void patch({ name: name.trim() }, 'The canvas has another name');
      }}
    >
      <TextField
        label="Name"
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={!isChanged}>
        Rename
      </Button>
    </form>
  );
}

function Archiving({ facts, patch }: FormProps) {
  const [isAsked, setAsked] = useState(false);
  if (facts.canvas.status === 'archived') {
    return (
      <Button onClick={() => void patch({ status: 'active' }, 'Everybody can paint again')}>
        <ArchiveRestore size={16} />
        Open it again
      </Button>
    );
  }
  return (
    <>
      <Button variant="danger" onClick={() => setAsked(true)}>
        <Archive size={16} />
        Archive the canvas…
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setAsked}
        title="Archive this canvas?"
        description="Everybody can still look at it, and nobody can paint. You can open it again."
        confirm="Archive"
        danger
        onConfirm={() => void patch({ status: 'archived' }, 'The canvas is archived')}
      />
    </>
  );
}
