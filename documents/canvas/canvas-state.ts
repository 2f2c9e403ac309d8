import type { AuditEntry, CanvasInfo, CanvasLock, CanvasRegion } from '../../protocol/canvas-messages.ts';
import { PIXEL_BYTES, pixelView, setPixel } from '../../protocol/canvas-pixels.ts';
import type { EntityId, Seq } from '../../protocol/ids.ts';
import { Painters } from './painters.ts';

/** What belongs to every pixel, row by row. */
export interface PixelPlanes {
  /** Palette index. */
  readonly colors: Uint8Array;
  /** Number of the last painter, from 1; 0: nobody painted here. */
  readonly painters: Uint32Array;
  /** Low 32 bits of the `seq` of the event that painted it last. A log of 4 billion events is beyond this design. */
  readonly seqs: Uint32Array;
  /** When that was, in ms since 1970. */
  readonly times: Float64Array;
}

/** From so many neighbours on, filling memory is faster than writing each. */
const FILLED_FROM = 16;

/** So many pixels that follow each other share a mark of their last event: 2 to this power. */
const BLOCK_BITS = 6;

const NO_PIXELS: PixelPlanes = createPlanes(0, 0);

/** A canvas: 17 bytes a pixel, its locks, its painters, and what moderators did. */
export class CanvasState {
  readonly id: string;
  canvas: CanvasInfo | undefined;
  planes: PixelPlanes = NO_PIXELS;
  /** The last `seq` in each block of pixels: who asks what changed looks into those only. */
  #blocks = new Uint32Array();
  readonly painters = new Painters();
  /** By id, in order of creation. */
  readonly locks = new Map<EntityId, CanvasLock>();
  /** Oldest first. */
  readonly audit: AuditEntry[] = [];
  /** The last event. */
  seq: Seq = 0;
  /** Pixels that somebody painted, each as often as it was. */
  painted = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** Makes the pixels, all of the background. To be called once. */
  begin({ width, height, background }: CanvasInfo): void {
    this.planes = createPlanes(width * height, background);
    this.#blocks = new Uint32Array(Math.ceil((width * height) / 2 ** BLOCK_BITS));
  }

  /** To be called once the planes were filled from elsewhere. */
  markBlocks(): void {
    const { seqs } = this.planes;
    for (let index = 0; index < seqs.length; index += 1) {
      const block = index >>> BLOCK_BITS;
      const seq = seqs[index] ?? 0;
      if (seq > (this.#blocks[block] ?? 0)) this.#blocks[block] = seq;
    }
  }

  /** Paints packed pixels that were checked; each once. */
  paint(packed: Uint8Array, painter: number, seq: Seq, at: number): void {
    const { colors } = this.planes;
    const view = pixelView(packed);
    // By runs of neighbours: a rewind may be of millions, and all of it is one step of the actor.
    for (let next = 0; next < packed.length; ) {
      const first = view.getUint32(next) >>> 8;
      let end = first;
      do {
        colors[end] = view.getUint8(next + 3);
        end += 1;
        next += PIXEL_BYTES;
      } while (next < packed.length && view.getUint32(next) >>> 8 === end);
      this.#sign(first, end, painter, seq, at);
    }
  }

  /** Of the pixels from `first` to before `end`. */
  #sign(first: number, end: number, painter: number, seq: Seq, at: number): void {
    const { painters, seqs, times } = this.planes;
    if (end - first < FILLED_FROM) {
      for (let index = first; index < end; index += 1) {
        painters[index] = painter;
        seqs[index] = seq;
        times[index] = at;
        this.#blocks[index >>> BLOCK_BITS] = seq;
      }
    } else {
      painters.fill(painter, first, end);
      seqs.fill(seq, first, end);
      times.fill(at, first, end);
      this.#blocks.fill(seq, first >>> BLOCK_BITS, ((end - 1) >>> BLOCK_BITS) + 1);
    }
  }

  /**
   * Every pixel that changed after event `after`, packed.
   *
   * @returns `null` where there are so many that the whole bitmap is no longer
   */
  changedAfter(after: Seq): Uint8Array | null {
    const { colors, seqs } = this.planes;
    const most = Math.floor(colors.length / PIXEL_BYTES);
    let blocks = 0;
    for (const seq of this.#blocks) if (seq > after) blocks += 1;
    const packed = new Uint8Array(Math.min(most, blocks << BLOCK_BITS) * PIXEL_BYTES);
    let count = 0;
    for (let block = 0; block < this.#blocks.length; block += 1) {
      if ((this.#blocks[block] ?? 0) <= after) continue;
      const end = Math.min(seqs.length, (block + 1) << BLOCK_BITS);
      for (let index = block << BLOCK_BITS; index < end; index += 1) {
        if ((seqs[index] ?? 0) <= after) continue;
        if (count === most) return null;
        setPixel(packed, count, index, colors[index] ?? 0);
        count += 1;
      }
    }
    return packed.slice(0, count * PIXEL_BYTES);
  }

  /** The first lock that covers a pixel. */
  lockAt(x: number, y: number): CanvasLock | undefined {
    for (const lock of this.locks.values()) if (isInside(lock, x, y)) return lock;
    return undefined;
  }

  /** Pixels that are not of nobody. */
  get covered(): number {
    let covered = 0;
    for (const painter of this.planes.painters) if (painter !== 0) covered += 1;
    return covered;
  }
}

export const isInside = ({ x, y, width, height }: CanvasRegion, px: number, py: number): boolean =>
  px >= x && px < x + width && py >= y && py < y + height;

/** @param count of pixels */
export function createPlanes(count: number, background: number): PixelPlanes {
  return {
    colors: new Uint8Array(count).fill(background),
    painters: new Uint32Array(count),
    seqs: new Uint32Array(count),
    times: new Float64Array(count),
  };
}
