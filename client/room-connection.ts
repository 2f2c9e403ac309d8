import type { RoomClientMessage } from '../protocol/room-socket.ts';
import { CLOSE_NORMAL, CLOSE_NOT_FOUND } from './close-code.ts';
import { type ConnectionOptions, joinUrl } from './connection-options.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import { RoomError } from './room-error.ts';
import type { MessageOf } from './room-events.ts';
import { parseRoomFrame, type RoomFrame } from './room-frame.ts';
import { RoomsApi } from './rooms-api.ts';
import { SeqCursor } from './seq-cursor.ts';
import type { SocketEnd } from './socket-session.ts';

/** What happened in a room, apart from edits. */
export type RoomControl = MessageOf<
  'room.created' | 'room.updated' | 'room.deleted' | 'reverted' | 'version.created' | 'export.updated'
>;

/** What a connection tells of its room. Each is called before the next frame is read. */
export interface RoomConnectionHandler {
  status(status: ConnectionStatus): void;
  /** A stay began, or the server read the room anew in the middle of one. */
  joined(info: MessageOf<'roomInfo'> | MessageOf<'resync'>): void;
  /** @returns false where the document has a hole now, or could not take it */
  update(update: Uint8Array): boolean;
  /** The oldest frame under way was taken. @returns false where there is none */
  acked(): boolean;
  /** The oldest frame under way was refused, or (without `frame`) something else. @returns false where there is none */
  refused(error: MessageOf<'error'>): boolean;
  control(message: RoomControl): void;
  presence(message: MessageOf<'presence'>): void;
  /** The socket ended. */
  lost(end: SocketEnd): void;
  failed(error: RoomError): void;
}

export interface RoomConnectionOptions extends ConnectionOptions {
  readonly roomId: string;
}

/** One client's stay at a room: the frames of asyncapi.yaml, and that none of them is missed or counts twice. */
export class RoomConnection {
  readonly #handler: RoomConnectionHandler;
  readonly #socket: ReconnectingSocket<RoomFrame>;
  readonly #cursor = new SeqCursor();
  /** Where the next join goes on; `undefined`: with the whole document. */
  #resumeAfter: number | undefined;
  /** Nothing but a snapshot may come next. */
  #awaitsSnapshot = false;
  #lastGapAt: number | undefined;

