import { fromBase64, toBase64 } from 'lib0/buffer';
import { createDecoder, readVarUint } from 'lib0/decoding';
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';

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
  /** Clients of the awareness by the connection that told of them. */
  readonly #clients = new Map<string, number>();
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
      carrier.onLost(() => this.#forgetAll()),
    ];
    // The clock of a new awareness is 0, and what has the clock 0 is nothing new to anybody.
    awareness.setLocalState(awareness.getLocalState());
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
    const update = fromBase64(data);
    const client = clientOf(update);
    if (client === undefined || client === this.#awareness.clientID) return;
    this.#clients.set(connectionId, client);
    try {
      applyAwarenessUpdate(this.#awareness, update, this);
    } catch {
      // Another client's rubbish is not ours to fail on; it is simply not shown.
    }
  }

  #forget(connectionId: string): void {
    const client = this.#clients.get(connectionId);
    this.#clients.delete(connectionId);
    // It came back on another socket before this one was given up.
    if (client === undefined || [...this.#clients.values()].includes(client)) return;
    this.#remove([client]);
  }

  #forgetAll(): void {
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    this.#remove(clients);
  }

  #remove(clients: readonly number[]): void {
    removeAwarenessStates(this.#awareness, [...clients], this);
    // Else what they say when they are back, with the same clock, would count as old.
    for (const client of clients) this.#awareness.meta.delete(client);
  }
}

/** Whom an awareness update is about: exactly one client, as {@link AwarenessPresence} writes it. */
function clientOf(update: Uint8Array): number | undefined {
  try {
    const decoder = createDecoder(update);
    return readVarUint(decoder) === 1 ? readVarUint(decoder) : undefined;
  } catch {
    return undefined;
  }
}
