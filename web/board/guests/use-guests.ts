import { useMemo, useSyncExternalStore } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { RoomGuest, RoomProvider } from '../../../client/index.ts';
import { isRecord } from '../../app/stored-json.ts';
import type { Person } from '../../ui/avatar.tsx';
import { useBoard } from '../board-context.ts';
import { meet, personOf, usePeople } from './people.ts';

/** What others say of themselves in their awareness. */
interface Signed {
  readonly user: Person;
  /** The thread that they are typing in. */
  readonly thread: string | undefined;
}

function signedOf(state: unknown): Signed | undefined {
  if (!isRecord(state) || !isRecord(state['user'])) return undefined;
  const { id, name, color } = state['user'];
  if (typeof id !== 'string' || typeof name !== 'string' || typeof color !== 'string') return undefined;
  const thread = state['thread'];
  return { user: { id, name, color }, thread: typeof thread === 'string' ? thread : undefined };
}

type SignedUsers = ReadonlyMap<string, Signed>;

/** Who says what of themselves changes rarely, and is asked for with every move of every cursor. */
const read = new WeakMap<Awareness, { users: SignedUsers | undefined }>();

/** What the others say of themselves, by the id of the user. */
function signedUsers({ awareness }: RoomProvider): SignedUsers {
  let known = read.get(awareness);
  if (known === undefined) {
    const fresh: { users: SignedUsers | undefined } = { users: undefined };
    awareness.on('change', () => {
      fresh.users = undefined;
    });
    known = fresh;
    read.set(awareness, known);
  }
  known.users ??= readUsers(awareness);
  return known.users;
}

function readUsers(awareness: Awareness): SignedUsers {
  const users = new Map<string, Signed>();
  for (const [client, state] of awareness.getStates()) {
    const signed = client === awareness.clientID ? undefined : signedOf(state);
    if (signed !== undefined) users.set(signed.user.id, signed);
  }
  return users;
}

/** One who is here, with the name and colour that they gave themselves last. */
export function personAt(provider: RoomProvider, guest: RoomGuest): Person {
  const signed = signedUsers(provider).get(guest.userId)?.user;
  if (signed !== undefined) return signed;
  const known = personOf(guest.userId, usePeople.getState().names);
  // A client that gives no name has its id there.
  return guest.displayName === guest.userId ? known : { ...known, name: guest.displayName };
}

/** Each of the others says something thirty times a second; what is not a cursor is looked at this often. */
const GATHER_MS = 60;

/**
 * Calls back when somebody came, left or said something of themselves, a moment later and for many at once.
 *
 * @returns a function that ends it
 */
export function observeGuests(provider: RoomProvider, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const told = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      listener();
    }, GATHER_MS);
  };
  const stops = [provider.on('presence', told), provider.on('status', told)];
  provider.awareness.on('change', told);
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
    provider.awareness.off('change', told);
  };
}

/** A value out of who is here; the same one until it says something else. */
function useFromGuests<Value>(read: (provider: RoomProvider) => Value): Value {
  const { provider } = useBoard();
  const [subscribe, snapshot] = useMemo(() => {
    let text = '';
    let value = read(provider);
    const look = (): Value => {
      const next = read(provider);
      const said = JSON.stringify(next);
      if (said !== text) [text, value] = [said, next];
      return value;
    };
    return [(listener: () => void) => observeGuests(provider, listener), look] as const;
  }, [provider, read]);
  return useSyncExternalStore(subscribe, snapshot);
}

function peopleHere(provider: RoomProvider): readonly Person[] {
  const people = new Map<string, Person>();
  for (const guest of provider.guests.values()) {
    if (people.has(guest.userId)) continue;
    const { id, name, color } = personAt(provider, guest);
    people.set(guest.userId, { id, name, ...(color !== undefined && { color }) });
  }
  return [...people.values()];
}

/** The others who are here, each once, however many tabs they have. */
export const useOthers = (): readonly Person[] => useFromGuests(peopleHere);

/** Remembers the names of those who are here. @returns a function that ends it */
export function rememberGuests(provider: RoomProvider): () => void {
  const look = (): void => {
    for (const { id, name, color } of peopleHere(provider)) meet(id, name, color);
  };
  look();
  return observeGuests(provider, look);
}

/** Names of those who are typing in a thread. */
export function useTypists(thread: string): readonly string[] {
  const readNames = useMemo(
    () => (provider: RoomProvider) =>
      [...signedUsers(provider).values()]
        .filter((signed) => signed.thread === thread)
        .map(({ user }) => user.name),
    [thread],
  );
  return useFromGuests(readNames);
}
