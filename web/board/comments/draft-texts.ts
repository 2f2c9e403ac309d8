import { isRecord, newestOf } from '../../app/stored-json.ts';

const KEY = 'troupe.drafts';
const MOST = 30;

function load(): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (isRecord(value) && Object.values(value).every((text) => typeof text === 'string'))
      return value as Readonly<Record<string, string>>;
  } catch {
    // What cannot be read is not there.
  }
  return {};
}

let drafts = load();

/** What was written at a place and not sent, until the tab is closed. @param key - of the room and the place in it */
export const draftText = (key: string): string => drafts[key] ?? '';

export function keepDraft(key: string, text: string): void {
  const { [key]: _, ...others } = drafts;
  drafts = text === '' ? others : newestOf({ ...others, [key]: text }, MOST);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(drafts));
  } catch {
    // It stays for as long as the page does.
  }
}
