import * as Y from 'yjs';
import { createAnnotation } from '../client/annotations/create.ts';
import { updateAnnotation } from '../client/annotations/update.ts';
import type { RoomTarget } from './rooms-target.ts';
import type { Wire } from './rooms-wire.ts';
import { TextSocket } from './text-socket.ts';

/** Of the box that an editor moves. */
const SIZE = { y: 10, width: 100, height: 50 };

const BOXES_AT_ONCE = 100;

/** A client of a room that costs little more than its Yjs document does. */
export class RoomPeer {
  readonly doc = new Y.Doc();
  /** Called after each update of somebody else. */
  onUpdate: () => void = () => undefined;
  /** Updates that were refused, or acknowledgements of the wrong kind. */
  errors = 0;
  readonly #socket: TextSocket;
  readonly #wire: Wire;
  #box = '';

  private constructor(socket: TextSocket, wire: Wire) {
    this.#socket = socket;
    this.#wire = wire;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) socket.sendBinary(wire.encode(update));
    });
  }

  /** @param onText hears each text frame, such as acknowledgements */
  static async open(
    target: RoomTarget,
    path: string,
    onText: (payload: Buffer) => void = () => undefined,
  ): Promise<RoomPeer> {
    let peer: RoomPeer | undefined;
    const early: Uint8Array[] = [];
    const socket = await TextSocket.open(target.url, `${path}?userId=bench`, onText, (payload) => {
      if (peer === undefined) early.push(Uint8Array.from(payload));
      else peer.#apply(payload);
    });
    peer = new RoomPeer(socket, target.wire);
    for (const payload of early) peer.#apply(payload);
    return peer;
  }

  /** Makes the box that `move` moves. @returns its id */
  draw(): string {
    this.#box = createAnnotation(this.doc, { type: 'box', geometry: { x: 0, ...SIZE } });
    return this.#box;
  }

  /** Draws boxes, in one update, until the document has so many bytes. */
  drawUntil(bytes: number): void {
    this.doc.transact(() => {
      while (Y.encodeStateAsUpdate(this.doc).length < bytes) {
        for (let count = 0; count < BOXES_AT_ONCE; count += 1) this.draw();
      }
    });
  }

  /** One update of the size that dragging has. */
  move(x: number): void {
    updateAnnotation(this.doc, this.#box, { geometry: { x, ...SIZE } });
  }

  /** Where a box is, by what this peer knows. */
  placeOf(id: string): number | undefined {
    const entry = this.doc.getMap<Y.Map<unknown>>('annotations').get(id);
    return (entry?.get('geometry') as { readonly x: number } | undefined)?.x;
  }

  close(): void {
    this.#socket.close();
    this.doc.destroy();
  }

  #apply(payload: Uint8Array): void {
    const update = this.#wire.decode(payload);
    // What is handed out is only valid during the call; Yjs keeps parts of what it is given.
    if (update !== undefined) Y.applyUpdate(this.doc, Uint8Array.from(update), this);
    this.onUpdate();
  }
}
