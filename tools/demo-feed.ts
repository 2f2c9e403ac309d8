import { WebSocket } from 'ws';
import type { RealtimeServerMessage } from '../protocol/realtime.ts';
import { DemoFailure } from './demo-failure.ts';

/** A frame and when it came, in ms of `performance.now()`. */
export interface Heard {
  readonly frame: RealtimeServerMessage;
  readonly at: number;
}

/** Longer than a busy machine takes for an export of a large picture. */
const FRAME_WITHIN_MS = 60_000;

/** The frames of one document, from its first event. */
export class DemoFeed {
  readonly #socket: WebSocket;
  readonly #heard: Heard[] = [];
  #broken: string | undefined;
  #wake: () => void = () => undefined;

  constructor(serverUrl: string, documentId: string, user: string) {
    const query = new URLSearchParams({ document_id: documentId, user_id: user, last_seq: '0' });
    this.#socket = new WebSocket(`${serverUrl.replace(/^http/, 'ws')}/v1/realtime?${query}`);
    this.#socket.on('message', (data) => {
      this.#heard.push({ frame: JSON.parse(String(data)) as RealtimeServerMessage, at: performance.now() });
      this.#wake();
    });
    this.#socket.on('error', (error) => this.#break(`the WebSocket failed: ${error.message}`));
    this.#socket.on('close', (code) => this.#break(`the WebSocket was closed with ${code}`));
  }

  get heard(): readonly Heard[] {
    return this.#heard;
  }

  /** The first frame that fits. @throws DemoFailure where it does not come */
  async hear(what: string, fits: (frame: RealtimeServerMessage) => boolean): Promise<Heard> {
    const deadline = performance.now() + FRAME_WITHIN_MS;
    for (;;) {
      const heard = this.#heard.find(({ frame }) => fits(frame));
      if (heard !== undefined) return heard;
      if (this.#broken !== undefined) throw new DemoFailure(`${this.#broken} before the frame ${what}`);
      const left = deadline - performance.now();
      if (left <= 0)
        throw new DemoFailure(`the frame ${what} did not come within ${FRAME_WITHIN_MS / 1000} s`);
      await this.#nextFrame(left);
    }
  }

  /** The seqs of all events, as they came. */
  get seqs(): number[] {
    return this.#heard.flatMap(({ frame }) =>
      frame.type === 'welcome' || frame.type === 'resync' || !('seq' in frame) || frame.seq === undefined
        ? []
        : [frame.seq],
    );
  }

  /** @throws DemoFailure where an event is missing, came twice or in another order */
  checkGapless(): number {
    const { seqs } = this;
    seqs.forEach((seq, index) => {
      if (seq !== index + 1)
        throw new DemoFailure(`seq ${seq} came where ${index + 1} was due: a gap or a repeat`);
    });
    return seqs.length;
  }

  close(): void {
    this.#broken = 'the WebSocket was closed';
    this.#socket.close();
  }

  #break(why: string): void {
    this.#broken ??= why;
    this.#wake();
  }

  #nextFrame(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
