import type { Logger } from 'pino';
import type { ConnectionId, Seq, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { RoomClientMessage, RoomErrorCode } from '../../protocol/room-socket.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Clock } from './clock.ts';
import type { ConnectionHandler } from './connection.ts';
import { Hearing } from './hearing.ts';
import type { MessageParser } from './message-parser.ts';
import type { RoomDoor } from './room-door.ts';
import { encodeRoom } from './room-frames.ts';
import { MAX_ROOM_TEXT, type UpdateLimits } from './room-limits.ts';
import { type RoomConnection, type RoomDocumentPort, RoomStay } from './room-stay.ts';
import { StayLog } from './stay-log.ts';

export interface RoomSessionOptions {
  readonly connection: RoomConnection;
  readonly document: RoomDocumentPort;
  readonly door: RoomDoor;
  readonly parser: MessageParser<RoomClientMessage>;
  readonly limits: UpdateLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A message was answered with an error. */
  readonly onRejected: (code: RoomErrorCode) => void;
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly lastSeq?: Seq;
}

/** One socket at `/v1/ws/rooms/{roomId}`: what its messages mean. */
export class RoomSession implements ConnectionHandler {
  readonly #options: RoomSessionOptions;
  readonly #stay: RoomStay;
  readonly #log: StayLog;
  readonly #hearing: Hearing<string, RoomClientMessage>;

  constructor(options: RoomSessionOptions) {
    const { parser: _, logger, ...rest } = options;
    const { document, clock, connectionId, userId } = options;
    this.#options = options;
    this.#log = new StayLog(logger, clock, { documentId: document.id, connectionId, userId });
    this.#stay = new RoomStay({
      ...rest,
      log: this.#log,
      onDefect: (err) => logger.error({ ...this.about, err }, 'room update failed'),
    });
    this.#hearing = new Hearing({
      connection: options.connection,
      parse: (text) => this.#parse(text),
      understood: (message) => this.#understood(message),
      misunderstood: ({ code, message }) =>
        this.#tell(code === 'bad_json' ? 'bad_json' : 'bad_message', message),
    });
  }

  get about(): Readonly<Record<string, string>> {
    return this.#log.fields;
  }

  opened(): void {
    this.#stay.join();
  }

  ended(): void {
    this.#stay.leave();
  }

  binary(bytes: Uint8Array): void {
    this.#stay.take(bytes);
  }

  binaryRefused(): void {
    this.#stay.skip();
  }

  text(text: string): void {
    this.#hearing.hear(text);
  }

  rateLimited(): void {
    this.#tell('rate_limited', 'Too many messages; some were not read.');
  }

  /** @throws Problem */
  #parse(text: string): RoomClientMessage {
    // The socket takes far larger frames, of bytes: as JSON one of those would hold up everybody.
    if (text.length > MAX_ROOM_TEXT) {
      throw new Problem('bad_message', `A text frame must not be longer than ${MAX_ROOM_TEXT} characters.`);
    }
    return this.#options.parser.parse(text);
  }

  #understood(message: RoomClientMessage): void {
    switch (message.type) {
      case 'presence': {
        // Who it is the connection knows; a cursor that is null is none.
        const { type: _, userId: __, cursor, ...data } = message;
        this.#stay.setPresence(cursor == null ? data : { ...data, cursor });
        return;
      }
      case 'ping':
        this.#stay.touch();
        this.#pong(message.ts);
        return;
      default:
        unreachable(message);
    }
  }

  #pong(ts: number | undefined): void {
    const pong = { type: 'pong', ...(ts === undefined ? {} : { ts }), serverTs: Date.now() } as const;
    this.#stay.tell(encodeRoom(pong));
  }

  #tell(code: RoomErrorCode, message: string): void {
    this.#options.onRejected(code);
    this.#stay.tell(encodeRoom({ type: 'error', code, message }));
  }
}
