import { useState } from 'react';
import { roomsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './home-page.module.css';
import { SideFields, sideOf } from './side-fields.tsx';

const SIZES = [
  { name: 'Screen', width: 1280, height: 720 },
  { name: 'Full HD', width: 1920, height: 1080 },
  { name: 'A4 upright', width: 1240, height: 1754 },
  { name: 'A4 across', width: 1754, height: 1240 },
  { name: 'Square', width: 1200, height: 1200 },
] as const;
/** What the server takes (openapi.yaml, `RoomCreate`). */
const MAX_SIDE = 10_000;

/** A blank page to draw on: how large, and what it is called. */
export function NewBoardDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}) {
  const [name, setName] = useState('');
  const [size, setSize] = useState<string>(SIZES[0].name);
  const [sides, setSides] = useState({ width: '1280', height: '720' });
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const preset = SIZES.find((each) => each.name === size);
  const width = preset?.width ?? sideOf(sides.width, MAX_SIDE);
  const height = preset?.height ?? sideOf(sides.height, MAX_SIDE);
  const create = async (): Promise<void> => {
    if (isBusy || width === undefined || height === undefined) return;
    setBusy(true);
    try {
      const room = await roomsApi.create({ name: name.trim() || 'Untitled board', width, height });
      onMade(room.id);
    } catch (failure) {
      setError(errorText(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Blank board"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={isBusy || width === undefined || height === undefined}
            onClick={() => void create()}
          >
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
          placeholder="Untitled board"
          maxLength={256}
          autoComplete="off"
          error={error}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className={styles.sizes}>
          <legend>Size of the page</legend>
          {SIZES.map((each) => (
            <SizeChoice
              key={each.name}
              name={each.name}
              note={`${each.width} × ${each.height}`}
              isChosen={size === each.name}
              onChoose={setSize}
            />
          ))}
          <SizeChoice name="Another" note="in pixels" isChosen={preset === undefined} onChoose={setSize} />
        </fieldset>
        {preset === undefined && <SideFields sides={sides} most={MAX_SIDE} onChange={setSides} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function SizeChoice({
  name,
  note,
  isChosen,
  onChoose,
}: {
  readonly name: string;
  readonly note: string;
  readonly isChosen: boolean;
  readonly onChoose: (name: string) => void;
}) {
  return (
    <label className={styles.size}>
      <input
        type="radio"
        name="size"
        className="visually-hidden"
        checked={isChosen}
        onChange={() => onChoose(name)}
      />
      <span className={styles.sizeName}>{name}</span>
      <span className={styles.sizePixels}>{note}</span>
    </label>
  );
}
