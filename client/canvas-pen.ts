import { pixelColor, pixelCount, pixelIndex } from '../protocol/canvas-pixels.ts';
import type { CanvasClientMessage, CanvasPixelUpdate } from '../protocol/canvas-socket.ts';
import type { CanvasFacts } from './canvas-events.ts';
import type { CanvasOperation } from './canvas-operation.ts';

/** Puts operations on the wire. On a socket a stroke is open from its first operation to that of another. */
export class CanvasPen {
  readonly #say: (message: CanvasClientMessage) => void;
  #openStroke: string | undefined;

  constructor(say: (message: CanvasClientMessage) => void) {
    this.#say = say;
  }

  write(operation: CanvasOperation, facts: CanvasFacts): void {
    const { strokeId } = operation;
    if (strokeId !== this.#openStroke) {
      this.endStroke();
      if (strokeId !== undefined) this.#say({ type: 'pixel:stroke:start', strokeId });
      this.#openStroke = strokeId;
    }
    this.#say(messageOf(operation, facts));
  }

  endStroke(): void {
    if (this.#openStroke !== undefined) this.#say({ type: 'pixel:stroke:end', strokeId: this.#openStroke });
    this.#openStroke = undefined;
  }

  /** The next socket knows of no stroke. */
  lost(): void {
    this.#openStroke = undefined;
  }
}

function messageOf(
  { id, pixels, tool, paintedAt }: CanvasOperation,
  { width, background }: CanvasFacts,
): CanvasPixelUpdate {
  const points: [x: number, y: number, color: number][] = [];
  let isErasing = tool === 'eraser';
  for (let n = 0; n < pixelCount(pixels); n += 1) {
    const index = pixelIndex(pixels, n);
    const color = pixelColor(pixels, n);
    // What is sent again has the colours that lie on top of it by now.
    if (color !== background) isErasing = false;
    const y = Math.floor(index / width);
    points.push([index - y * width, y, color]);
  }
  const head = { type: 'pixel:update', id } as const;
  const tail = { tool: isErasing ? 'eraser' : 'brush', clientTimestamp: paintedAt } as const;
  const [first] = points;
  if (points.length > 1 || first === undefined) return { ...head, pixels: points, ...tail };
  const [x, y, color] = first;
  return { ...head, x, y, color, ...tail };
}
