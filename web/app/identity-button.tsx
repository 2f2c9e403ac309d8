import { useState } from 'react';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, inputClass, SelectField, TextField } from '../ui/field.tsx';
import { setIdentity, useIdentity } from './identity.ts';
import { chooseTheme, type ThemeChoice, useTheme } from './theme.ts';
import styles from './top-bar.module.css';

const MOST_LETTERS = 80;
/** Also here: a phone's bar has no room for the menu. */
const THEMES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Who one is, and the dialog that changes the name and the colour. */
export function IdentityButton() {
  const me = useIdentity();
  const choice = useTheme((state) => state.choice);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(me.name);
  const [color, setColor] = useState(me.color);
  const show = (): void => {
    setName(me.name);
    setColor(me.color);
    setOpen(true);
  };
  const save = (): void => {
    setIdentity({ name: name.trim() || me.name, color });
    setOpen(false);
  };
  return (
    <>
      <button type="button" className={styles.me} aria-label={`You are ${me.name}; change`} onClick={show}>
        <Avatar id={me.userId} name={me.name} color={me.color} />
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="How others see you"
        description="Your name and colour go with your cursor and your comments. They are kept in this browser."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="primary" onClick={save}>
              Save
            </Button>
          </>
        }
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextField
            label="Name"
            value={name}
            maxLength={MOST_LETTERS}
            autoComplete="nickname"
            onChange={(event) => setName(event.target.value)}
          />
          <Field label="Colour">
            {(ids) => (
              <input
                type="color"
                className={inputClass}
                {...ids}
                value={color}
                onChange={(event) => setColor(event.target.value)}
              />
            )}
          </Field>
          <SelectField
            label="Theme"
            options={THEMES}
            value={choice}
            onChange={(event) => chooseTheme(event.target.value as ThemeChoice)}
          />
        </form>
      </Dialog>
    </>
  );
}
