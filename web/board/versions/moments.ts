/** An event of the log, as the list of events tells it. */
export interface LoggedEvent {
  readonly seq: number;
  /** ISO 8601. */
  readonly ts: string;
  /** Id of a user. */
  readonly user: string;
  readonly kind: string;
}

/** What one or several did in one go. */
export interface HistoryStep {
  /** The last of its events: the state after it is how it ended. */
  readonly seq: number;
  /** Milliseconds since 1970, of the last event. */
  readonly at: number;
  /** Ids, in the order in which they joined in. */
  readonly users: readonly string[];
  readonly changes: number;
  readonly what: StepKind;
}

export type StepKind = 'created' | 'edited' | 'changed' | 'reverted';

/** Kinds of events after which the picture may be another one. */
const KINDS: ReadonlyMap<string, StepKind> = new Map([
  ['document.created', 'created'],
  ['annotations.edited', 'edited'],
  ['document.updated', 'changed'],
  ['document.reverted', 'reverted'],
]);
/** Who pauses for longer begins another step. */
const PAUSE_MS = 60_000;

/** Those events after which the board may look different: exports and names of versions are in the log too. */
export const changesOf = (events: readonly LoggedEvent[]): readonly LoggedEvent[] =>
  events.filter(({ kind }) => KINDS.has(kind));

/**
 * The history in steps that people remember: edits that follow each other closely are one, whoever made them; what is no
 * edit stands for itself.
 *
 * @param changes - in the order of the log, see {@link changesOf}
 * @returns the newest first
 */
export function stepsOf(changes: readonly LoggedEvent[]): readonly HistoryStep[] {
  const steps: { seq: number; at: number; users: Set<string>; changes: number; what: StepKind }[] = [];
  for (const { seq, ts, user, kind } of changes) {
    const what = KINDS.get(kind) ?? 'edited';
    const at = Date.parse(ts);
    const last = steps.at(-1);
    if (last !== undefined && what === 'edited' && last.what === 'edited' && at - last.at <= PAUSE_MS) {
      last.seq = seq;
      last.at = at;
      last.changes += 1;
      last.users.add(user);
    } else steps.push({ seq, at, users: new Set([user]), changes: 1, what });
  }
  return steps.reverse().map(({ users, ...step }) => ({ ...step, users: [...users] }));
}

/** Where in the changes the state after event `seq` is: the last one at or before it; -1 before all. */
export function indexAt(changes: readonly LoggedEvent[], seq: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What a step was, in words. @param names - of its users */
export function stepWords({ what, changes }: HistoryStep, names: readonly string[]): string {
  const [first = 'Somebody', second, ...more] = names;
  const who =
    second === undefined
      ? first
      : more.length === 0
        ? `${first} and ${second}`
        : `${first} and ${names.length - 1} others`;
  switch (what) {
    case 'created':
      return `${who} made the board`;
    case 'changed':
      return `${who} changed its name or picture`;
    case 'reverted':
      return `${who} brought back a version`;
    case 'edited':
      return changes === 1 ? `${who} made a change` : `${who} made ${changes} changes`;
  }
}
