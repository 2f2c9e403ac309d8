import { fromBase64, toBase64 } from 'lib0/buffer';
import { uuidv4 } from 'lib0/random';
import type { TextPresenceFields, TextServerMessage } from '../protocol/text-socket.ts';
import { unreachable } from '../protocol/unreachable.ts';
import { Backoff } from './backoff.ts';
import { platformTimers } from './client-timers.ts';
import { CLOSE_NORMAL, CLOSE_NOT_FOUND, CLOSE_TOO_LARGE } from './close-code.ts';
import { Emitter } from './emitter.ts';
import { Outbox } from './outbox.ts';
import { SnapshotOffer } from './snapshot-offer.ts';
import type { SocketEnd } from './socket-session.ts';
import { TextConnectionError } from './text-connection-error.ts';
import type { TextConnectionEvents, TextConnectionStatus } from './text-connection-events.ts';
import type { TextConnectionOptions } from './text-connection-options.ts';
import { TextLink } from './text-link.ts';
import type { MessageOf } from './text-message.ts';
import type { Ack, PendingUpdate } from './update-queue.ts';

const WINDOW = 256;
const MAX_UPDATE_BYTES = 1024 * 1024;

/**
 * One client's stay at one text document: it joins, comes back after every failure, and hands in updates whose bytes it
 * does not look at, each of them exactly once.
 *
 * - What is sent waits in a queue until it is acknowledged, also while there is no connection.
 * - Every `remoteUpdate` and `ack` follows the last `seq` without a gap. Where the server does not keep to that, the
 *   connection comes back for what it missed.
 * - Close codes 4400 to 4499 end it for good (4404: the document is gone); after all others it comes back, with
 *   exponential backoff and full jitter.
 */
export class TextDocumentConnection extends Emitter<TextConnectionEvents> {
  readonly #options: TextConnectionOptions;
  readonly #link: TextLink;
  readonly #outbox: Outbox;
  readonly #snapshots: SnapshotOffer;
  #presence: TextPresenceFields | undefined;

