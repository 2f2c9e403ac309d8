import type { ConnectionId } from '../protocol/ids.ts';
import type { Presence, Subscriber } from './door.ts';

/** A cursor that was not heard of for this long is no longer shown: its owner looked away or lost the line. */
export const PRESENCE_TTL_MS = 30_000;

interface Entry {
  presence: Presence;
  expiresAt: number;
}

const NOTHING: Presence['data'] = Object.freeze({});

/** Who is at a document. Entries come and go with their subscribers; what they point at expires. */
export class PresenceTable {
  readonly #entries = new Map<ConnectionId, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  add(subscriber: Subscriber): Presence {
    const { connectionId, userId, displayName } = subscriber;
    const presence: Presence = { connectionId, userId, displayName, data: NOTHING };
    this.#entries.set(connectionId, { presence, expiresAt: Number.POSITIVE_INFINITY });
    return presence;
  }

  get(id: ConnectionId): Presence | undefined {
    return this.#entries.get(id)?.presence;
  }

  remove(id: ConnectionId): Presence | undefined {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    return entry?.presence;
  }

  /** @returns false where the connection is not here */
  set(id: ConnectionId, data: Presence['data'], now: number): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.presence = { ...entry.presence, data };
    entry.expiresAt = now + PRESENCE_TTL_MS;
    return true;
  }

  /** Keeps what is there alive. */
  touch(id: ConnectionId, now: number): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined && entry.presence.data !== NOTHING) entry.expiresAt = now + PRESENCE_TTL_MS;
  }

  /** Forgets what was not refreshed in time. @returns the connections that changed */
  expire(now: number): ConnectionId[] {
    const changed: ConnectionId[] = [];
    for (const [id, entry] of this.#entries) {
      if (entry.expiresAt > now) continue;
      entry.presence = { ...entry.presence, data: NOTHING };
      entry.expiresAt = Number.POSITIVE_INFINITY;
      changed.push(id);
    }
    return changed;
  }

  all(): Presence[] {
    return [...this.#entries.values()].map((entry) => entry.presence);
  }
}
