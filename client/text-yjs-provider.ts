import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { applyRemote } from './apply-remote.ts';
import { AwarenessPresence } from './awareness-presence.ts';
import { SyncClaims, type SyncEvents } from './sync-claims.ts';
import { TextConnectionError } from './text-connection-error.ts';
import type { JoinedState, RemoteUpdate, TextConnectionStatus } from './text-connection-events.ts';
import type { TextConnectionOptions } from './text-connection-options.ts';
import { TextDocumentConnection } from './text-document-connection.ts';
import { UnsentUpdates } from './unsent-updates.ts';
import { isEmpty, missingFrom } from './yjs-difference.ts';

/** Updates on their way at the same time. What is typed meanwhile is merged, so a slow server gets fewer, not more. */
const UNDER_WAY = 8;

export interface TextYjsProviderOptions extends Omit<TextConnectionOptions, 'snapshot'> {
  /** Default: a new one, ended with the provider. */
  readonly awareness?: Awareness;
}

export interface TextYjsProviderEvents extends SyncEvents {
  error: TextConnectionError;
}

/**
 * Keeps a Yjs document equal to a text document of the server, for as long as the provider lives.
 *
 * `synced` and `saved` are claims about the server, and true when they are made: `saved` only turns true after the
 * server acknowledged every change, and an acknowledgement means "on disk" (where the server has one).
 */
export class TextYjsProvider extends SyncClaims<TextYjsProviderEvents> {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly connection: TextDocumentConnection;
  readonly #ownsAwareness: boolean;
  readonly #presence: AwarenessPresence;
  readonly #unsent = new UnsentUpdates();
  readonly #destroyed = (): void => this.destroy();
  #hasJoined = false;
  /** What the server has, while it tells that anew and the document may have more. */
  #told: Uint8Array[] | undefined;
  /** The document may have something that the server lacks and that nobody wrote down. */
  #mayDiffer: boolean;
  /** A change will never be on the server: it was refused, or the connection closed for good before. */
  #hasLost = false;

  /** Joins at once. @throws TypeError, SyntaxError as the connection does */
  constructor(doc: Y.Doc, options: TextYjsProviderOptions) {
    super(isEmpty(doc));
    const { awareness, ...rest } = options;
    this.doc = doc;
    this.#ownsAwareness = awareness === undefined;
    this.awareness = awareness ?? new Awareness(doc);
    this.#mayDiffer = !isEmpty(doc);
    this.connection = new TextDocumentConnection({ ...rest, snapshot: () => Y.encodeStateAsUpdate(doc) });
    this.#presence = new AwarenessPresence(this.awareness, {
      tell: (data) => this.connection.setPresence({ data }),
      onPresence: (listener) => this.connection.on('presence', listener),
      onLost: (listener) =>
        this.connection.on('status', ({ name }) => {
          if (name === 'waiting' || name === 'closed') listener();
        }),
    });
    this.connection.on('state', (state) => this.#joined(state));
    this.connection.on('remoteUpdate', (update) => this.#updated(update));
    this.connection.on('ack', () => this.#flush());
    this.connection.on('status', (status) => this.#moved(status));
    this.connection.on('error', (error) => this.#failed(error));
    doc.on('update', this.#changed);
    doc.on('destroy', this.#destroyed);
    try {
      this.connection.join();
    } catch (error) {
      this.destroy();
      throw error;
    }
  }

  /** Leaves. What is not saved stays in the document and goes to the server with the next provider. */
  destroy(): void {
    this.doc.off('update', this.#changed);
    this.doc.off('destroy', this.#destroyed);
    this.#presence.destroy();
    this.connection.leave();
    if (this.#ownsAwareness) this.awareness.destroy();
  }

  /** Any change that did not come from the server, also one that another provider made. */
  readonly #changed = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    // Before the first state nothing is written down: the difference to that state has it all.
    if (this.#hasJoined) this.#unsent.add(update);
    else this.#mayDiffer = true;
    this.#flush();
  };

  #joined({ snapshot }: JoinedState): void {
    if (snapshot === null) return;
    // A document that was empty until now lacks everything and has nothing.
    if (this.#hasJoined || this.#mayDiffer) this.#told = [];
    this.#hasJoined = true;
    if (snapshot.length > 0) this.#apply(snapshot);
  }

  #updated({ update }: RemoteUpdate): void {
    this.#apply(update);
  }

  #apply(update: Uint8Array): void {
    try {
      applyRemote(this.doc, update, this);
      this.#told?.push(update);
    } catch (error) {
      this.emit('error', new TextConnectionError('bad_update', `Not a Yjs update: ${String(error)}`));
    }
  }

  #moved(status: TextConnectionStatus): void {
    if (status.name === 'live') this.#caughtUp();
    if (status.name === 'closed' && this.connection.pendingCount > 0) this.#hasLost = true;
    this.setSynced(this.connection.status.name === 'live');
    // Whoever hears that may leave: then this is not the news any more.
    if (this.connection.status === status) this.emit('status', status);
  }

  #caughtUp(): void {
    const told = this.#told;
    this.#told = undefined;
    if (told !== undefined) {
      // A whole state may lack what we have: edits from before the first join, or what a server lost.
      const known = [...told, ...this.connection.pending.map(({ update }) => update)];
      this.#unsent.replace(missingFrom(known, this.doc));
      this.#mayDiffer = false;
    }
    this.#flush();
  }

  #flush(): void {
    if (this.connection.status.name === 'live') {
      while (this.connection.pendingCount < UNDER_WAY) {
        const update = this.#unsent.take();
        if (update === undefined) break;
        this.connection.send(update);
      }
    }
    this.#judgeSaved();
  }

  #failed(error: TextConnectionError): void {
    // A document without that change is another document, for good.
    if (error.opId !== undefined && error.code !== 'unavailable' && error.code !== 'rate_limited') {
      this.#hasLost = true;
    }
    this.#judgeSaved();
    this.emit('error', error);
  }

  #judgeSaved(): void {
    this.setSaved(
      !this.#mayDiffer && !this.#hasLost && this.#unsent.isEmpty && this.connection.pendingCount === 0,
    );
  }

  protected override closedError(): Error | undefined {
    return this.connection.closedError;
  }
}
