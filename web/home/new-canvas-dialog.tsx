import { useState } from 'react';
import { ApiError } from '../../client/rest-client.ts';
import { errorText } from '../app/error-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './home-page.module.css';
import { becomeModerator, canvasesOfMine, useModerator } from './moderator.ts';
import { SideFields, sideOf } from './side-fields.tsx';

/** What the server takes (openapi.yaml, `CanvasSide`). */
const MAX_SIDE = 4096;

type Failure = { readonly of: 'key' | 'name'; readonly reason: string };

/** A canvas that everybody paints on. Only moderators make them: who is none is asked for the key. */
export function NewCanvasDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}) {
  const { isModerator } = useModerator();
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [sides, setSides] = useState({ width: '256', height: '256' });
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const width = sideOf(sides.width, MAX_SIDE);
  const height = sideOf(sides.height, MAX_SIDE);
  const isReady = width !== undefined && height !== undefined && (isModerator || key !== '');
  const create = async (): Promise<void> => {
    if (isBusy || !isReady) return;
    setBusy(true);
    setFailure(undefined);
    try {
      if (!isModerator) await becomeModerator(key);
      const canvases = await canvasesOfMine();
      const canvas = await canvases.create({ name: name.trim() || 'Untitled canvas', width, height });
      onMade(canvas.id);
    } catch (error) {
      setFailure(failureOf(error, isModerator));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Pixel canvas"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={isBusy || !isReady} onClick={() => void create()}>
            Create
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <TextField
          label="Name"
          value={name}
          placeholder="Untitled canvas"
          maxLength={256}
          autoComplete="off"
          error={failure?.of === 'name' ? failure.reason : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <SideFields sides={sides} most={MAX_SIDE} onChange={setSides} />
        {!isModerator && (
          <>
            <p className={styles.note}>
              Canvases are made by moderators. Whoever runs this server has the key: it is the setting
              MODERATOR_KEY, or was logged when the server first started. Everybody can paint on the canvases
              that are there.
            </p>
            <TextField
              label="Moderator key"
              type="password"
              value={key}
              autoComplete="off"
              error={failure?.of === 'key' ? failure.reason : undefined}
              onChange={(event) => setKey(event.target.value)}
            />
          </>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function failureOf(error: unknown, wasModerator: boolean): Failure {
  if (wasModerator || !(error instanceof ApiError)) return { of: 'name', reason: errorText(error) };
  if (error.status === 403) return { of: 'key', reason: 'This is not the key.' };
  return { of: error.status === 429 ? 'key' : 'name', reason: errorText(error) };
}
