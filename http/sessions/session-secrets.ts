import { randomBytes } from 'node:crypto';

/** Settings that outlive the process; `create` gives what is kept already, else keeps `value`. */
export interface KeptSettings {
  create(key: string, value: string): Promise<string>;
}

export interface SessionSecrets {
  readonly secret: string;
  readonly moderatorKey: string;
}

export interface GivenSecrets {
  readonly secret: string | undefined;
  readonly moderatorKey: string | undefined;
}

const SECRET_BYTES = 32;
/** Short enough to be copied by hand, and 120 bits. */
const KEY_BYTES = 15;

/**
 * The secrets of a server: those that its operator gave, else those that were made at its first start.
 *
 * @param onKeyMade is told a moderator key that was made just now, once in the life of a store: nobody knows it yet
 */
export async function openSessionSecrets(
  settings: KeptSettings,
  given: GivenSecrets,
  onKeyMade: (moderatorKey: string) => void,
): Promise<SessionSecrets> {
  const secret =
    given.secret ??
    (await settings.create('session.secret', randomBytes(SECRET_BYTES).toString('base64url')));
  if (given.moderatorKey !== undefined) return { secret, moderatorKey: given.moderatorKey };
  const made = randomBytes(KEY_BYTES).toString('base64url');
  const moderatorKey = await settings.create('moderator.key', made);
  if (moderatorKey === made) onKeyMade(made);
  return { secret, moderatorKey };
}
