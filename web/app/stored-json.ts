/** What this browser keeps under a name; `undefined` where it has nothing, or something else than was written. */
export function readStored<Value>(
  key: string,
  isValue: (value: unknown) => value is Value,
): Value | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isValue(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value for the next visit, where the browser lets us. */
export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store is no reason to fail: it is only not remembered.
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a record that were put there last. */
export const newestOf = <Value>(
  record: Readonly<Record<string, Value>>,
  most: number,
): Readonly<Record<string, Value>> => Object.fromEntries(Object.entries(record).slice(-most));
