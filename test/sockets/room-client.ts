import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type RoomFrame, type RoomFrameOf, readRoomFrame } from './room-messages.ts';

/** A bare client of the room door that keeps what it hears, and the Yjs document that it makes of it. */
export class RoomClient {
  readonly ws: WebSocket;
  readonly doc: Y.Doc;
  readonly frames: RoomFrame[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** The `lastSeq` that it came with. */
  readonly #cameWith: number | undefined;
  #isClosed = false;
  #waiting: (() => void)[] = [];

  /** @param doc what it had before; its own edits are not sent by themselves */
  constructor(url: string, doc: Y.Doc = new Y.Doc()) {
    this.doc = doc;
    const lastSeq = new URL(url).searchParams.get('lastSeq');
    this.#cameWith = lastSeq === null ? undefined : Number(lastSeq);
    this.ws = new WebSocket(url, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 });
    this.ws.on('message', (data, isBinary) => {
      const frame = readRoomFrame(data as Buffer, isBinary);
      if (isBinary && 'update' in frame) Y.applyUpdate(this.doc, Uint8Array.from(frame.update), this);
      this.frames.push(frame);
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

  get annotations(): Y.Map<unknown> {
    return this.doc.getMap('annotations');
  }

  say(message: object | string): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** A binary frame. */
  send(update: Uint8Array): void {
    this.ws.send(update, { binary: true });
  }

  /** Edits its document and sends what is new as one frame. @returns the frame */
  edit(change: (annotations: Y.Map<unknown>) => void): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    this.doc.transact(() => change(this.annotations));
    const update = Y.encodeStateAsUpdate(this.doc, before);
    this.send(update);
    return update;
  }

  /** Resolves once `enough` holds; asked again after each frame. Rejects where the socket closes before. */
  async until(enough: (client: this) => boolean): Promise<void> {
    while (!enough(this)) {
      if (this.#isClosed) throw new Error(`closed after ${JSON.stringify(this.frames.slice(-3))}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The first frame of a type that fits, heard already or to come. */
  async hear<Type extends RoomFrame['type']>(
    type: Type,
    fits: (frame: RoomFrameOf<Type>) => boolean = () => true,
  ): Promise<RoomFrameOf<Type>> {
    let found: RoomFrameOf<Type> | undefined;
    await this.until(() => {
      found = this.of(type).find(fits);
      return found !== undefined;
    });
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  }

  of<Type extends RoomFrame['type']>(type: Type): RoomFrameOf<Type>[] {
    return this.frames.filter((frame): frame is RoomFrameOf<Type> => frame.type === type);
  }

  /** Everything that was said before was read, and answered where that takes no time. */
  async settled(): Promise<void> {
    const ts = this.frames.length + Math.random();
    this.say({ type: 'ping', ts });
    await this.hear('pong', (pong) => pong.ts === ts);
  }

  /** Has everything that there was when it came. */
  async caughtUp(): Promise<this> {
    const { seq } = await this.hear('roomInfo');
    if (this.#cameWith !== seq) await this.reach(seq);
    return this;
  }

  /** Has heard of this event. */
  async reach(seq: number): Promise<void> {
    await this.until(({ seqs }) => (seqs.at(-1) ?? -1) >= seq);
  }

  /** `seq` of all frames that have one but `roomInfo`, in order. */
  get seqs(): number[] {
    return this.frames.flatMap((frame) =>
      frame.type !== 'roomInfo' && 'seq' in frame && frame.seq !== undefined ? [frame.seq] : [],
    );
  }

  /** Codes of the errors, with the number of the frame where they answer one. */
  get errors(): string[] {
    return this.of('error').map(({ code, frame }) => (frame === undefined ? code : `${code} ${frame}`));
  }

  async leave(): Promise<void> {
    this.ws.close();
    await this.closed;
  }

  /** Ends without a farewell, as a lost network does. */
  drop(): void {
    this.ws.terminate();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Fields of a valid box, as a Yjs client writes them. */
export const yBox = (x = 0): Y.Map<unknown> =>
  new Y.Map<unknown>([
    ['type', 'box'],
    ['geometry', { x, y: 0, width: 10, height: 10 }],
    ['style', new Y.Map()],
    ['content', new Y.Text('')],
    ['status', 'active'],
  ]);
