import type { DocumentId } from '../protocol/ids.ts';
import { CrashRecord } from './crash-record.ts';

/** How often each document crashed lately, and which of them are refused for it. */
export class CrashLedger {
  readonly #forgiven: number;
  readonly #windowMs: number;
  readonly #records = new Map<DocumentId, CrashRecord>();

  /** The parameters are those of {@link CrashRecord}. */
  constructor(forgiven: number, windowMs: number) {
    this.#forgiven = forgiven;
    this.#windowMs = windowMs;
  }

  add(id: DocumentId, now: number): void {
    const record = this.#records.get(id) ?? new CrashRecord(this.#forgiven, this.#windowMs);
    this.#records.set(id, record);
    record.add(now);
  }

  isRefused(id: DocumentId, now: number): boolean {
    return this.#records.get(id)?.isRefused(now) === true;
  }

  count(id: DocumentId, now: number): number {
    return this.#records.get(id)?.count(now) ?? 0;
  }

  /** Forgets what is long ago. */
  sweep(now: number): void {
    for (const [id, record] of this.#records) if (record.isClean(now)) this.#records.delete(id);
  }
}
