import type { OperationId, Seq } from '../protocol/ids.ts';
import {
  decodeOperations,
  encodeOperations,
  type NamedOperation,
  type Operation,
} from './operation-codec.ts';

/** Kept at least this many per document ... */
export const OPERATIONS_KEPT = 10_000;
/** ... and at least this long: a client that was offline for a day must not repeat itself. */
export const OPERATIONS_KEPT_MS = 24 * 60 * 60 * 1000;
/** The hard bound: beyond it age does not protect, so that memory stays bounded. */
export const OPERATIONS_LIMIT = 50_000;

/** Operations that are encoded together. */
const BLOCK = 128;

/** Operations that follow each other: those of the newest block, and of the oldest, as objects; else encoded. */
interface Block {
  operations: NamedOperation[] | undefined;
  bytes: Uint8Array | undefined;
}

/**
 * The operations of one document that carried an id, oldest first. Same for the lived and the replayed document.
 *
 * They are encoded as they come, a block at a time: a snapshot of a busy document only gathers what is there, and an
 * answer that hardly anybody asks for again is kept as bytes.
 */
export class OperationLog {
  /** In which block each is. (A Map that is also the queue would be walked from its deleted entries at each removal.) */
  readonly #blocksById = new Map<OperationId, Block>();
  readonly #blocks: Block[] = [];
  /** Of the oldest block. */
  #forgotten = 0;

  get size(): number {
    return this.#blocksById.size;
  }

  /** Event of the newest one; 0 where there is none. */
  get seq(): Seq {
    const newest = this.#blocks.at(-1);
    return (newest && operationsOf(newest).at(-1)?.seq) ?? 0;
  }

  get(id: OperationId): Operation | undefined {
    const block = this.#blocksById.get(id);
    return block && operationsOf(block).findLast((operation) => operation.id === id);
  }

  /** @param id that is not known */
  add(id: OperationId, { type, seq, at, answer }: Operation): void {
    let newest = this.#blocks.at(-1);
    if (newest?.operations === undefined || newest.operations.length === BLOCK) {
      newest = { operations: [], bytes: undefined };
      this.#blocks.push(newest);
    }
    const operations = operationsOf(newest);
    operations.push({ id, type, seq, at, answer });
    this.#blocksById.set(id, newest);
    if (operations.length === BLOCK) {
      newest.bytes = encodeOperations(operations);
      newest.operations = undefined;
    }
    while (this.size > OPERATIONS_KEPT && this.#isTooMany(at)) this.#forgetOldest();
  }

  /** All, oldest first, as `encodeOperations` writes them. */
  encoded(): Uint8Array[] {
    return this.#blocks.map((block, index) => {
      if (index === 0 && this.#forgotten > 0) {
        return encodeOperations(operationsOf(block).slice(this.#forgotten));
      }
      return block.bytes ?? encodeOperations(operationsOf(block));
    });
  }

  *entries(): IterableIterator<[OperationId, Operation]> {
    let skip = this.#forgotten;
    for (const block of this.#blocks) {
      for (const { id, ...operation } of operationsOf(block).slice(skip)) yield [id, operation];
      skip = 0;
    }
  }

  #isTooMany(now: number): boolean {
    const isYoung = now - (this.#oldest()?.at ?? now) < OPERATIONS_KEPT_MS;
    return this.size > (isYoung ? OPERATIONS_LIMIT : OPERATIONS_KEPT);
  }

  #oldest(): NamedOperation | undefined {
    const [block] = this.#blocks;
    if (block === undefined) return undefined;
    // Its operations go one by one from now on.
    block.operations ??= operationsOf(block);
    return block.operations[this.#forgotten];
  }

  #forgetOldest(): void {
    const oldest = this.#oldest();
    if (oldest === undefined) return;
    this.#blocksById.delete(oldest.id);
    this.#forgotten += 1;
    if (this.#forgotten < BLOCK) return;
    this.#blocks.shift();
    this.#forgotten = 0;
  }
}

const operationsOf = ({ operations, bytes }: Block): NamedOperation[] =>
  operations ?? (bytes === undefined ? [] : decodeOperations(bytes));
