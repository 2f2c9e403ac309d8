import type { CanvasInfo } from '../../protocol/canvas-messages.ts';
import type { CanvasEncoding } from '../../protocol/canvas-socket.ts';
import type { Seq } from '../../protocol/ids.ts';
import { CanvasDoor, type CanvasTransient } from './canvas-door.ts';
import type { Clock } from './clock.ts';

/** How often those who are at a canvas are told how many they are, at most. */
const ONLINE_MS = 1_000;

export interface CanvasPlaceOptions {
  readonly clock: Clock;
  /** As it is now. */
  readonly canvas: CanvasInfo;
  readonly batchMs: number;
  /** Tells all who are at the canvas. */
  readonly tell: (fact: CanvasTransient) => void;
}

/** A canvas at which there are sockets: its doors, its settings as they are now, and how many are there. */
export class CanvasPlace {
  readonly doors: Readonly<Record<CanvasEncoding, CanvasDoor>>;
  readonly #options: CanvasPlaceOptions;
  #canvas: CanvasInfo;
  /** Of the event after which `#canvas` was so. */
  #seq: Seq = 0;
  #online = 0;
  #told = 0;
  #stop: (() => void) | undefined;

  constructor(options: CanvasPlaceOptions) {
    this.#options = options;
    this.#canvas = options.canvas;
    const { batchMs } = options;
    this.doors = {
      binary: new CanvasDoor({ place: this, encoding: 'binary', batchMs }),
      json: new CanvasDoor({ place: this, encoding: 'json', batchMs }),
    };
  }

  get canvas(): CanvasInfo {
    return this.#canvas;
  }

  /** Open sockets. */
  get online(): number {
    return this.#online;
  }

  /** The canvas as of event `seq`; doors may tell it late. */
  learn(seq: Seq, canvas: CanvasInfo): void {
    if (seq < this.#seq) return;
    this.#seq = seq;
    this.#canvas = canvas;
  }

  arrive(): void {
    this.#online += 1;
    this.#moved();
  }

  depart(): void {
    this.#online -= 1;
    this.#moved();
  }

  #moved(): void {
    if (this.#stop !== undefined) return;
    this.#stop = this.#options.clock.every(ONLINE_MS, () => this.#tick());
    this.#tellOnline();
  }

  #tick(): void {
    if (this.#online !== this.#told && this.#online > 0) {
      this.#tellOnline();
      return;
    }
    this.#stop?.();
    this.#stop = undefined;
  }

  #tellOnline(): void {
    this.#told = this.#online;
    this.#options.tell({ type: 'presence', online: this.#online });
  }
}
