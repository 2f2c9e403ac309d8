import type { SqliteConnection } from './driver.ts';
import type { WriteOperation } from './messages.ts';
import { fromStored, toStored } from './stored-text.ts';

const KEEP = 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING';
const REPLACE =
  'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
const VALUE = 'SELECT value FROM settings WHERE key = ?';

/** @returns what is kept now */
export function writeSetting(
  connection: SqliteConnection,
  { key, value, keep }: Extract<WriteOperation, { type: 'putSetting' }>,
): string {
  const name = toStored(key);
  connection.run(keep ? KEEP : REPLACE, [name, toStored(value)]);
  const [[kept] = []] = connection.all(VALUE, [name]);
  if (typeof kept !== 'string') throw new Error(`setting ${key} was not kept`);
  return fromStored(kept);
}
