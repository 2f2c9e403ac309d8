import type { DocumentId, Seq } from '../protocol/ids.ts';

/** Crashes that are remembered, of all documents together. */
const CRASHES_KEPT = 100;
const MAX_REASON = 240;
/** What an error quotes may be somebody's text, with quotes of its own; an apostrophe within a word is none. */
const QUOTED = /["“`].*["”`]|["“`].*$|(?<!\w)'[^']*'/gs;

/** That a document's actor ended by a failure. */
export interface Crash {
  /** 1, 2, 3, ... in this process. */
  readonly no: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly id: DocumentId;
  readonly kind: string;
  /** The last event that was applied. */
  readonly seq: Seq;
  /** Name of the error and what it says, without what it quotes. */
  readonly reason: string;
}

/** The latest crashes. They are rare, so they are remembered whether somebody watches or not. */
export class CrashHistory {
  #crashes: Crash[] = [];
  #total = 0;

  /** Since the process began. */
  get total(): number {
    return this.#total;
  }

  /** The newest first. */
  get latest(): readonly Crash[] {
    return this.#crashes;
  }

  add(crash: Omit<Crash, 'no' | 'reason'>, error: unknown): Crash {
    this.#total += 1;
    const remembered = { no: this.#total, ...crash, reason: reasonOf(error) };
    this.#crashes = [remembered, ...this.#crashes.slice(0, CRASHES_KEPT - 1)];
    return remembered;
  }
}

/** A line for people about an error. The log has all of it; here nothing that it quotes is shown. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no Error was thrown';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const [message = ''] = error.message.replace(QUOTED, '…').split('\n');
  return `${error.name}${code}: ${message}`.slice(0, MAX_REASON);
}
