import type { TextClientMessage, TextServerMessage } from '../protocol/text-socket.ts';
import { joinUrl } from './connection-options.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import { SeqCursor } from './seq-cursor.ts';
import type { SocketEnd } from './socket-session.ts';
import { TextConnectionError } from './text-connection-error.ts';
import type { TextConnectionStatus } from './text-connection-events.ts';
import type { TextConnectionOptions } from './text-connection-options.ts';
import { TextDocumentsApi } from './text-documents-api.ts';
import { type MessageOf, parseTextMessage } from './text-message.ts';

/** What a link tells of its document. Each is called before the next frame is read. */
export interface TextLinkHandler {
  status(status: TextConnectionStatus): void;
  /** A stay begins, or begins anew: nobody knows what became of what is under way. */
  rejoined(): void;
  state(state: MessageOf<'state'>): void;
  /** One that has a `seq` follows the last one without a gap, or is an `ack` for what is known. */
  told(message: Exclude<TextServerMessage, { type: 'state' }>): void;
  /** Everything that was there when the stay began is here. */
  live(): void;
  /** More of the log is here. */
  progressed(): void;
  /** The socket ended. */
  lost(end: SocketEnd): void;
  failed(error: TextConnectionError): void;
}

/** One client's place in the log of a text document: goes on where it was, and comes back where something is missing. */
export class TextLink {
  readonly #handler: TextLinkHandler;
  readonly #socket: ReconnectingSocket<TextServerMessage>;
  readonly #cursor = new SeqCursor();
  /** Where the next join goes on; `undefined`: with the whole state. */
  #resumeAfter: number | undefined;
  #lastGapAt: number | undefined;

  /** @throws TypeError where there is no WebSocket */
  constructor(options: TextConnectionOptions, handler: TextLinkHandler) {
    const { url, documentId } = options;
    this.#handler = handler;
    this.#socket = new ReconnectingSocket<TextServerMessage>(options, {
      url: () => joinUrl(options, `ws/documents/${encodeURIComponent(documentId)}`, this.#resumeAfter),
      parse: parseTextMessage,
      message: (message) => this.#received(message),
      lost: (end) => handler.lost(end),
      status: (status) => handler.status(status),
      isGone: () => new TextDocumentsApi(url).isGone(documentId),
    });
  }

  get status(): TextConnectionStatus {
    return this.#socket.status;
  }

  /** Everything up to this number of the document's log was told. */
  get lastSeq(): number {
    return this.#cursor.last;
  }

  /** @throws SyntaxError, TypeError where the address is none */
  join(): void {
    this.#socket.join();
  }

  retryNow(): void {
    this.#socket.retryNow();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  say(message: TextClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  #received(message: TextServerMessage): void {
    switch (message.type) {
      case 'state':
        this.#joined(message);
        return;
      case 'remote_update':
      case 'document':
      case 'compacted':
        this.#advance(message.seq, message);
        return;
      case 'snapshot_ack':
        if (message.seq !== undefined) this.#advance(message.seq, message);
        return;
      case 'ack':
        // A known seq is fine: the update was sent before, and came back as somebody's, or in the state.
        if (message.seq <= this.#cursor.last) this.#handler.told(message);
        else this.#advance(message.seq, message);
        return;
      default:
        this.#handler.told(message);
    }
  }

  #joined(state: MessageOf<'state'>): void {
    const { version, snapshotB64, headSeq } = state;
    if (snapshotB64 === null && version !== this.#cursor.last) {
      this.#comeBack(`resumed at ${version}, not at ${this.#cursor.last}`);
      return;
    }
    this.#handler.rejoined();
    this.#cursor.moveTo(version);
    this.#resumeAfter = version;
    this.#socket.catchingUp(headSeq);
    this.#handler.state(state);
    this.#progressed();
  }

  /** The next event of the log, which is not told where it is another one. */
  #advance(seq: number, message: Exclude<TextServerMessage, { type: 'state' }>): void {
    const { last } = this.#cursor;
    if (this.#cursor.take(seq) !== 'next') {
      this.#comeBack(`${seq} came after ${last}`);
      return;
    }
    this.#resumeAfter = seq;
    this.#handler.told(message);
    this.#progressed();
  }

  #progressed(): void {
    const { status } = this;
    if (status.name === 'catching-up' && this.#cursor.last >= status.headSeq) {
      this.#socket.live();
      this.#handler.live();
    }
    this.#handler.progressed();
  }

  /** The server broke the order: what is here is whole up to the cursor, so it is asked again from there. */
  #comeBack(reason: string): void {
    const { last } = this.#cursor;
    // The same hole twice will not close: take the whole state.
    this.#resumeAfter = this.#lastGapAt === last ? undefined : last;
    this.#lastGapAt = last;
    this.#handler.failed(new TextConnectionError('gap', reason));
    this.#socket.comeBack(reason);
  }
}
