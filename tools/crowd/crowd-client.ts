import { WebSocket } from 'ws';
import { isPermanent } from '../../client/close-code.ts';
import type { CanvasServerMessage } from '../../protocol/canvas-socket.ts';
import type { Crowd } from './crowd.ts';
import { type CrowdPaint, paintMessage } from './crowd-board.ts';
import type { CrowdPicture } from './crowd-picture.ts';

const JOIN_WITHIN_MS = 30_000;
/** Spread, so that a thousand do not come back at once. */
const COME_BACK_MS = 2_000;

/** One real socket that paints, watches, and comes back when it is lost. */
export class CrowdClient {
  readonly #crowd: Crowd;
  readonly #number: number;
  readonly #token: string;
  readonly #observes: boolean;
  readonly #unanswered = new Map<string, CrowdPaint>();
  #socket: WebSocket | undefined;
  #picture: CrowdPicture | undefined;
  /** Frames that came while the bitmap was loading. */
  #early: Uint8Array[] | undefined;
  /** What came up to this event was missed, and says nothing of how long it took. */
  #missedUpTo = 0;
  #isLeaving = false;
  #comeBack: NodeJS.Timeout | undefined;
  #joinedOnce = false;
  #joining: { readonly at: number; done(error?: Error): void } | undefined;

  /** @param observes whether it looks at its clock when something comes */
  constructor(crowd: Crowd, number: number, token: string, observes: boolean) {
    this.#crowd = crowd;
    this.#number = number;
    this.#token = token;
    this.#observes = observes;
  }

  get picture(): CrowdPicture | undefined {
    return this.#picture;
  }

  get isOnline(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN && this.#joining === undefined;
  }

