import type { ConnectionId } from '../../protocol/ids.ts';
import type { AwarenessEntry } from './awareness-update.ts';

/** Clients that left and whose last clock is remembered; those that have been gone for longest are forgotten. */
const MAX_GONE = 1_000;

interface Client {
  /** The connection that speaks for it. */
  readonly owner: ConnectionId;
  readonly entry: AwarenessEntry;
}

/**
 * The awareness of all who are at a document, through whatever door, as its y-websocket clients were told of it.
 *
 * A client sends on whatever it hears of others, as if it came from itself. So each client id belongs to the connection
 * that told of it first, and moves to another only with a higher clock: its owner came back on a new socket before the
 * old one was given up.
 */
export class AwarenessTable {
  readonly #clients = new Map<number, Client>();
  readonly #byConnection = new Map<ConnectionId, ReadonlySet<number>>();
  /** The last clock of those that left: what is still said of them is an echo, unless its clock is higher. */
  readonly #gone = new Map<number, number>();

  /** Everybody who is there. */
  all(): AwarenessEntry[] {
    return [...this.#clients.values()].map(({ entry }) => entry);
  }

  /** Whether a connection may speak for a client, and what it says is not old. */
  accepts(connection: ConnectionId, { clientId, clock, state }: AwarenessEntry): boolean {
    const client = this.#clients.get(clientId);
    if (client?.owner === connection) return clock >= client.entry.clock;
    if (state === null) return false;
    const last = client?.entry.clock ?? this.#gone.get(clientId);
    return last === undefined || clock > last;
  }

  /**
   * What a connection shows now is this and nothing else.
   * @returns what the others must be told
   */
  show(connection: ConnectionId, entries: readonly AwarenessEntry[]): AwarenessEntry[] {
    const told = entries.filter((entry) => this.accepts(connection, entry));
    const shown = new Set<number>();
    for (const entry of told) {
      if (entry.state === null) this.#remove(entry);
      else {
        shown.add(entry.clientId);
        this.#gone.delete(entry.clientId);
        this.#clients.set(entry.clientId, { owner: connection, entry });
      }
    }
    for (const clientId of this.#byConnection.get(connection) ?? []) {
      const client = this.#clients.get(clientId);
      if (shown.has(clientId) || client?.owner !== connection) continue;
      // With the clock that it had: that is enough for `null`, and whatever it says when it is back is newer.
      const left = { ...client.entry, state: null };
      this.#remove(left);
      told.push(left);
    }
    if (shown.size > 0) this.#byConnection.set(connection, shown);
    else this.#byConnection.delete(connection);
    return told;
  }

  /** Forgets those whose connection is none of these: nobody was here to be told that it left. */
  keepOnly(connections: ReadonlySet<ConnectionId>): void {
    for (const { owner, entry } of [...this.#clients.values()]) {
      if (connections.has(owner)) continue;
      this.#remove(entry);
      this.#byConnection.delete(owner);
    }
  }

  #remove({ clientId, clock }: AwarenessEntry): void {
    this.#clients.delete(clientId);
    this.#gone.delete(clientId);
    this.#gone.set(clientId, clock);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > MAX_GONE && oldest !== undefined) this.#gone.delete(oldest);
  }
}