  /** @throws TypeError where there is no WebSocket */
  constructor(options: TextConnectionOptions) {
    super();
    this.#options = options;
    this.#link = new TextLink(options, {
      status: (status) => this.#moved(status),
      // It may come in the middle of a stay: then nobody knows what became of what is under way.
      rejoined: () => this.#outbox.close(),
      state: ({ version, snapshotB64, headSeq }) =>
        this.emit('state', {
          snapshot: snapshotB64 === null ? null : fromBase64(snapshotB64),
          version,
          headSeq,
        }),
      told: (message) => this.#told(message),
      live: () => this.#live(),
      progressed: () => this.#offerSnapshot(),
      lost: (end) => this.#lost(end),
      failed: (error) => this.emit('error', error),
    });
    this.#snapshots = new SnapshotOffer(() => options.snapshot?.());
    this.#outbox = new Outbox({
      window: options.window ?? WINDOW,
      timers: options.timers ?? platformTimers,
      backoff: new Backoff(options.backoff ?? {}, options.random ?? Math.random),
      write: ({ opId, baseVersion, update }) => {
        const { actorId = options.userId } = options;
        this.#link.say({ type: 'update', opId, baseVersion, actorId, deltaB64: toBase64(update) });
      },
    });
  }

  get status(): TextConnectionStatus {
    return this.#link.status;
  }

  /** Everything up to this number of the document's log was told to the listeners, or is our own and acknowledged. */
  get lastSeq(): number {
    return this.#link.lastSeq;
  }

  /** Updates that are not acknowledged, oldest first. Who keeps them can send them again in another life. */
  get pending(): PendingUpdate[] {
    return this.#outbox.list();
  }

  get pendingCount(): number {
    return this.#outbox.size;
  }

  /** Begins. A second call does nothing. @throws SyntaxError, TypeError where the address is none */
  join(): void {
    this.#link.join();
  }

  /**
   * Hands in an update; it goes out as soon as there is a connection, after all that were handed in before.
   * @param update opaque bytes
   * @param opId unique in the document: names the update across sockets and reloads. Default: a new one.
   * @returns settles once the server has it on disk, whenever that is.
   *   Rejects with a {@link TextConnectionError} where it never will: `too_large`, `bad_update`, `left`, `not_found`.
   */
  send(update: Uint8Array, opId: string = (this.#options.newOpId ?? uuidv4)()): Promise<Ack> {
    const { maxUpdateBytes = MAX_UPDATE_BYTES } = this.#options;
    const isTooLarge = update.length > maxUpdateBytes;
    const acked = this.#outbox.add({ opId, update, baseVersion: this.#link.lastSeq }, !isTooLarge);
    if (this.status.name === 'closed') this.#outbox.refuse(this.#closedError(opId));
    else if (isTooLarge) this.#refuseTooLarge(opId, `An update has at most ${maxUpdateBytes} bytes.`);
    return acked;
  }

  /** What others see of me, until it is set again: all of it, not a change of it. Sent now and after every return. */
  setPresence(presence: TextPresenceFields): void {
    this.#presence = presence;
    if (this.status.name === 'live') this.#link.say({ type: 'presence', ...presence });
  }

  /** Resolves when the connection is live, now or later. @throws TextConnectionError where it is closed for good */
  whenLive(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (status: TextConnectionStatus): void => {
        if (status.name !== 'live' && status.name !== 'closed') return;
        stop();
        if (status.name === 'live') resolve();
        else reject(this.#closedError());
      };
      const stop = this.on('status', look);
      look(this.status);
    });
  }

  /** Does not wait for the next attempt, such as when the browser says `online`. */
  retryNow(): void {
    this.#link.retryNow();
  }

  /** Ends it for good. What is not acknowledged is rejected with `left`. */
  leave(): void {
    this.#link.close(CLOSE_NORMAL, 'left');
  }

  /** Why the connection is closed for good; `undefined` while it is not. */
  get closedError(): TextConnectionError | undefined {
    return this.status.name === 'closed' ? this.#closedError() : undefined;
  }

  #told(message: Exclude<TextServerMessage, { type: 'state' }>): void {
    switch (message.type) {
      case 'remote_update': {
        const { seq, actorId, deltaB64 } = message;
        this.emit('remoteUpdate', { seq, update: fromBase64(deltaB64), actorId });
        return;
      }
      case 'document': {
        const { type: _, ...change } = message;
        this.emit('document', change);
        return;
      }
      case 'ack': {
        const { opId, seq } = message;
        if (this.#outbox.settle({ opId, seq })) this.emit('ack', { opId, seq });
        return;
      }
      case 'snapshot_request':
        this.#snapshots.request(message.version);
        this.#offerSnapshot();
        return;
      case 'presence': {
        const { type: _, ...presence } = message;
        this.emit('presence', presence);
        return;
      }
      case 'error':
        this.#failed(message);
        return;
      case 'compacted':
      case 'snapshot_ack':
      case 'pong':
        return;
      default:
        unreachable(message);
    }
  }

  #live(): void {
    if (this.#presence !== undefined) this.#link.say({ type: 'presence', ...this.#presence });
    this.#outbox.open();
  }

  #offerSnapshot(): void {
    const version = this.#link.lastSeq;
    const snapshot = this.#snapshots.take(version);
    if (snapshot !== undefined) {
      this.#link.say({ type: 'snapshot', version, snapshotB64: toBase64(snapshot) });
    }
  }

  #failed({ code, message, opId }: MessageOf<'error'>): void {
    const error = new TextConnectionError(code, message, opId);
    // Nothing was changed, and the same update may succeed later. `rate_limited` does not say which were unread.
    if (code === 'unavailable' || code === 'rate_limited') this.#outbox.pause();
    else this.#outbox.refuse(error);
    this.emit('error', error);
  }

  #lost({ code }: SocketEnd): void {
    if (code === CLOSE_TOO_LARGE) this.#blameTooLarge();
    this.#outbox.close();
    this.#snapshots.close();
  }

  #moved(status: TextConnectionStatus): void {
    this.emit('status', status);
    if (status.name !== 'closed') return;
    this.#outbox.refuseAll(({ opId }) => this.#closedError(opId));
    if (status.code !== CLOSE_NORMAL) this.emit('error', this.#closedError());
  }

  /** What is too large must not be sent again and again. */
  #blameTooLarge(): void {
    if (this.#snapshots.blameTooLarge()) return;
    const culprit = this.#outbox.blameTooLarge();
    if (culprit !== undefined) this.#refuseTooLarge(culprit.opId, 'The server closed 1009.');
  }

  #refuseTooLarge(opId: string, message: string): void {
    const error = new TextConnectionError('too_large', message, opId);
    this.#outbox.refuse(error);
    this.emit('error', error);
  }

  #closedError(opId?: string): TextConnectionError {
    const { status } = this;
    const { code, reason } = status.name === 'closed' ? status : { code: CLOSE_NORMAL, reason: '' };
    const name = code === CLOSE_NORMAL ? 'left' : code === CLOSE_NOT_FOUND ? 'not_found' : 'refused';
    return new TextConnectionError(name, `The connection is closed: ${code} ${reason}`.trimEnd(), opId);
  }
}
