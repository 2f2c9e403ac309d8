import type { CanvasFetch } from './canvas-bitmap.ts';
import type { SocketOptions } from './connection-options.ts';

/**
 * The token of a session, or who gives one: asked before each attempt to connect.
 *
 * @param refused the token that the server did not take, where that is why it is asked
 */
export type TokenSource = string | ((refused?: string) => string | Promise<string>);

export interface CanvasConnectionOptions extends SocketOptions {
  /** Its id, or its slug, such as `main`. */
  readonly canvasId: string;
  /** Without one can only watch. `SessionKeeper.token` is such a source. */
  readonly token?: TokenSource;
  /**
   * Whether what came too fast is sent again as soon as there is room, in its place among what was painted later. Default:
   * no, it is taken back and the caller is told.
   */
  readonly retryRateLimited?: boolean;
  /** Pixels that may wait for the server, such as while there is no connection. Default: 100,000. */
  readonly maxPendingPixels?: number;
  /** Messages that may be under way. Default: 64. */
  readonly window?: number;
  /** How long what a stroke draws is gathered before it is sent, in milliseconds. Default: 30. */
  readonly strokeGatherMs?: number;
  /** Makes names that this user never used before, 1 to 64 characters from `!` to `~`. Default: UUIDs. */
  readonly newId?: () => string;
  /** For the bitmap. Default: that of the platform. */
  readonly fetch?: CanvasFetch;
}
