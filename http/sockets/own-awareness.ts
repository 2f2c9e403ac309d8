import type { ConnectionId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { AwarenessTable } from './awareness-table.ts';
import { type AwarenessEntry, encodeAwareness } from './awareness-update.ts';
import { encodeBase64 } from './base64.ts';
import { MAX_AWARENESS_BYTES, MAX_AWARENESS_CLIENTS } from './yjs-limits.ts';

/** The clients for which one connection speaks: usually one. */
export class OwnAwareness {
  readonly #connectionId: ConnectionId;
  readonly #table: Pick<AwarenessTable, 'accepts'>;
  #entries: ReadonlyMap<number, AwarenessEntry> = new Map();

  /** @param table of the document: knows who speaks for whom */
  constructor(connectionId: ConnectionId, table: Pick<AwarenessTable, 'accepts'>) {
    this.#connectionId = connectionId;
    this.#table = table;
  }

  /**
   * Takes up what the connection says about its own clients. What it repeats about others is passed over.
   *
   * @returns what was new
   * @throws Problem `bad_message` where it speaks for too many, or says too much; nothing is taken up then
   */
  take(said: readonly AwarenessEntry[]): AwarenessEntry[] {
    const entries = new Map(this.#entries);
    const taken: AwarenessEntry[] = [];
    for (const entry of said) {
      if (!this.#isNew(entries.get(entry.clientId), entry)) continue;
      if (entry.state === null) entries.delete(entry.clientId);
      else entries.set(entry.clientId, entry);
      taken.push(entry);
    }
    if (entries.size > MAX_AWARENESS_CLIENTS) {
      throw new Problem('bad_message', `A socket speaks for at most ${MAX_AWARENESS_CLIENTS} clients.`);
    }
    let bytes = 0;
    for (const { state } of entries.values()) bytes += Buffer.byteLength(state ?? '');
    if (bytes > MAX_AWARENESS_BYTES) {
      throw new Problem('bad_message', `The states of a socket are at most ${MAX_AWARENESS_BYTES} bytes.`);
    }
    this.#entries = entries;
    return taken;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** As presence of the connection: by the convention of all doors, an awareness update in base64. */
  get presence(): Readonly<Record<string, unknown>> {
    if (this.isEmpty) return {};
    return { data: encodeBase64(encodeAwareness([...this.#entries.values()])) };
  }

  #isNew(own: AwarenessEntry | undefined, entry: AwarenessEntry): boolean {
    if (own === undefined) return entry.state !== null && this.#table.accepts(this.#connectionId, entry);
    return entry.clock > own.clock || (entry.clock === own.clock && entry.state === null);
  }
}
