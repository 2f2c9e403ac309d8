import type { InspectionRecord } from './inspection-record.ts';

/** A record that is still being written. */
export type DraftRecord = { -readonly [Key in keyof InspectionRecord]: InspectionRecord[Key] } & {
  /** Counts up whenever a record changes, over all of them. */
  change: number;
};

/** The latest records of one document, numbered, and which of them changed since when. */
export class RecordRing {
  readonly #size: number;
  readonly #onDropped: (record: InspectionRecord) => void;
  readonly #drafts: DraftRecord[] = [];
  #oldest = 0;
  #no = 0;
  #change = 0;

  /** @param onDropped - a record makes room for a newer one */
  constructor(size: number, onDropped: (record: InspectionRecord) => void) {
    this.#size = size;
    this.#onDropped = onDropped;
  }

  /** The last change: what was read up to here need not be read again. */
  get change(): number {
    return this.#change;
  }

  /** All that are kept, in order. */
  get records(): readonly InspectionRecord[] {
    return [...this.#drafts.slice(this.#oldest), ...this.#drafts.slice(0, this.#oldest)];
  }

  add(record: Omit<DraftRecord, 'no' | 'change'>): DraftRecord {
    this.#no += 1;
    this.#change += 1;
    const draft: DraftRecord = { ...record, no: this.#no, change: this.#change };
    if (this.#drafts.length < this.#size) {
      this.#drafts.push(draft);
      return draft;
    }
    const dropped = this.#drafts[this.#oldest];
    if (dropped !== undefined) this.#onDropped(dropped);
    this.#drafts[this.#oldest] = draft;
    this.#oldest = (this.#oldest + 1) % this.#size;
    return draft;
  }

  /** A record has changed. */
  touch(record: DraftRecord): void {
    this.#change += 1;
    record.change = this.#change;
  }

  /** What is new or has changed since `change`, in order. */
  since(change: number): InspectionRecord[] {
    const changed: InspectionRecord[] = [];
    if (change === this.#change) return changed;
    for (let index = 0; index < this.#drafts.length; index += 1) {
      const record = this.#drafts[(this.#oldest + index) % this.#drafts.length];
      if (record !== undefined && record.change > change) changed.push(record);
    }
    return changed;
  }
}
