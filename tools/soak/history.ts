/** What happened on the wire of one client, in the order in which this process saw it. */
export type HistoryEvent =
  /** A socket is opened. */
  | { readonly type: 'dialled'; readonly client: string; readonly session: number }
  /** The first message came. `resumed`: it goes on where the client was. */
  | {
      readonly type: 'joined';
      readonly client: string;
      readonly session: number;
      readonly version: number;
      readonly headSeq: number;
    }
  | {
      readonly type: 'sent';
      readonly client: string;
      readonly session: number;
      readonly opId: string;
      readonly delta: string;
    }
  | {
      readonly type: 'acked';
      readonly client: string;
      readonly session: number;
      readonly opId: string;
      readonly seq: number;
    }
  /** `delta` is absent for an event that is no update. */
  | {
      readonly type: 'received';
      readonly client: string;
      readonly session: number;
      readonly seq: number;
      readonly delta?: string;
    };

/** What the clients of one document saw. One process recorded it, so the order of the list is the order of time. */
export class History {
  readonly events: HistoryEvent[] = [];
  /** Operations that were acknowledged. */
  readonly acked = new Set<string>();
  readonly #onAcked: (delta: string) => void;
  /** By operation, those that were sent. */
  readonly #deltas = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #sessions = 0;

  /** @param onAcked - is given each update in base64 when it is acknowledged for the first time */
  constructor(onAcked: (delta: string) => void) {
    this.#onAcked = onAcked;
  }

  /** Sockets that were opened. */
  get sessions(): number {
    return this.#sessions;
  }

  /** A number for a socket, unique in this history. */
  newSession(): number {
    this.#sessions += 1;
    return this.#sessions;
  }

  add(event: HistoryEvent): void {
    this.events.push(this.#interned(event));
    if (event.type === 'sent') this.#deltas.set(event.opId, event.delta);
    if (event.type !== 'acked' || this.acked.has(event.opId)) return;
    this.acked.add(event.opId);
    const delta = this.#deltas.get(event.opId);
    if (delta !== undefined) this.#onAcked(delta);
  }

  /** Everybody hears of the same updates: their bytes are kept once. */
  #interned(event: HistoryEvent): HistoryEvent {
    if (event.type !== 'received' || event.delta === undefined) return event;
    const delta = this.#texts.get(event.delta) ?? event.delta;
    this.#texts.set(delta, delta);
    return { ...event, delta };
  }
}
