import type { CrowdPicture } from '../tools/crowd/crowd-picture.ts';
import { TextSocket } from './text-socket.ts';

/** What all painters of a process know together. */
export interface Ledger {
  /** A picture that has just come. @param pixels packed */
  arrived(painter: CanvasPainter, pixels: Uint8Array): void;
  acked(ids: readonly string[]): void;
  complained(what: string): void;
}

export interface PainterAddress {
  readonly url: string;
  readonly path: string;
  readonly token: string;
  /** Where it seems to come from, for a server that believes its proxy. */
  readonly address: string;
}

type Told =
  | { readonly type: 'canvas:state'; readonly seq: number }
  | { readonly type: 'pixel:ack'; readonly ids: readonly string[] }
  | { readonly type: 'pixel:reject'; readonly reason: string }
  | { readonly type: 'error'; readonly code: string }
  | { readonly type: 'presence' | 'heartbeat' };

/** A client of the canvas door that costs next to nothing, and has the whole picture nevertheless. */
export class CanvasPainter {
  readonly #ledger: Ledger;
  #socket: TextSocket | undefined;
  #picture: CrowdPicture | undefined;
  /** Pixels that came. */
  delivered = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** @returns the event as of which it was shown the canvas */
  async join({ url, path, token, address }: PainterAddress): Promise<number> {
    let shown: (seq: number) => void = () => undefined;
    const state = new Promise<number>((resolve) => {
      shown = resolve;
    });
    this.#socket = await TextSocket.open(
      url,
      `${path}?token=${token}`,
      (payload) => {
        const told = JSON.parse(payload.toString()) as Told;
        if (told.type === 'canvas:state') shown(told.seq);
        else this.#told(told);
      },
      (payload) => this.#painted(payload),
      { 'X-Forwarded-For': address },
    );
    this.#socket.onClose = () => this.#ledger.complained('closed');
    return state;
  }

  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  get picture(): CrowdPicture | undefined {
    return this.#picture;
  }

  show(picture: CrowdPicture): void {
    this.#picture = picture;
  }

  paint(id: string, x: number, y: number, color: number): void {
    this.#socket?.send(`{"type":"pixel:update","id":"${id}","x":${x},"y":${y},"color":${color}}`);
  }

  /** @param triples x, y and colour of each */
  paintMany(id: string, triples: readonly (readonly number[])[]): void {
    this.#socket?.send(`{"type":"pixel:update","id":"${id}","pixels":${JSON.stringify(triples)}}`);
  }

  heartbeat(): void {
    this.#socket?.send('{"type":"heartbeat"}');
  }

  leave(): void {
    this.#socket?.close();
  }

  #painted(frame: Buffer): void {
    const before = this.#picture;
    // The picture keeps the frame, which is only lent.
    const picture = before?.after(Buffer.from(frame));
    if (picture === undefined || picture === before) return;
    this.#picture = picture;
    this.delivered += picture.pixels.length / 4;
    this.#ledger.arrived(this, picture.pixels);
  }

  #told(told: Told): void {
    if (told.type === 'pixel:ack') this.#ledger.acked(told.ids);
    else if (told.type === 'pixel:reject') this.#ledger.complained(told.reason);
    else if (told.type === 'error') this.#ledger.complained(`error ${told.code}`);
  }
}

/** A client of the relay. @param onPixel absent: frames are counted, and not read */
export class RelayPainter {
  #socket: TextSocket | undefined;
  delivered = 0;

  async join(url: string, path: string, onPixel?: (x: number, y: number) => void): Promise<void> {
    this.#socket = await TextSocket.open(url, path, (payload) => {
      this.delivered += 1;
      if (onPixel === undefined) return;
      const { x, y } = JSON.parse(payload.toString()) as { readonly x: number; readonly y: number };
      onPixel(x, y);
    });
  }

  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  paint(id: string, x: number, y: number, color: number): void {
    this.#socket?.send(
      `{"type":"pixel:update","id":"${id}","x":${x},"y":${y},"color":${color},"tool":"brush","clientTimestamp":${Date.now()}}`,
    );
  }

  heartbeat(): void {
    // The relay does not look whether anybody is there.
  }

  leave(): void {
    this.#socket?.close();
  }
}
