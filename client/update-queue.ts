import { KeyedQueue } from './keyed-queue.ts';
import type { TextConnectionError } from './text-connection-error.ts';

/** The server has it: durably, where its store is durable. */
export interface Ack {
  readonly opId: string;
  /** The number of the update in the document's log. */
  readonly seq: number;
}

/** An update that is not acknowledged yet. */
export interface PendingUpdate {
  readonly opId: string;
  readonly update: Uint8Array;
  /** What its author had seen when it was made. */
  readonly baseVersion: number;
}

interface Entry extends PendingUpdate {
  readonly acked: Promise<Ack>;
  readonly resolve: (ack: Ack) => void;
  readonly reject: (error: TextConnectionError) => void;
}

/**
 * Updates on their way to the server, oldest first. One stays until the server has acknowledged or refused it, however
 * many sockets that takes; its `opId` makes every repeat harmless.
 */
export class UpdateQueue {
  /** Written to the present socket. All of them are older than those that wait. */
  #underWay = new Map<string, Entry>();
  #waiting = new KeyedQueue<Entry>();

  get size(): number {
    return this.#underWay.size + this.#waiting.size;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** An `opId` that is in the queue already gives the promise of that one: nothing is queued twice. */
  add(pending: PendingUpdate): Promise<Ack> {
    const known = this.#find(pending.opId);
    if (known !== undefined) return known.acked;
    const { promise, resolve, reject } = deferred<Ack>();
    // Whoever does not care for its fate is not punished by an unhandled rejection; `error` tells it too.
    promise.catch(() => undefined);
    this.#waiting.add(pending.opId, { ...pending, acked: promise, resolve, reject });
    return promise;
  }

  /** The oldest that was not written yet; it counts as written now. */
  takeNext(): PendingUpdate | undefined {
    const [opId, entry] = this.#waiting.shift() ?? [];
    if (opId !== undefined && entry !== undefined) this.#underWay.set(opId, entry);
    return entry;
  }

  /** Nobody knows which of those under way arrived: all have to be written again, in their order. */
  rewind(): void {
    this.#waiting = new KeyedQueue([...this.#underWay, ...this.#waiting.entries()]);
    this.#underWay = new Map();
  }

  settle(ack: Ack): boolean {
    const entry = this.#remove(ack.opId);
    entry?.resolve(ack);
    return entry !== undefined;
  }

  /** One that will never be acknowledged. */
  refuse(error: TextConnectionError): boolean {
    const entry = error.opId === undefined ? undefined : this.#remove(error.opId);
    entry?.reject(error);
    return entry !== undefined;
  }

  refuseAll(errorOf: (pending: PendingUpdate) => TextConnectionError): void {
    for (const pending of this.list()) this.refuse(errorOf(pending));
  }

  /** The only one under way, if it is the only one. */
  get onlyUnderWay(): PendingUpdate | undefined {
    return this.#underWay.size === 1 ? this.#underWay.values().next().value : undefined;
  }

  /** All, oldest first. */
  list(): PendingUpdate[] {
    return [...this.#underWay.values(), ...this.#waiting.values()].map(({ opId, update, baseVersion }) => ({
      opId,
      update,
      baseVersion,
    }));
  }

  #find(opId: string): Entry | undefined {
    return this.#underWay.get(opId) ?? this.#waiting.get(opId);
  }

  #remove(opId: string): Entry | undefined {
    const entry = this.#find(opId);
    this.#underWay.delete(opId);
    this.#waiting.delete(opId);
    return entry;
  }
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: TextConnectionError) => void;
}

function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>['resolve'] = () => undefined;
  let reject: Deferred<Value>['reject'] = () => undefined;
  const promise = new Promise<Value>((keep, refuse) => {
    resolve = keep;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
