import { KeyRound } from 'lucide-react';
import { type SyntheticEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { StateMessage } from '../ui/state.tsx';
import { giveToken } from './inspector-connection.ts';
import styles from './token-form.module.css';

/** Asks for the debug token where the server wants one. */
export function TokenForm({ isWrong }: { readonly isWrong: boolean }) {
  const [token, setToken] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (token.trim() !== '') giveToken(token.trim());
  };
  return (
    <StateMessage
      fill
      icon={<KeyRound />}
      title="A token is needed"
      text="This server shows its actors to who has its DEBUG_TOKEN. It is kept for this tab only."
    >
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label="Debug token"
          type="password"
          autoComplete="off"
          autoFocus
          value={token}
          error={isWrong ? 'That is not the token of this server.' : undefined}
          onChange={(event) => setToken(event.target.value)}
        />
        <Button variant="primary" type="submit" disabled={token.trim() === ''}>
          Look inside
        </Button>
      </form>
    </StateMessage>
  );
}
