import type { RoomPresenceFields } from '../protocol/room-socket.ts';
import type { CarriedPresence, PresenceCarrier } from './awareness-presence.ts';
import type { ClientTimers } from './client-timers.ts';
import type { MessageOf, RoomGuest } from './room-events.ts';

/** Characters of `data` that the server takes. */
const MAX_DATA = 16_384;
/** A hand moves a hundred times a second; nobody sees more than thirty. */
const GAP_MS = 33;

/** What a client tells of itself. What is not given stays as it was; `null` takes it away. */
export interface PresenceChange {
  /** In pixels of the base image. */
  readonly cursor?: { readonly x: number; readonly y: number } | null;
  /** Ids of annotations. */
  readonly selection?: readonly string[] | null;
  readonly typing?: boolean | null;
  /** Whatever else clients tell each other; an awareness has it for itself. */
  readonly data?: string | null;
}

export interface RoomPresenceHandler {
  say(fields: RoomPresenceFields): void;
  /** Of somebody else. */
  told(guest: RoomGuest & { readonly left?: true }): void;
  /** What was to be said is more than the server takes; what was said before still holds. */
  tooLarge(): void;
}

/** Who is at the room: what this client says of itself, at most so often, and what the others say. */
export class RoomPresence implements PresenceCarrier {
  readonly #timers: ClientTimers;
  readonly #handler: RoomPresenceHandler;
  readonly #guests = new Map<string, RoomGuest>();
  readonly #presenceListeners = new Set<(presence: CarriedPresence) => void>();
  readonly #lostListeners = new Set<() => void>();
  #own: RoomPresenceFields | undefined;
  #isLive = false;
  #isDue = false;
  #cancelGap: (() => void) | undefined;

  constructor(timers: ClientTimers, handler: RoomPresenceHandler) {
    this.#timers = timers;
    this.#handler = handler;
  }

  /** The others, by connection. */
  get guests(): ReadonlyMap<string, RoomGuest> {
    return this.#guests;
  }

  set(change: PresenceChange): void {
    const fields = { ...this.#own, ...change };
    const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
    this.#own = Object.fromEntries(kept);
    this.#isDue = true;
    this.#flush();
  }

  tell(data: string): void {
    if (data.length <= MAX_DATA) this.set({ data });
    else this.#handler.tooLarge();
  }

  onPresence(listener: (presence: CarriedPresence) => void): () => void {
    this.#presenceListeners.add(listener);
    return () => this.#presenceListeners.delete(listener);
  }

  onLost(listener: () => void): () => void {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  /** There is a socket, which nobody has told anything yet. */
  open(): void {
    this.#isLive = true;
    this.#isDue = this.#own !== undefined;
    this.#flush();
  }

  close(): void {
    this.#isLive = false;
    this.#cancelGap?.();
    this.#cancelGap = undefined;
    this.#guests.clear();
    for (const listener of this.#lostListeners) listener();
  }

  /** A stay begins, with these others. */
  welcome(guests: readonly RoomGuest[], ownConnection: string): void {
    this.#guests.clear();
    for (const guest of guests) if (guest.connectionId !== ownConnection) this.#tell(guest);
  }

  heard({ type: _, ...guest }: MessageOf<'presence'>): void {
    this.#tell(guest);
  }

  #tell({ left, ...guest }: RoomGuest & { readonly left?: true }): void {
    if (left === true) this.#guests.delete(guest.connectionId);
    else this.#guests.set(guest.connectionId, guest);
    const told = left === true ? { ...guest, left } : guest;
    this.#handler.told(told);
    for (const listener of this.#presenceListeners) listener(told);
  }

  #flush(): void {
    if (!this.#isLive || !this.#isDue || this.#cancelGap !== undefined || this.#own === undefined) return;
    this.#isDue = false;
    this.#handler.say(this.#own);
    this.#cancelGap = this.#timers.after(GAP_MS, () => {
      this.#cancelGap = undefined;
      this.#flush();
    });
  }
}
