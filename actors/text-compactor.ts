import { type DocumentId, type Seq, SYSTEM } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Documents } from './documents.ts';
import { TextDocument } from './text-document.ts';

/** A document whose updates failed to merge so often is left alone: its log is whole, only longer. */
const FAILURES_FORGIVEN = 3;

export interface Compaction {
  readonly version: Seq;
  /** That were merged. */
  readonly updates: number;
  /** Of the snapshot. */
  readonly bytes: number;
}

export interface TextCompactorParts {
  readonly documents: Pick<Documents, 'find'>;
  /** Takes one job at a time. */
  readonly merger: { merge(updates: readonly Uint8Array[]): Promise<Uint8Array>; stop(): Promise<void> };
  /** Updates are now part of the snapshot after event `version`. */
  readonly onCompacted?: (id: DocumentId, done: Compaction) => void;
  /** Nothing is lost, but somebody should know. */
  readonly onFailure: (id: DocumentId, error: unknown) => void;
}

/** Merges the updates of Yjs documents into their snapshots, one document at a time, when they ask for it. */
export class TextCompactor {
  readonly #parts: TextCompactorParts;
  /** Each once, in the order in which they asked. */
  readonly #waiting = new Set<DocumentId>();
  readonly #failures = new Map<DocumentId, number>();
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(parts: TextCompactorParts) {
    this.#parts = parts;
  }

  /** Documents that wait, or are merged now. */
  get pending(): number {
    return this.#waiting.size + (this.#running === undefined ? 0 : 1);
  }

  /** The effect `compact` of a text document. */
  begin(id: DocumentId): void {
    if (this.#isStopped || (this.#failures.get(id) ?? 0) >= FAILURES_FORGIVEN) return;
    this.#waiting.add(id);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Takes nothing more and gives up what is under way: nothing is lost. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#waiting.clear();
    await this.#parts.merger.stop();
    await this.idle();
  }

  async #run(): Promise<void> {
    for (const id of this.#waiting) {
      this.#waiting.delete(id);
      try {
        await this.#compact(id);
        this.#failures.delete(id);
      } catch (error) {
        if (this.#isStopped || (error instanceof Problem && error.code === 'not_found')) continue;
        // A document that is busy or away is not a document that cannot be merged.
        if (!(error instanceof Problem)) this.#failures.set(id, (this.#failures.get(id) ?? 0) + 1);
        this.#parts.onFailure(id, error);
      }
    }
  }

  async #compact(id: DocumentId): Promise<void> {
    const document = new TextDocument(await this.#parts.documents.find('text', id));
    const { snapshot, tail } = await document.query({ type: 'opening' });
    const updates = tail.flatMap((fact) => (fact.type === 'update' ? [fact.delta] : []));
    if (updates.length === 0 || this.#isStopped) return;
    const all = snapshot.bytes.length === 0 ? updates : [snapshot.bytes, ...updates];
    const bytes = await this.#parts.merger.merge(all);
    // What came meanwhile stays in the tail.
    const version = snapshot.version + tail.length;
    const { stored } = await document.execute({ type: 'compact', version, bytes }, { by: SYSTEM });
    if (stored) this.#parts.onCompacted?.(id, { version, updates: updates.length, bytes: bytes.length });
  }
}
