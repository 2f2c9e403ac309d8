import { expect } from 'chai';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type Closed, HeardFrames } from '../helpers/heard-frames.ts';
import { type RoomFrame, readRoomFrame } from './room-messages.ts';

/** A bare client of the room door that keeps what it hears, and the Yjs document that it makes of it. */
export class RoomClient {
  readonly ws: WebSocket;
  readonly doc: Y.Doc;
  readonly frames: readonly RoomFrame[];
  readonly closed: Promise<Closed>;
  readonly hear: HeardFrames<RoomFrame>['hear'];
  readonly of: HeardFrames<RoomFrame>['of'];
  readonly #heard: HeardFrames<RoomFrame>;
  /** The `lastSeq` that it came with. */
  readonly #cameWith: number | undefined;

  /** @param doc what it had before; its own edits are not sent by themselves */
  constructor(url: string, doc: Y.Doc = new Y.Doc()) {
    this.doc = doc;
    const lastSeq = new URL(url).searchParams.get('lastSeq');
    this.#cameWith = lastSeq === null ? undefined : Number(lastSeq);
    this.ws = new WebSocket(url, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 });
    this.#heard = new HeardFrames(this.ws, (data, isBinary) => {
      const frame = readRoomFrame(data, isBinary);
      if (isBinary && 'update' in frame) Y.applyUpdate(this.doc, Uint8Array.from(frame.update), this);
      return frame;
    });
    this.frames = this.#heard.frames;
    this.closed = this.#heard.closed;
    this.hear = this.#heard.hear;
    this.of = this.#heard.of;
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

  /** As `HeardFrames.until`. */
  until(enough: (client: this) => boolean): Promise<void> {
    return this.#heard.until(() => enough(this));
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

/** Two clients have the same annotations, and nothing that waits for what did not come. */
export function expectSameDocument(a: RoomClient, b: RoomClient): void {
  expect(a.annotations.toJSON()).to.deep.equal(b.annotations.toJSON());
  expect(a.doc.store.pendingStructs).to.equal(null);
  expect(b.doc.store.pendingStructs).to.equal(null);
}
