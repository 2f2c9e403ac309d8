import { Search, UserSearch } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CanvasRewind } from '../../../client/index.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import { attempt } from '../live/live-canvas.ts';
import styles from '../panel.module.css';
import { RegionFields } from './region-fields.tsx';
import { localTime, type RewindForm, rewindRequest } from './rewind-request.ts';

const MINUTE_MS = 60_000;
const AGO = [
  { label: '5 min ago', ms: 5 * MINUTE_MS },
  { label: '1 h ago', ms: 60 * MINUTE_MS },
  { label: '1 day ago', ms: 24 * 60 * MINUTE_MS },
] as const;

/** Brings back what was: first one sees how many pixels, then one confirms. */
export function RewindTab() {
  const { live, store } = useCanvas();
  const rewindTo = useCanvasState((state) => state.rewindTo);
  const [form, setForm] = useState<RewindForm>(() => ({
    to: 'time',
    time: localTime(Date.now() - 5 * MINUTE_MS),
    seq: Math.max(1, live.connection.lastSeq - 1),
    scope: 'all',
    region: undefined,
    user: undefined,
    reason: '',
  }));
  const [error, setError] = useState<string>();
  const [plan, setPlan] = useState<{ readonly request: CanvasRewind; readonly pixels: number }>();
  const change = (part: Partial<RewindForm>): void => {
    setForm((before) => ({ ...before, ...part }));
    setError(undefined);
  };
  useEffect(() => {
    if (rewindTo === undefined) return;
    setForm((before) => ({ ...before, to: 'event', seq: rewindTo }));
    store.setState({ rewindTo: undefined });
  }, [rewindTo, store]);
  const rewind = async (request: CanvasRewind, dryRun: boolean): Promise<number> => {
    const api = live.api({ withToken: true });
    return (await api.rewind(live.canvasId, request, { dryRun })).pixels;
  };
  const look = (): void => {
    const request = rewindRequest(form);
    if (typeof request === 'string') {
      setError(request);
      return;
    }
    void attempt('That cannot be put back', async () => {
      const pixels = await rewind(request, true);
      if (pixels > 0) setPlan({ request, pixels });
      else toast({ title: 'Nothing would change', detail: 'It is all as it was then.', key: 'dry run' });
    });
  };
  const count = plan === undefined ? '' : plan.pixels.toLocaleString('en');
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <MomentFields form={form} onChange={change} />
      <ScopeFields form={form} onChange={change} />
      <TextField
        label="Reason"
        hint="Everybody reads it, and it is in the audit log."
        maxLength={500}
        value={form.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
      {error !== undefined && (
        <p role="alert" style={{ color: 'var(--danger)' }}>
          {error}
        </p>
      )}
      <Button type="submit" variant="primary">
        <Search size={16} />
        See what would change
      </Button>
      <ConfirmDialog
        open={plan !== undefined}
        onOpenChange={(open) => open || setPlan(undefined)}
        title={`Put back ${count} ${plan?.pixels === 1 ? 'pixel' : 'pixels'}?`}
        description="Everybody sees it at once. It is an event of its own, so it can be rewound as well."
        confirm="Rewind"
        danger
        onConfirm={() => {
          if (plan !== undefined) void attempt('Nothing was put back', () => rewind(plan.request, false));
        }}
      />
    </form>
  );
}

interface FieldsProps {
  readonly form: RewindForm;
  readonly onChange: (part: Partial<RewindForm>) => void;
}

/** Back to when. */
function MomentFields({ form, onChange }: FieldsProps) {
  return (
    <div>
      <SelectField
        label="Back to"
        value={form.to}
        options={[
          { value: 'time', label: 'A time' },
          { value: 'event', label: 'An event, by its number' },
        ]}
        onChange={(event) => onChange({ to: event.target.value === 'event' ? 'event' : 'time' })}
      />
      {form.to === 'event' ? (
        <TextField
          label="Event"
          type="number"
          min={1}
          value={form.seq}
          onChange={(event) => onChange({ seq: Number(event.target.value) })}
        />
      ) : (
        <>
          <TextField
            label="Time"
            type="datetime-local"
            step={1}
            value={form.time}
            onChange={(event) => onChange({ time: event.target.value })}
          />
          <div className={styles.row}>
            {AGO.map(({ label, ms }) => (
              <Button key={label} onClick={() => onChange({ time: localTime(Date.now() - ms) })}>
                {label}
              </Button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

/** What goes back. */
function ScopeFields({ form, onChange }: FieldsProps) {
  const { live, store } = useCanvas();
  const pick = (): void => {
    const done = ({ x, y }: { readonly x: number; readonly y: number }): void => {
      void attempt('Nobody was found there', async () => {
        const { userId, name } = await live.api().pixel(live.canvasId, x, y, { limit: 0 });
        if (userId === null) throw new Error('That pixel was never painted.');
        onChange({ user: { userId, name: name ?? userId } });
      });
    };
    store.setState({ aim: { kind: 'cell', hint: 'Click a pixel that this user painted', done } });
  };
  return (
    <div>
      <SelectField
        label="What"
        value={form.scope}
        options={[
          { value: 'all', label: 'Everything' },
          { value: 'region', label: 'A region' },
          { value: 'user', label: 'The painting of one user' },
        ]}
        onChange={(event) => onChange({ scope: event.target.value as RewindForm['scope'] })}
      />
      {form.scope === 'region' && (
        <RegionFields
          region={form.region}
          hint="Drag over what goes back"
          onChange={(region) => onChange({ region })}
        />
      )}
      {form.scope === 'user' && (
        <div className={styles.row}>
          <Button onClick={pick}>
            <UserSearch size={16} />
            Pick by a pixel
          </Button>
          {form.user !== undefined && <strong>{form.user.name}</strong>}
        </div>
      )}
    </div>
  );
}
