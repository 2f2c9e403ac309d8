/** What is painted with: an eraser paints the background. */
export type CanvasTool = 'brush' | 'eraser';

/** What is painted as one: the server takes it whole or refuses it whole. */
export interface CanvasOperation {
  /** Unique among all that this user ever paints. However often it is sent, it counts once. */
  readonly id: string;
  /** Grows from operation to operation of this connection: what is painted later lies on top. */
  readonly order: number;
  /** Packed (protocol/canvas-pixels.ts), each pixel once, by index. */
  readonly pixels: Uint8Array;
  readonly tool: CanvasTool;
  /** The stroke that it is a part of. */
  readonly strokeId: string | undefined;
  /** Milliseconds since 1970. */
  readonly paintedAt: number;
}
