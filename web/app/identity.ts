import { v4 } from 'uuid';
import { create } from 'zustand';
import { colorOf } from './person-color.ts';

/** Who the user says to be: nobody checks it, as on paper. It is kept in this browser. */
export interface Identity {
  readonly userId: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

const KEY = 'troupe.identity';
const ANIMALS = ['Otter', 'Heron', 'Lynx', 'Gecko', 'Raven', 'Marten', 'Finch', 'Badger', 'Newt', 'Ibis'];
const MOODS = ['Calm', 'Bright', 'Swift', 'Merry', 'Bold', 'Gentle', 'Keen', 'Sunny', 'Witty', 'Brave'];

const oneOf = (words: readonly string[]): string =>
  words[Math.floor(Math.random() * words.length)] ?? 'Guest';

function load(): Identity {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (isIdentity(value)) return value;
  } catch {
    // What somebody else wrote there is replaced.
  }
  const userId = v4();
  const identity = { userId, name: `${oneOf(MOODS)} ${oneOf(ANIMALS)}`, color: colorOf(userId) };
  localStorage.setItem(KEY, JSON.stringify(identity));
  return identity;
}

const isIdentity = (value: unknown): value is Identity =>
  typeof value === 'object' &&
  value !== null &&
  ['userId', 'name', 'color'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');

export const useIdentity = create<Identity>(() => load());

/** Changes the name or the colour, here and for the next visit. */
export function setIdentity(change: Partial<Pick<Identity, 'name' | 'color'>>): void {
  useIdentity.setState(change);
  localStorage.setItem(KEY, JSON.stringify(useIdentity.getState()));
}
