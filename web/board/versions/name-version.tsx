import { type FormEvent, useState } from 'react';
import { ApiError, type RoomVersion } from '../../../client/index.ts';
import { roomsApi } from '../../app/api.ts';
import { errorText } from '../../app/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import { nameProblem } from './version-name.ts';
import styles from './versions.module.css';

/** Gives the state that is looked at a name: that of now, or a moment of the past. */
export function NameVersion({ versions }: { readonly versions: readonly RoomVersion[] }) {
  const { room, provider } = useBoard();
  const moment = useBoardState((state) => state.moment);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wrong = nameProblem(
      name,
      versions.flatMap(({ tag }) => tag ?? []),
    );
    setProblem(wrong);
    if (wrong !== undefined || isBusy) return;
    setBusy(true);
    try {
      // What was drawn just now is to be in it.
      if (moment === undefined && provider.status.name === 'live') await provider.whenSaved();
      const tag = name.trim();
      await roomsApi.createVersion(room.id, { tag, ...(moment && { seq: moment.seq }) });
      setName('');
      toast({ title: `Saved as “${tag}”`, tone: 'success', key: 'version' });
    } catch (error) {
      setProblem(inWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.name} onSubmit={(event) => void save(event)}>
      <TextField
        label={moment === undefined ? 'Name the state of now' : 'Name what you are looking at'}
        value={name}
        maxLength={128}
        error={problem}
        autoComplete="off"
        placeholder="Such as: After the review"
        onChange={(event) => {
          setName(event.target.value);
          setProblem(undefined);
        }}
      />
      <Button type="submit" variant="primary" disabled={isBusy}>
        Save
      </Button>
    </form>
  );
}

function inWords(error: unknown): string {
  if (error instanceof ApiError && error.status === 409) return 'Another version has this name.';
  if (error instanceof ApiError && error.status === 410) return 'This moment is no longer kept.';
  return errorText(error);
}
