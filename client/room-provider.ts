import { fromBase64 } from 'lib0/buffer';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { applyRemote } from './apply-remote.ts';
import { AwarenessPresence } from './awareness-presence.ts';
import { Backoff } from './backoff.ts';
import { platformTimers } from './client-timers.ts';
import { CLOSE_TOO_LARGE } from './close-code.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { RoomConnection, type RoomConnectionOptions, type RoomControl } from './room-connection.ts';
import { RoomError } from './room-error.ts';
import type { MessageOf, RoomEvents, RoomGuest } from './room-events.ts';
import { type Refusal, RoomOutbox } from './room-outbox.ts';
import { type PresenceChange, RoomPresence } from './room-presence.ts';
import type { SocketEnd } from './socket-session.ts';
import { SyncClaims } from './sync-claims.ts';
import { isEmpty, lacks, unlessEmpty } from './yjs-difference.ts';

/** Frames on their way at the same time. What is drawn meanwhile is merged. */
const WINDOW = 8;

export interface RoomProviderOptions extends RoomConnectionOptions {
  /** Default: a new one, ended with the provider. */
  readonly awareness?: Awareness;
  /** Frames on their way at the same time. Default: 8. */
  readonly window?: number;
}

/**
 * Keeps a Yjs document equal to a room (an annotation document) of the server, for as long as the provider lives.
 *
 * `synced` and `saved` are claims about the server, and true when they are made: `saved` only turns true after the
 * server acknowledged every change, and an acknowledgement means "on disk" (where the server has one). What is changed
 * without a connection goes to the server with the next one, as the difference to what it has then.
 */
export class RoomProvider extends SyncClaims<RoomEvents> {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly #connection: RoomConnection;
  readonly #outbox: RoomOutbox;
  readonly #presence: RoomPresence;
  readonly #awarenessPresence: AwarenessPresence;
  readonly #ownsAwareness: boolean;
  readonly #destroyed = (): void => this.destroy();
  /** As the server had it when the stay began. */
  #serverVector: Uint8Array | undefined;
  /** The document may have something that the server lacks and that is not in the outbox. */
  #mayDiffer: boolean;

