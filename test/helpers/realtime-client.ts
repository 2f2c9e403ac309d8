import { WebSocket } from 'ws';
import type { ExportJob } from '../../protocol/entities.ts';
import type { RealtimeServerMessage } from '../../protocol/realtime.ts';

export type Frame = RealtimeServerMessage;
export type FrameOf<Type extends Frame['type']> = Extract<Frame, { type: Type }>;

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A frame that is an event of the document. */
export type EventFrame = Extract<Frame, { seq?: number }> & { readonly seq: number };

/** A client of `/v1/realtime` that keeps what it hears, and waits without sleeping. */
export class RealtimeClient {
  readonly ws: WebSocket;
  readonly frames: Frame[] = [];
  /** The texts of the frames, as they came. */
  readonly texts: string[] = [];
  readonly closed: Promise<Closed>;
  #isClosed = false;
  #waiting = new Set<() => void>();

  constructor(url: string) {
    this.ws = new WebSocket(url, { perMessageDeflate: false });
    this.ws.on('message', (data) => {
      this.texts.push(String(data));
      this.frames.push(JSON.parse(String(data)) as Frame);
      this.#wake();
    });
    this.ws.on('error', () => undefined); // a close follows, and tells
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => {
        this.#isClosed = true;
        resolve({ code, reason: String(reason) });
        this.#wake();
      });
    });
  }

  say(message: object | string | Uint8Array): void {
    const isRaw = typeof message === 'string' || message instanceof Uint8Array;
    this.ws.send(isRaw ? message : JSON.stringify(message));
  }

  /** Resolves once `enough` holds; asked again after each frame. Rejects where the socket closes before. */
  async until(enough: (client: this) => boolean): Promise<void> {
    while (!enough(this)) {
      if (this.#isClosed) throw new Error(`closed after ${JSON.stringify(this.frames.at(-1))}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** The first frame of a type that fits, heard already or to come. */
  async hear<Type extends Frame['type']>(
    type: Type,
    fits: (frame: FrameOf<Type>) => boolean = () => true,
  ): Promise<FrameOf<Type>> {
    let found: FrameOf<Type> | undefined;
    await this.until(() => {
      found = this.of(type).find(fits);
      return found !== undefined;
    });
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  }

  /** How an export ended. */
  async hearEnd(id: string): Promise<ExportJob> {
    const { job } = await this.hear(
      'export.updated',
      (frame) => frame.job.id === id && (frame.job.status === 'completed' || frame.job.status === 'failed'),
    );
    return job;
  }

  of<Type extends Frame['type']>(type: Type): FrameOf<Type>[] {
    return this.frames.filter((frame): frame is FrameOf<Type> => frame.type === type);
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

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

export const isEvent = (frame: Frame): frame is EventFrame =>
  frame.type !== 'welcome' && frame.type !== 'resync' && 'seq' in frame && frame.seq !== undefined;
