import { fromBase64, toBase64 } from 'lib0/buffer';
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import { type AwarenessEntry, readAwareness, writeAwareness } from './awareness-update.ts';

interface AwarenessChange {
  readonly added: readonly number[];
  readonly updated: readonly number[];
  readonly removed: readonly number[];
}

/** What is told of another connection. `data`: base64 of its awareness update; absent where it has none (any more). */
export interface CarriedPresence {
  readonly connectionId: string;
  readonly data?: string;
  readonly left?: boolean;
}

/** A connection that carries a text with the presence of each of its clients. */
export interface PresenceCarrier {
  /** Says the text of this client, now and after every return. */
  tell(data: string): void;
  /** @returns a function that ends it */
  onPresence(listener: (presence: CarriedPresence) => void): () => void;
  /** Nobody is told of any more until the connection is back. @returns a function that ends it */
  onLost(listener: () => void): () => void;
}

/** Carries the states of a Yjs `Awareness` in the presence of a connection, both ways. */
export class AwarenessPresence {
  readonly #awareness: Awareness;
  readonly #carrier: PresenceCarrier;
  /** Clients of the awareness by the connection that tells of them: a socket of y-websocket may speak for many. */
  readonly #clients = new Map<string, ReadonlySet<number>>();
  readonly #stops: (() => void)[];

  constructor(awareness: Awareness, carrier: PresenceCarrier) {
    this.#awareness = awareness;
    this.#carrier = carrier;
    const changed = ({ added, updated, removed }: AwarenessChange, origin: unknown): void => {
      if (origin !== this && [...added, ...updated, ...removed].includes(awareness.clientID)) this.#tell();
    };
    awareness.on('update', changed);
    this.#stops = [
      () => awareness.off('update', changed),
      carrier.onPresence((presence) => this.#heard(presence)),
      carrier.onLost(() => this.#lost()),
    ];
    // The clock of a new awareness is 0, and what has the clock 0 is nothing new to anybody.
    this.#renew();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.#forgetAll();
  }

  #tell(): void {
    const update = encodeAwarenessUpdate(this.#awareness, [this.#awareness.clientID]);
    this.#carrier.tell(toBase64(update));
  }

  #heard({ connectionId, data, left }: CarriedPresence): void {
    // Without data: of another kind of client, or silent for too long, or gone.
    if (data === undefined || left === true) {
      this.#forget(connectionId);
      return;
    }
    // Rubbish of another client is not ours to fail on; it is simply not shown.
    const entries = readData(data)?.filter(({ clientId }) => clientId !== this.#awareness.clientID) ?? [];
    const before = this.#clients.get(connectionId) ?? [];
    this.#clients.set(connectionId, new Set(entries.map(({ clientId }) => clientId)));
    applyAwarenessUpdate(this.#awareness, writeAwareness(entries), this);
    // What is told replaces what was told.
    this.#removeUnnamed(before);
  }

  #forget(connectionId: string): void {
    const clients = this.#clients.get(connectionId) ?? [];
    this.#clients.delete(connectionId);
    this.#removeUnnamed(clients);
  }

  /** But for clients that came back on another socket before the old one was given up. */
  #removeUnnamed(clients: Iterable<number>): void {
    const named = new Set([...this.#clients.values()].flatMap((ids) => [...ids]));
    this.#remove([...clients].filter((client) => !named.has(client)));
  }

  #lost(): void {
    this.#forgetAll();
    // The others are told that this client left, with the clock that it had: with the same one it stays gone to them.
    this.#renew();
  }

  #renew(): void {
    this.#awareness.setLocalState(this.#awareness.getLocalState());
  }

  #forgetAll(): void {
    const clients = [...this.#clients.values()].flatMap((ids) => [...ids]);
    this.#clients.clear();
    this.#remove(clients);
  }

  #remove(clients: readonly number[]): void {
    removeAwarenessStates(this.#awareness, [...clients], this);
    // Else what they say when they are back, with the same clock, would count as old.
    for (const client of clients) this.#awareness.meta.delete(client);
  }
}

function readData(data: string): AwarenessEntry[] | undefined {
  try {
    return readAwareness(fromBase64(data));
  } catch {
    return undefined;
  }
}
