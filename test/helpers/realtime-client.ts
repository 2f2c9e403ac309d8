import { WebSocket } from 'ws';
import type { ExportJob } from '../../protocol/entities.ts';
import type { RealtimeServerMessage } from '../../protocol/realtime.ts';
import { type Closed, HeardFrames } from './heard-frames.ts';

export type Frame = RealtimeServerMessage;
export type FrameOf<Type extends Frame['type']> = Extract<Frame, { type: Type }>;

/** A frame that is an event of the document. */
export type EventFrame = Extract<Frame, { seq?: number }> & { readonly seq: number };

/** A client of `/v1/realtime` that keeps what it hears, and waits without sleeping. */
export class RealtimeClient {
  readonly ws: WebSocket;
  readonly frames: readonly Frame[];
  /** The texts of the frames, as they came. */
  readonly texts: string[] = [];
  readonly closed: Promise<Closed>;
  readonly hear: HeardFrames<Frame>['hear'];
  readonly of: HeardFrames<Frame>['of'];
  readonly #heard: HeardFrames<Frame>;

  constructor(url: string) {
    this.ws = new WebSocket(url, { perMessageDeflate: false });
    this.#heard = new HeardFrames(this.ws, (data) => {
      this.texts.push(String(data));
      return JSON.parse(String(data)) as Frame;
    });
    this.frames = this.#heard.frames;
    this.closed = this.#heard.closed;
    this.hear = this.#heard.hear;
    this.of = this.#heard.of;
  }

  say(message: object | string | Uint8Array): void {
    const isRaw = typeof message === 'string' || message instanceof Uint8Array;
    this.ws.send(isRaw ? message : JSON.stringify(message));
  }

  /** As `HeardFrames.until`. */
  until(enough: (client: this) => boolean): Promise<void> {
    return this.#heard.until(() => enough(this));
  }

  /** How an export ended. */
  async hearEnd(id: string): Promise<ExportJob> {
    const { job } = await this.hear(
      'export.updated',
      (frame) => frame.job.id === id && (frame.job.status === 'completed' || frame.job.status === 'failed'),
    );
    return job;
  }

  /** Frames that are events. */
  get events(): EventFrame[] {
    return this.frames.filter(isEvent);
  }

  get seqs(): number[] {
    return this.events.map(({ seq }) => seq);
  }

  /** Ends without a farewell, as a lost network does. */
  drop(): void {
    this.ws.terminate();
  }
}

export const isEvent = (frame: Frame): frame is EventFrame =>
  frame.type !== 'welcome' && frame.type !== 'resync' && 'seq' in frame && frame.seq !== undefined;
