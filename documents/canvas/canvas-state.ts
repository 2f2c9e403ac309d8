import type { AuditEntry, CanvasInfo, CanvasLock, CanvasRegion } from '../../protocol/canvas-messages.ts';
import { PIXEL_BYTES, pixelColor, pixelCount, pixelIndex, setPixel } from '../../protocol/canvas-pixels.ts';
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
    const { colors, painters, seqs, times } = this.planes;
    const count = pixelCount(packed);
    for (let n = 0; n < count; n += 1) {
      const index = pixelIndex(packed, n);
      colors[index] = pixelColor(packed, n);
      painters[index] = painter;
      seqs[index] = seq;
      times[index] = at;
      this.#blocks[index >>> BLOCK_BITS] = seq;
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
    const found: number[] = [];
    for (let block = 0; block < this.#blocks.length; block += 1) {
      if ((this.#blocks[block] ?? 0) <= after) continue;
      const end = Math.min(seqs.length, (block + 1) << BLOCK_BITS);
      for (let index = block << BLOCK_BITS; index < end; index += 1) {
        if ((seqs[index] ?? 0) > after) found.push(index);
      }
      if (found.length > most) return null;
    }
    const packed = new Uint8Array(found.length * PIXEL_BYTES);
    found.forEach((index, n) => {
      setPixel(packed, n, index, colors[index] ?? 0);
    });
    return packed;
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