  /** @throws TypeError where there is no WebSocket */
  constructor(options: RoomConnectionOptions, handler: RoomConnectionHandler) {
    const { url, roomId } = options;
    this.#handler = handler;
    this.#socket = new ReconnectingSocket<RoomFrame>(options, {
      url: () => joinUrl(options, `v1/ws/rooms/${encodeURIComponent(roomId)}`, this.#resumeAfter),
      parse: parseRoomFrame,
      message: (frame) => this.#received(frame),
      lost: (end) => handler.lost(end),
      status: (status) => this.#moved(status),
      isGone: () => new RoomsApi(url).isGone(roomId),
    });
  }

  get status(): ConnectionStatus {
    return this.#socket.status;
  }

  /** Everything up to this number of the room's log is in the document. */
  get lastSeq(): number {
    return this.#cursor.last;
  }

  /** Why the connection is closed for good; `undefined` while it is not. */
  get closedError(): RoomError | undefined {
    const { status } = this;
    if (status.name !== 'closed') return undefined;
    const { code, reason } = status;
    const name = code === CLOSE_NORMAL ? 'left' : code === CLOSE_NOT_FOUND ? 'not_found' : 'refused';
    return new RoomError(name, `The connection is closed: ${code} ${reason}`.trimEnd());
  }

  /** @throws SyntaxError, TypeError where the address is none */
  join(): void {
    this.#socket.join();
  }

  retryNow(): void {
    this.#socket.retryNow();
  }

  leave(): void {
    this.#socket.close(CLOSE_NORMAL, 'left');
  }

  say(message: RoomClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** An update; its answer comes in the order of the updates. */
  send(update: Uint8Array): void {
    this.#socket.send(update);
  }

  #received(frame: RoomFrame): void {
    switch (frame.type) {
      case 'roomInfo':
      case 'resync':
        this.#joined(frame);
        return;
      case 'binary':
        if (frame.kind === 'snapshot') this.#replaced(frame.seq, frame.update);
        else this.#updated(frame.seq, frame.update);
        return;
      case 'ack':
        this.#acknowledged(frame.seq);
        return;
      case 'error':
        if (!this.#handler.refused(frame)) this.#comeBack('an answer to nothing');
        return;
      case 'presence':
        this.#handler.presence(frame);
        return;
      case 'pong':
        return;
      default:
        this.#happened(frame);
    }
  }

  #joined(info: MessageOf<'roomInfo'> | MessageOf<'resync'>): void {
    // A server that has less than this client saw begins anew; so does one that had to read the room again.
    this.#awaitsSnapshot =
      info.type === 'resync' || this.#resumeAfter === undefined || info.seq < this.#resumeAfter;
    this.#socket.catchingUp(info.seq);
    this.#handler.joined(info);
    this.#progressed();
  }

  /** A whole document: everything up to `seq` is in it. */
  #replaced(seq: number, update: Uint8Array): void {
    this.#awaitsSnapshot = false;
    this.#arrived(seq);
    // Yjs merges it with what is here. If that fails, another one would fail too.
    this.#handler.update(update);
    this.#progressed();
  }

  /** Live, one frame may stand for all events since the last one. What was missed comes one by one. */
  #updated(seq: number, update: Uint8Array): void {
    const { last } = this.#cursor;
    const isDue = this.status.name === 'live' ? seq > last : seq === last + 1;
    if (this.#awaitsSnapshot || !isDue) {
      this.#comeBack(`update ${seq} came after ${last}`);
      return;
    }
    this.#arrived(seq);
    if (this.#handler.update(update)) this.#progressed();
    else this.#beginAnew(`update ${seq} builds on what is not here`);
  }

  /** An update that changed nothing has the seq of the last event before it. */
  #acknowledged(seq: number): void {
    const { last } = this.#cursor;
    if (seq > last + 1) {
      this.#comeBack(`ack ${seq} came after ${last}`);
      return;
    }
    if (seq > last) this.#arrived(seq);
    if (this.#handler.acked()) this.#progressed();
    else this.#comeBack('an ack for nothing');
  }

  #happened(message: RoomControl): void {
    const { last } = this.#cursor;
    const { seq } = message;
    // Progress of an export has none. `reverted` repeats that of the update before it.
    const isRepeat = seq === undefined || (message.type === 'reverted' && seq === last);
    if (!isRepeat) {
      if (this.#awaitsSnapshot || seq !== last + 1) {
        this.#comeBack(`${message.type} ${seq} came after ${last}`);
        return;
      }
      this.#arrived(seq);
    }
    this.#handler.control(message);
    this.#progressed();
  }

  #arrived(seq: number): void {
    this.#cursor.moveTo(seq);
    this.#resumeAfter = seq;
  }

  #progressed(): void {
    const { status } = this;
    if (status.name !== 'catching-up' || this.#awaitsSnapshot) return;
    if (this.#cursor.last >= status.headSeq) this.#socket.live();
  }

  /** The server broke the order: what is here is whole up to the cursor, so it is asked again from there. */
  #comeBack(reason: string): void {
    const { last } = this.#cursor;
    // The same hole twice will not close: take the whole document.
    if (this.#lastGapAt === last) this.#resumeAfter = undefined;
    this.#lastGapAt = last;
    this.#handler.failed(new RoomError('gap', reason));
    this.#socket.comeBack(reason);
  }

  #beginAnew(reason: string): void {
    this.#resumeAfter = undefined;
    this.#handler.failed(new RoomError('gap', reason));
    this.#socket.comeBack(reason);
  }

  #moved(status: ConnectionStatus): void {
    this.#handler.status(status);
    const { closedError } = this;
    if (closedError !== undefined && closedError.code !== 'left') this.#handler.failed(closedError);
  }
}
