import { create } from 'zustand';
import { useIdentity } from '../../app/identity.ts';
import { colorOf } from '../../app/person-color.ts';
import { isRecord, newestOf, readStored, writeStored } from '../../app/stored-json.ts';
import type { Person } from '../../ui/avatar.tsx';

/**
 * Names of everybody who was met, by the id of the user: the server tells who made a version or brought one back by id
 * only, and they may have left since. They are kept in this browser.
 */
interface People {
  readonly names: Names;
}

export type Names = Readonly<Record<string, Known>>;

interface Known {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

const KEY = 'troupe.people';
const MOST = 300;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const COLOR = /^#[0-9a-f]{6}$/i;

const isKnown = (value: unknown): value is Known =>
  isRecord(value) && typeof value['name'] === 'string' && typeof value['color'] === 'string';
const isNames = (value: unknown): value is Names => isRecord(value) && Object.values(value).every(isKnown);

export const usePeople = create<People>(() => ({ names: readStored(KEY, isNames) ?? {} }));

/** Remembers a name. @param color - what is none is replaced by one that follows from the id */
export function meet(id: string, name: string, color?: string): void {
  const { names } = usePeople.getState();
  const met = {
    name,
    color: color !== undefined && COLOR.test(color) ? color : (names[id]?.color ?? colorOf(id)),
  };
  const known = names[id];
  if (known?.name === met.name && known.color === met.color) return;
  const { [id]: _, ...others } = names;
  const next = newestOf({ ...others, [id]: met }, MOST);
  usePeople.setState({ names: next });
  writeStored(KEY, next);
}

/** Somebody by id, as well as it is known: what was never met but reads like a name is shown as it is. */
export function personOf(id: string, names: Names): Person {
  const me = useIdentity.getState();
  if (id === me.userId) return { id, name: me.name, color: me.color };
  const known = names[id];
  if (known !== undefined) return { id, ...known };
  const isName = id !== '' && id !== 'anonymous' && !UUID.test(id);
  return { id, name: isName ? id : 'Somebody', color: colorOf(id) };
}

/** {@link personOf}, again whenever a name becomes known. */
export function usePerson(id: string): Person {
  const names = usePeople((state) => state.names);
  useIdentity();
  return personOf(id, names);
}
