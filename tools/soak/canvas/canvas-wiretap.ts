import type { WebSocket } from 'ws';
import { packPixels } from '../../../protocol/canvas-pixels.ts';
import {
  type CanvasClientMessage,
  type CanvasServerMessage,
  decodeBulkFrame,
} from '../../../protocol/canvas-socket.ts';
import type { Wiretap } from '../rooms/room-network.ts';
import type { CanvasLedger } from './canvas-ledger.ts';

/**
 * What goes over the sockets of one painter, as it is on the wire, whatever the client makes of it: the head never goes
 * back, seqs never descend on a socket, and what is acknowledged is a promise.
 */
export class CanvasWiretap implements Wiretap {
  readonly #userId: string;
  readonly #width: number;
  readonly #ledger: CanvasLedger;
  /** Of the present socket. */
  #last = 0;
  /** The largest seq that anybody knew of when this socket was dialled. */
  #known = 0;

  constructor(userId: string, width: number, ledger: CanvasLedger) {
    this.#userId = userId;
    this.#width = width;
    this.#ledger = ledger;
  }

  dialled(_socket: WebSocket, url: URL): void {
    this.#last = Number(url.searchParams.get('lastSeq') ?? 0);
    this.#known = this.#ledger.head;
    this.#ledger.sockets += 1;
  }

  said(data: string | Uint8Array): void {
    const message = JSON.parse(String(data)) as CanvasClientMessage;
    if (message.type !== 'pixel:update') return;
    const { id, x = 0, y = 0, color } = message;
    const pixels = message.pixels ?? [[x, y, color]];
    const colorOf = (of: unknown): number => (message.tool === 'eraser' ? 0 : Number(of));
    const packed = pixels.map(([px, py, of]): [number, number] => [
      Number(py) * this.#width + Number(px),
      colorOf(of),
    ]);
    this.#ledger.sends(this.#userId, id, packPixels(packed));
  }

  heard(data: unknown, isBinary: boolean): void {
    if (isBinary) this.#binary(data);
    else this.#text(JSON.parse(String(data)) as CanvasServerMessage);
  }

  #binary(data: unknown): void {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : (data as Uint8Array);
    const frame = decodeBulkFrame(bytes);
    if (frame === undefined) this.#broken('got a binary frame of an unknown kind');
    else this.#comesTo(frame.seq, 'a bulk update');
  }

  #text(message: CanvasServerMessage): void {
    switch (message.type) {
      case 'canvas:state':
        if (message.seq < this.#known) {
          this.#broken(`found the head at ${message.seq} after ${this.#known} was told`);
        }
        this.#comesTo(message.seq, message.type);
        return;
      case 'pixel:ack':
        for (const id of message.ids) this.#ledger.acknowledged(this.#userId, id, message.seq);
        return;
      case 'pixel:reject':
        this.#ledger.rejects += 1;
        return;
      case 'error':
      case 'heartbeat':
      case 'presence':
        return;
      default:
        this.#comesTo(message.seq, message.type);
    }
  }

  #comesTo(seq: number, what: string): void {
    if (seq < this.#last) this.#broken(`got ${what} at ${seq} after ${this.#last}`);
    this.#last = seq;
    this.#ledger.sees(seq);
  }

  #broken(what: string): void {
    this.#ledger.broken(`${this.#userId} ${what}`);
  }
}
