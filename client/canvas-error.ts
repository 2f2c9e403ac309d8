import type { CanvasRejectReason, CanvasErrorCode as ServerErrorCode } from '../protocol/canvas-socket.ts';

/**
 * What went wrong, for programs: why the server painted nothing (asyncapi.yaml, `CanvasReject` and `CanvasError`), or
 *
 * - `not_ready`: nothing is known of the canvas yet, not even its size;
 * - `queue_full`: more pixels wait for the server than may;
 * - `bitmap`: the bitmap could not be loaded, so the connection comes back for it;
 * - `left`: {@link CanvasConnection.leave} was called;
 * - `unauthorized`: the server does not take the token; `not_found`: the canvas is gone; `refused`: it closed for good.
 */
export type CanvasErrorCode =
  | CanvasRejectReason
  | ServerErrorCode
  | 'not_ready'
  | 'queue_full'
  | 'bitmap'
  | 'left'
  | 'unauthorized'
  | 'not_found'
  | 'refused';

export interface CanvasErrorDetails {
  /** The operation that it is about. */
  readonly id?: string;
  /** `[x, y]` of the first pixel that offends. */
  readonly at?: readonly [x: number, y: number];
  /** With `rate_limited`: when there is room for so many pixels. Absent: never. */
  readonly retryAfterMs?: number;
}

export class CanvasError extends Error implements CanvasErrorDetails {
  override readonly name = 'CanvasError';
  readonly code: CanvasErrorCode;
  declare readonly id?: string;
  declare readonly at?: readonly [x: number, y: number];
  declare readonly retryAfterMs?: number;

  constructor(code: CanvasErrorCode, message: string, details: CanvasErrorDetails = {}) {
    super(message);
    this.code = code;
    Object.assign(this, details);
  }
}