  /** Joins at once. @throws TypeError where there is no WebSocket; SyntaxError, TypeError where the address is none */
  constructor(doc: Y.Doc, options: RoomProviderOptions) {
    super(isEmpty(doc));
    const { awareness, window = WINDOW, timers = platformTimers, random = Math.random } = options;
    this.doc = doc;
    this.#mayDiffer = !isEmpty(doc);
    this.#connection = new RoomConnection(options, {
      status: (status) => this.#moved(status),
      joined: (info) => this.#joined(info),
      update: (update) => this.#apply(update),
      acked: () => this.#acked(),
      refused: (error) => this.#refused(error),
      control: (message) => this.#happened(message),
      presence: (message) => this.#presence.heard(message),
      lost: (end) => this.#lost(end),
      failed: (error) => this.emit('error', error),
    });
    this.#outbox = new RoomOutbox({
      window,
      timers,
      backoff: new Backoff(options.backoff ?? {}, random),
      write: (update) => this.#connection.send(update),
      difference: (vector) => unlessEmpty(Y.encodeStateAsUpdate(doc, vector)),
    });
    this.#presence = new RoomPresence(timers, {
      say: ({ selection, ...fields }) =>
        this.#connection.say({
          type: 'presence',
          ...fields,
          ...(selection && { selection: [...selection] }),
        }),
      told: (guest) => this.emit('presence', guest),
      tooLarge: () => this.emit('error', new RoomError('too_large', 'The awareness state is too large.')),
    });
    this.#ownsAwareness = awareness === undefined;
    this.awareness = awareness ?? new Awareness(doc);
    this.#awarenessPresence = new AwarenessPresence(this.awareness, this.#presence);
    doc.on('update', this.#changed);
    doc.on('destroy', this.#destroyed);
    try {
      this.#connection.join();
    } catch (error) {
      this.destroy();
      throw error;
    }
  }

  get status(): ConnectionStatus {
    return this.#connection.status;
  }

  /** Everything up to this number of the room's log is in the document. */
  get lastSeq(): number {
    return this.#connection.lastSeq;
  }

  /** The others who are at the room, by connection. Empty while there is no connection. */
  get guests(): ReadonlyMap<string, RoomGuest> {
    return this.#presence.guests;
  }

  /** Says where this client is, now and after every return; what is not given stays as it was. */
  setPresence(change: Omit<PresenceChange, 'data'>): void {
    this.#presence.set(change);
  }

  /** Does not wait for the next attempt, such as when the browser says `online`. */
  retryNow(): void {
    this.#connection.retryNow();
  }

  /** Leaves. What is not saved stays in the document and goes to the server with the next provider. */
  destroy(): void {
    this.doc.off('update', this.#changed);
    this.doc.off('destroy', this.#destroyed);
    this.#awarenessPresence.destroy();
    this.#connection.leave();
    if (this.#ownsAwareness) this.awareness.destroy();
  }

  protected override closedError(): Error | undefined {
    return this.#connection.closedError;
  }

  /** Any change that did not come from the server, also one that another provider made. */
  readonly #changed = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    // Without a connection nothing is written down: the difference with which the next one begins has it all.
    if (this.status.name === 'live') this.#outbox.add(update);
    else this.#mayDiffer = true;
    this.#judgeSaved();
  };

  #joined(info: MessageOf<'roomInfo'> | MessageOf<'resync'>): void {
    this.#serverVector = fromBase64(info.stateVector);
    // A crash of the room costs nothing that was acknowledged; what is under way is answered, or the socket ends.
    // One that has less than it acknowledged lost something: a state vector does not say what was deleted.
    if (info.type === 'resync' || info.seq < this.lastSeq) this.#mayDiffer = true;
    if (info.type === 'roomInfo') this.#presence.welcome(info.presence, info.connectionId);
  }

  #apply(update: Uint8Array): boolean {
    const before = this.doc.store.pendingStructs;
    try {
      applyRemote(this.doc, update, this);
    } catch (error) {
      this.emit('error', new RoomError('bad_update', `Not a Yjs update: ${String(error)}`));
      return false;
    }
    // Yjs keeps what it cannot apply yet: then something was missed before it.
    return before !== null || this.doc.store.pendingStructs === null;
  }

  #moved(status: ConnectionStatus): void {
    if (status.name === 'live') this.#caughtUp();
    this.setSynced(this.status.name === 'live');
    // Whoever hears that may leave: then this is not the news any more.
    if (this.status === status) this.emit('status', status);
    if (this.status.name === 'live') this.#presence.open();
  }

  /** The document has all that the server had: what it has beyond that goes out first. */
  #caughtUp(): void {
    const vector = this.#serverVector;
    if (vector !== undefined && (this.#mayDiffer || lacks(vector, this.doc)))
      this.#outbox.sendDifference(vector);
    this.#mayDiffer = false;
    this.#outbox.open();
    this.#judgeSaved();
  }

  #acked(): boolean {
    const isExpected = this.#outbox.acknowledge();
    this.#judgeSaved();
    return isExpected;
  }

  #refused(error: MessageOf<'error'>): boolean {
    const { code, message, frame, entries } = error;
    if (code === 'quarantined') {
      this.emit('quarantined', { entries: entries ?? [] });
      return true;
    }
    const isExpected = frame === undefined || this.#outbox.refuse(refusalOf(error));
    if (frame !== undefined) this.#judgeSaved();
    // The client mends this by itself.
    if (code !== 'missing_updates' || this.#outbox.isStuck) this.emit('error', new RoomError(code, message));
    return isExpected;
  }

  #happened(message: RoomControl): void {
    switch (message.type) {
      case 'version.created':
        this.emit('version', withoutType(message));
        return;
      case 'reverted':
        this.emit('reverted', withoutType(message));
        return;
      case 'export.updated':
        this.emit('export', withoutType(message));
        return;
      case 'room.created':
      case 'room.updated':
        this.emit('room', withoutType(message));
        return;
      case 'room.deleted':
      // The close with 4404 that follows says it.
    }
  }

  #lost({ code }: SocketEnd): void {
    if (code === CLOSE_TOO_LARGE && this.#outbox.blameTooLarge()) {
      this.emit(
        'error',
        new RoomError('too_large', 'The server closed 1009: a change is larger than it takes.'),
      );
    }
    if (this.#outbox.close()) this.#mayDiffer = true;
    this.#presence.close();
    this.#judgeSaved();
  }

  #judgeSaved(): void {
    this.setSaved(!this.#mayDiffer && this.#outbox.isEmpty && !this.#outbox.isStuck);
  }
}

function withoutType<Message extends { readonly type: string }>(message: Message): Omit<Message, 'type'> {
  const { type: _, ...rest } = message;
  return rest;
}

function refusalOf({ code, stateVector, retryAfterMs }: MessageOf<'error'>): Refusal {
  switch (code) {
    case 'missing_updates':
      return stateVector === undefined ? { code: 'never' } : { code, stateVector: fromBase64(stateVector) };
    case 'rate_limited':
    case 'unavailable':
      return { code: 'later', ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
    default:
      return { code: 'never' };
  }
}
