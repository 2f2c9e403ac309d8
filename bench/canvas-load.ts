import { request } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { MAX_PAINT_PIXELS } from '../protocol/canvas-socket.ts';
import { Random } from '../tools/soak/random.ts';
import { CanvasPainter } from './canvas-painter.ts';
import { type CanvasTarget, canvasIdOf, SIDE } from './canvas-target.ts';
import { painterToken } from './canvas-tokens.ts';
import { median } from './report.ts';

const ROUNDS = 9;
const COLORS = 32;
/** Messages that are under way at the same time. */
const WINDOW = 50;

export interface LoadFigures {
  /** From the question to all pixels, in milliseconds; somebody has painted since the one before. */
  readonly changed: number;
  /** The same where nobody has. */
  readonly unchanged: number;
  /** On the wire. */
  readonly bytes: number;
}

/** Every pixel another one than its neighbours: 5 bits each is as few as there can be. */
export function noise(): Uint8Array {
  const random = new Random(7);
  return Uint8Array.from({ length: SIDE * SIDE }, () => random.below(COLORS));
}

/** What people leave behind: patches that overlap, many of them hatched, and pixels here and there. */
export function busyArt(): Uint8Array {
  const random = new Random(11);
  const pixels = new Uint8Array(SIDE * SIDE);
  for (let patch = 0; patch < 4_000; patch += 1) {
    const [left, top] = [random.below(SIDE), random.below(SIDE)];
    const [width, height] = [2 + random.below(40), 2 + random.below(40)];
    const [color, other] = [random.below(COLORS), random.below(COLORS)];
    const isHatched = random.below(4) === 0;
    const isRound = random.below(2) === 0;
    for (let y = top; y < Math.min(SIDE, top + height); y += 1) {
      for (let x = left; x < Math.min(SIDE, left + width); x += 1) {
        const [dx, dy] = [(x - left) / width - 0.5, (y - top) / height - 0.5];
        if (isRound && dx * dx + dy * dy > 0.25) continue;
        pixels[y * SIDE + x] = isHatched && (x + y) % 3 === 0 ? other : color;
      }
    }
  }
  for (let n = 0; n < 20_000; n += 1) pixels[random.below(SIDE * SIDE)] = random.below(COLORS);
  return pixels;
}

/** Paints a whole canvas, and loads it as a browser does. @throws Error where what comes is another picture */
export async function measureLoad(target: CanvasTarget, pixels: Uint8Array): Promise<LoadFigures> {
  const path = await target.newCanvas();
  const painter = new Filler();
  await painter.open(target, path);
  await painter.fill(pixels);
  const url = `${target.url}/v1/canvases/${canvasIdOf(path)}/bitmap`;
  const [changed, unchanged]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    pixels[round] = ((pixels[round] ?? 0) + 1) % COLORS;
    await painter.fill(pixels.subarray(0, round + 1));
    for (const times of [changed, unchanged]) {
      const startedAt = performance.now();
      const body = await get(url);
      const picture = brotliDecompressSync(body);
      times.push(performance.now() - startedAt);
      bytes = body.length;
      if (Buffer.compare(picture, pixels) !== 0) throw new Error('the bitmap is not what was painted');
    }
  }
  painter.leave();
  return { changed: median(changed), unchanged: median(unchanged), bytes };
}

/** One who paints much. */
class Filler {
  #paintings = 0;
  #open = 0;
  #wake: () => void = () => undefined;
  readonly #painter = new CanvasPainter({
    arrived: () => undefined,
    acked: ({ length }) => {
      this.#open -= length;
      this.#wake();
    },
    complained: (what) => {
      throw new Error(what);
    },
  });

  async open({ url }: CanvasTarget, path: string): Promise<void> {
    await this.#painter.join({ url, path, token: await painterToken('Filler'), address: '10.0.0.1' });
  }

  /** The first pixels of a canvas; resolves when they are acknowledged. */
  async fill(pixels: Uint8Array): Promise<void> {
    for (let at = 0; at < pixels.length; at += MAX_PAINT_PIXELS) {
      const triples: number[][] = [];
      for (let index = at; index < Math.min(pixels.length, at + MAX_PAINT_PIXELS); index += 1) {
        triples.push([index % SIDE, Math.floor(index / SIDE), pixels[index] ?? 0]);
      }
      this.#paintings += 1;
      this.#open += 1;
      this.#painter.paintMany(`f${this.#paintings}`, triples);
      await this.#until(WINDOW);
    }
    await this.#until(0);
  }

  leave(): void {
    this.#painter.leave();
  }

  async #until(open: number): Promise<void> {
    while (this.#open > open) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function get(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { 'Accept-Encoding': 'br, gzip' };
    const asked = request(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    });
    asked.on('error', reject);
    asked.end();
  });
}