  /** Messages without an answer. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** Resolves with the whole picture. Rejects where there is no coming in. */
  join(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#joining?.done(new Error('no picture in time')), JOIN_WITHIN_MS);
      this.#joining = {
        at: performance.now(),
        done: (error) => {
          this.#joining = undefined;
          clearTimeout(timer);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      this.#open();
    });
  }

  paint(id: string, count: number): void {
    const paint = this.#crowd.board.pick(this.#number, id, count, performance.now());
    if (paint.indices.length === 0) return;
    this.#unanswered.set(id, paint);
    this.#crowd.tally.sent += paint.indices.length;
    this.#send(paint);
  }

  heartbeat(): void {
    if (this.isOnline) this.#socket?.send('{"type":"heartbeat"}');
  }

  leave(): void {
    this.#isLeaving = true;
    clearTimeout(this.#comeBack);
    this.#socket?.close(1000);
  }

  #open(): void {
    const url = new URL(this.#crowd.socketUrl);
    url.searchParams.set('token', this.#token);
    if (this.#picture !== undefined) url.searchParams.set('lastSeq', String(this.#picture.seq));
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      handshakeTimeout: JOIN_WITHIN_MS,
    });
    this.#socket = socket;
    let refusal: string | undefined;
    socket.on('unexpected-response', (_request, response) => {
      refusal = `HTTP ${response.statusCode}`;
      socket.close();
    });
    socket.on('error', (error) => {
      refusal ??= 'code' in error ? String(error.code) : error.message;
    });
    socket.on('message', (data, isBinary) => this.#received(data as Buffer, isBinary));
    socket.on('close', (code, reason) => this.#closed(code, refusal ?? `${code} ${reason}`.trimEnd()));
  }

  #closed(code: number, why: string): void {
    if (this.#isLeaving) return;
    const { tally } = this.#crowd;
    if (this.#joinedOnce && this.#joining === undefined) tally.online -= 1;
    tally.close(why);
    this.#early = undefined;
    if (!this.#joinedOnce || isPermanent(code)) {
      this.#joining?.done(new Error(why));
      return;
    }
    tally.reconnects += 1;
    this.#joining ??= { at: performance.now(), done: () => undefined };
    this.#comeBack = setTimeout(() => this.#open(), Math.random() * COME_BACK_MS);
  }

  #received(data: Buffer, isBinary: boolean): void {
    const { tally } = this.#crowd;
    tally.frames += 1;
    tally.bytes += data.length;
    if (isBinary) this.#painted(data);
    else this.#told(JSON.parse(data.toString('latin1')) as CanvasServerMessage);
  }

  #painted(frame: Uint8Array): void {
    if (this.#early !== undefined) {
      this.#early.push(frame);
      return;
    }
    const { tally, board, pictures } = this.#crowd;
    const before = this.#picture;
    const picture = before?.after(frame);
    if (picture === undefined || picture === before) return;
    this.#picture = pictures.share(picture);
    tally.pixels += picture.pixels.length / 4;
    if (this.#observes && picture.seq > this.#missedUpTo)
      board.arrived(picture, this.#number, performance.now(), tally);
  }

  #told(message: CanvasServerMessage): void {
    const { tally } = this.#crowd;
    switch (message.type) {
      case 'canvas:state':
        this.#missedUpTo = message.seq;
        if (message.bitmap !== undefined) this.#load(message.seq, message.bitmap);
        else this.#joined();
        return;
      case 'canvas:reload':
        this.#load(message.seq, message.bitmap);
        return;
      case 'pixel:ack':
        for (const id of message.ids) this.#acked(id);
        return;
      case 'pixel:reject':
        this.#rejected(message.id, message.reason);
        return;
      case 'error':
        this.#failed(message);
        return;
      case 'pixel:bulk_update':
        tally.defect('a bulk update as JSON, which was not asked for');
        return;
      default:
    }
  }

  #acked(id: string): void {
    const { tally, board } = this.#crowd;
    const paint = this.#unanswered.get(id);
    if (paint === undefined) {
      tally.defect(`an ack for ${id}, which nobody waits for`);
      return;
    }
    this.#unanswered.delete(id);
    tally.acked += paint.indices.length;
    tally.toAck.add(performance.now() - paint.sentAt);
    board.acked(paint);
  }

  #rejected(id: string, reason: string): void {
    const { tally, board } = this.#crowd;
    const paint = this.#unanswered.get(id);
    if (paint === undefined) {
      tally.defect(`a reject of ${id}, which nobody waits for`);
      return;
    }
    this.#unanswered.delete(id);
    tally.reject(reason, paint.indices.length);
    board.rejected(paint);
  }

  /** What was not painted, or maybe, is sent again with the same id. */
  #failed({ code, id }: Extract<CanvasServerMessage, { type: 'error' }>): void {
    const { tally } = this.#crowd;
    const paint = id === undefined ? undefined : this.#unanswered.get(id);
    tally.close(`error ${code}`);
    if (paint === undefined) {
      // Some were not read: on a new socket all are answered.
      this.#socket?.close(4900);
      return;
    }
    setTimeout(() => this.#again(paint), 1_000 * Math.random());
  }

  #again(paint: CrowdPaint): void {
    if (!this.isOnline || !this.#unanswered.has(paint.id)) return;
    this.#crowd.tally.resent += 1;
    this.#send(paint);
  }

  #send(paint: CrowdPaint): void {
    if (!this.isOnline) return;
    this.#socket?.send(paintMessage(paint, this.#crowd.board.width));
  }

  #load(atLeast: number, path: string): void {
    const { api, tally, pictures } = this.#crowd;
    const socket = this.#socket;
    this.#early = [];
    api.bitmapAt(path).then(
      ({ seq, bytes }) => {
        if (socket !== this.#socket || this.#early === undefined) return;
        const early = this.#early;
        this.#early = undefined;
        tally.bitmaps += 1;
        if (seq < atLeast) tally.defect(`a bitmap as of ${seq}, which should be of ${atLeast} or later`);
        this.#picture = pictures.loaded(seq, bytes);
        this.#missedUpTo = Math.max(this.#missedUpTo, seq);
        for (const frame of early) this.#painted(frame);
        this.#joined();
      },
      (error: unknown) => {
        tally.close(`bitmap: ${error instanceof Error ? error.message : error}`);
        socket?.terminate();
      },
    );
  }

  #joined(): void {
    const joining = this.#joining;
    if (joining === undefined) return;
    const { tally } = this.#crowd;
    tally.online += 1;
    tally.toPicture.add(performance.now() - joining.at);
    joining.done();
    this.#joining = undefined;
    const isReturn = this.#joinedOnce;
    this.#joinedOnce = true;
    if (isReturn) for (const paint of this.#unanswered.values()) this.#again(paint);
  }
}
