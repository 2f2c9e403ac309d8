import type { WebSocket } from 'ws';
import { decodeRoomFrame, type RoomServerMessage } from '../../../protocol/room-socket.ts';
import type { RoomLedger } from './room-ledger.ts';
import type { Wiretap } from './room-network.ts';

/**
 * What goes over the sockets of one client of the room door, as it is on the wire, whatever the client makes of it:
 * every binary frame is answered once, in the order of the frames, and seqs ascend.
 */
export class RoomWiretap implements Wiretap {
  readonly #client: string;
  readonly #ledger: RoomLedger;
  /** Of the present socket: binary frames without an answer, oldest first. */
  #open: Uint8Array[] = [];
  #answered = 0;
  #last: number | undefined;
  /** The largest seq that anybody knew of when this socket was dialled. */
  #known = 0;

  constructor(client: string, ledger: RoomLedger) {
    this.#client = client;
    this.#ledger = ledger;
  }

  dialled(_socket: WebSocket, url: URL): void {
    const lastSeq = url.searchParams.get('lastSeq');
    this.#open = [];
    this.#answered = 0;
    this.#last = lastSeq === null ? undefined : Number(lastSeq);
    this.#known = this.#ledger.head;
  }

  said(data: string | Uint8Array): void {
    if (typeof data !== 'string') this.#open.push(data);
  }

  heard(data: unknown, isBinary: boolean): void {
    if (isBinary) this.#binary(bytesOf(data));
    else this.#text(JSON.parse(String(data)) as RoomServerMessage);
  }

  #binary(bytes: Uint8Array): void {
    const frame = decodeRoomFrame(bytes);
    if (frame === undefined) {
      this.#broken('got a binary frame of an unknown kind');
      return;
    }
    // It is the kind of frame that says whether the number begins anew.
    if (frame.kind === 'update') this.#ascends(frame.seq, 'an update');
    this.#last = frame.seq;
    this.#ledger.sees(frame.seq);
    this.#ledger.promise(frame.update);
  }

  #text(message: RoomServerMessage): void {
    switch (message.type) {
      case 'roomInfo':
      case 'resync':
        if (message.seq < this.#known) {
          this.#broken(`found the head at ${message.seq} after ${this.#known} was told`);
        }
        this.#ledger.sees(message.seq);
        return;
      case 'ack':
        this.#acknowledged(message.seq);
        return;
      case 'error':
        if (message.frame !== undefined) this.#refused(message.frame);
        return;
      case 'presence':
      case 'pong':
        return;
      default:
        if (message.seq === undefined || (message.type === 'reverted' && message.seq === this.#last)) return;
        this.#ascends(message.seq, message.type);
        this.#last = message.seq;
        this.#ledger.sees(message.seq);
    }
  }

  #acknowledged(seq: number): void {
    const update = this.#open.shift();
    this.#answered += 1;
    if (update === undefined) {
      this.#broken(`got an ack for nothing at ${seq}`);
      return;
    }
    if (seq < (this.#last ?? 0)) this.#broken(`got an ack at ${seq} after ${this.#last}`);
    this.#last = Math.max(seq, this.#last ?? 0);
    this.#ledger.acks += 1;
    this.#ledger.sees(seq);
    this.#ledger.promise(update);
  }

  #refused(frame: number): void {
    this.#answered += 1;
    if (this.#open.shift() === undefined) this.#broken('was refused nothing');
    if (frame !== this.#answered) this.#broken(`was refused frame ${frame} where ${this.#answered} was due`);
  }

  #ascends(seq: number, what: string): void {
    if (seq <= (this.#last ?? 0)) this.#broken(`got ${what} at ${seq} after ${this.#last}`);
  }

  #broken(what: string): void {
    this.#ledger.broken(`${this.#client} ${what}`);
  }
}

/** As `ws` gives them: by default, or where a client asked for `arraybuffer`. */
function bytesOf(data: unknown): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (data instanceof Uint8Array) return data;
  throw new TypeError('ws gave neither');
}
