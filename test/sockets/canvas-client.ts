import { WebSocket } from 'ws';
import { type Closed, HeardFrames } from '../helpers/heard-frames.ts';
import { type CanvasFrame, readCanvasFrame } from './canvas-messages.ts';

export interface CanvasClientOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** What it had before. */
  readonly colors?: Uint8Array;
}

/** A bare client of the canvas door that keeps what it hears, and the picture that it makes of it. */
export class CanvasClient {
  readonly ws: WebSocket;
  readonly frames: readonly CanvasFrame[];
  readonly closed: Promise<Closed>;
  readonly hear: HeardFrames<CanvasFrame>['hear'];
  readonly of: HeardFrames<CanvasFrame>['of'];
  readonly #heard: HeardFrames<CanvasFrame>;
  /** Status of the answer that refused the handshake. */
  readonly refused: Promise<{
    readonly status: number;
    readonly headers: Record<string, unknown>;
    body: unknown;
  }>;
  /** Row by row; absent until the canvas was shown. */
  colors: Uint8Array | undefined;
  #width = 0;

  constructor(url: string, { headers, colors }: CanvasClientOptions = {}) {
    this.colors = colors;
    this.ws = new WebSocket(url, { perMessageDeflate: false, ...(headers === undefined ? {} : { headers }) });
    this.#heard = new HeardFrames(this.ws, (data, isBinary) => {
      const frame = readCanvasFrame(data, isBinary);
      this.#apply(frame);
      return frame;
    });
    this.frames = this.#heard.frames;
    this.closed = this.#heard.closed;
    this.hear = this.#heard.hear;
    this.of = this.#heard.of;
    this.refused = new Promise((resolve) => {
      this.ws.on('unexpected-response', (request, response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
          request.destroy();
        });
      });
    });
  }

  say(message: object | string): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  paint(id: string, ...pixels: (readonly [x: number, y: number, color: number | string])[]): void {
    this.say({ type: 'pixel:update', id, pixels });
  }

  /** As `HeardFrames.until`. */
  until(enough: (client: this) => boolean): Promise<void> {
    return this.#heard.until(() => enough(this));
  }

  /** Its painting is acknowledged. */
  async acked(...ids: string[]): Promise<void> {
    await this.until(() => ids.every((id) => this.ackedIds.includes(id)));
  }

  get ackedIds(): string[] {
    return this.of('pixel:ack').flatMap((ack) => ack.ids);
  }

  get rejected(): string[] {
    return this.of('pixel:reject').map(({ id, reason }) => `${id} ${reason}`);
  }

  get errors(): string[] {
    return this.of('error').map(({ code, id }) => (id === undefined ? code : `${code} ${id}`));
  }

  /** Everything that was said before was read, and answered where that takes no time. */
  async settled(): Promise<void> {
    const ts = this.frames.length + Math.random();
    this.say({ type: 'heartbeat', ts });
    await this.hear('heartbeat', (frame) => frame.ts === ts);
  }

  /** Has been told of this event. */
  async reach(seq: number): Promise<void> {
    await this.until(() => this.lastSeq >= seq);
  }

  /** `seq` of all that counts for where it is, in order. */
  get seqs(): number[] {
    return this.frames.flatMap((frame) => (frame.type !== 'pixel:ack' && 'seq' in frame ? [frame.seq] : []));
  }

  get lastSeq(): number {
    return this.seqs.at(-1) ?? -1;
  }

  drop(): void {
    this.ws.terminate();
  }

  /** A picture that was loaded, as a client does after `canvas:state`. Only for one that nothing follows yet. */
  load(colors: Uint8Array): void {
    this.colors = colors.slice();
  }

  #apply(frame: CanvasFrame): void {
    if (frame.type === 'canvas:state') {
      this.#width = frame.width;
      if (frame.bitmap !== undefined || this.colors === undefined) {
        this.colors = new Uint8Array(frame.width * frame.height).fill(frame.background);
      }
    }
    const { colors } = this;
    if (colors === undefined) return;
    if (frame.type === 'bulk') for (const [index, color] of frame.pixels) colors[index] = color;
    if (frame.type === 'pixel:bulk_update') {
      for (const [x = 0, y = 0, color = 0] of frame.pixels) colors[y * this.#width + x] = color;
    }
  }
}
