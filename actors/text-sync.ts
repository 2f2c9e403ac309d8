import { readStateVector, type StateVector } from '../documents/state-vector.ts';
import type { ReadJob, ReadResult } from '../documents/text/read-updates.ts';
import { YjsCoverage } from '../documents/yjs-coverage.ts';
import { BadUpdate, readYjsUpdate, type YjsUpdate } from '../documents/yjs-update.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { TextFact, TextOpening } from '../protocol/text-messages.ts';

/** Documents whose coverage is kept for those who come back: a few KB each, but for texts full of holes. */
const REMEMBERED = 32;

/** What a Yjs document and one of its clients lack of each other. */
export interface YjsDifference {
  /** What the client lacks, in order; together, not each for itself. Nothing in it is not durable. */
  readonly updates: readonly Uint8Array[];
  /** The state vector of the document: what it does not reach the client should send. */
  readonly stateVector: Uint8Array;
}

/** What is needed of a document: `DocumentRef`. */
export interface QueriedText {
  readonly id: DocumentId;
  query(query: { readonly type: 'opening' }): Promise<unknown>;
}

export interface TextSyncParts {
  /** Reads large updates without holding up anybody. */
  readonly reader: { read(job: ReadJob): Promise<ReadResult> };
}

/** A coverage of all events up to `seq`. A document only grows, so it is never wrong, only behind. */
interface Known {
  readonly coverage: YjsCoverage;
  seq: Seq;
  /** Settles when nobody reads for it any more. */
  reading: Promise<unknown>;
}

/**
 * Compares text documents of the CRDT `yjs` with their clients. The documents are opaque updates that nobody has merged;
 * here they are read, not merged, and what was read once is remembered.
 */
export class TextSync {
  readonly #parts: TextSyncParts;
  /** Least recently used first. */
  readonly #known = new Map<DocumentId, Known>();

  constructor(parts: TextSyncParts) {
    this.#parts = parts;
  }

  /** @throws Problem as a query does, `bad_message` where the bytes are no state vector */
  async difference(document: QueriedText, stateVector: Uint8Array): Promise<YjsDifference> {
    const vector = readStateVector(stateVector);
    if (vector === undefined) throw new Problem('bad_message', 'The bytes are no state vector.');
    const { coverage, opening } = await this.#read(document);
    const mine = coverage.stateVector();
    return { updates: await this.#missing(coverage, opening, stateVector, vector), stateVector: mine };
  }

  /** @throws Problem as a query does */
  async stateVector(document: QueriedText): Promise<Uint8Array> {
    const { coverage } = await this.#read(document);
    return coverage.stateVector();
  }

  /**
   * Whether an update says nothing that the document does not have, as the answer of a client does that only came back.
   * One that is malformed is not known.
   * @throws Problem as a query does
   */
  async isKnown(document: QueriedText, update: Uint8Array): Promise<boolean> {
    const read = tryReadUpdate(update);
    if (read === undefined) return false;
    const { coverage } = await this.#read(document);
    return coverage.covers(read);
  }

  async #missing(
    coverage: YjsCoverage,
    { snapshot, tail }: TextOpening,
    stateVector: Uint8Array,
    vector: StateVector,
  ): Promise<readonly Uint8Array[]> {
    // Whoever comes back soon lacks at most deletions: a state vector tells nothing of those.
    if (vector.size > 0 && coverage.isReachedBy(vector)) return [coverage.deletions()];
    const { bytes } = snapshot;
    if (bytes.length === 0) return updatesOf(tail);
    if (vector.size === 0) return [bytes, ...updatesOf(tail)];
    const { difference } = await this.#parts.reader.read({
      covered: [],
      difference: { update: bytes, vector: stateVector },
    });
    return [difference ?? bytes, ...updatesOf(tail)];
  }

  /** The document's durable state, and the coverage of at least that. */
  async #read(document: QueriedText): Promise<{ coverage: YjsCoverage; opening: TextOpening }> {
    const opening = (await document.query({ type: 'opening' })) as TextOpening;
    const known = this.#recall(document.id);
    // One after the other: fifty who come at once read a large document once.
    const reading = known.reading.then(() => this.#extend(known, opening));
    known.reading = reading.catch(() => undefined);
    await reading;
    return { coverage: known.coverage, opening };
  }

  async #extend(known: Known, { snapshot, tail }: TextOpening): Promise<void> {
    const { version, bytes } = snapshot;
    const head = version + tail.length;
    if (known.seq >= head) return;
    const isBehindSnapshot = known.seq < version && bytes.length > 0;
    const unread = tail.slice(Math.max(0, known.seq - version));
    const covered = [...(isBehindSnapshot ? [bytes] : []), ...updatesOf(unread)];
    const { coverage } = await this.#parts.reader.read({ covered });
    known.coverage.unite(coverage);
    known.seq = head;
  }

  #recall(id: DocumentId): Known {
    const known = this.#known.get(id) ?? { coverage: new YjsCoverage(), seq: 0, reading: Promise.resolve() };
    this.#known.delete(id);
    this.#known.set(id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }
}

const updatesOf = (tail: readonly TextFact[]): readonly Uint8Array[] =>
  tail.flatMap((fact) => (fact.type === 'update' ? [fact.delta] : []));

function tryReadUpdate(update: Uint8Array): YjsUpdate | undefined {
  try {
    return readYjsUpdate(update);
  } catch (error) {
    if (error instanceof BadUpdate) return undefined;
    throw error;
  }
}
