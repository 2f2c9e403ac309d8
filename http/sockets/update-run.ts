import * as Y from 'yjs';
import { EMPTY_YJS_UPDATE } from '../../protocol/room-socket.ts';

/** Beyond it merging costs more than the frames that it saves. */
const MAX_BYTES = 256 * 1024;
/** Yjs looks at every update for each struct that it takes. */
const MAX_UPDATES = 64;

/** Updates that follow each other and are told as one. */
export class UpdateRun {
  readonly #updates: Uint8Array[] = [];
  #bytes = 0;

  /** As few updates as are reasonable that have the effect of all, in order. */
  static merge(updates: readonly Uint8Array[]): Uint8Array[] {
    const merged: Uint8Array[] = [];
    let run = new UpdateRun();
    for (const update of updates) {
      if (run.add(update)) continue;
      merged.push(run.merged());
      run = new UpdateRun();
      run.add(update);
    }
    if (updates.length > 0) merged.push(run.merged());
    return merged;
  }

  /** @returns false where it would become too much; one alone may be of any size */
  add(update: Uint8Array): boolean {
    const isFull = this.#updates.length === MAX_UPDATES || this.#bytes + update.length > MAX_BYTES;
    if (isFull && this.#updates.length > 0) return false;
    this.#updates.push(update);
    this.#bytes += update.length;
    return true;
  }

  merged(): Uint8Array {
    const [first = EMPTY_YJS_UPDATE] = this.#updates;
    return this.#updates.length > 1 ? Y.mergeUpdates(this.#updates) : first;
  }
}
