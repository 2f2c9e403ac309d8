import type { ConnectionOptions } from './connection-options.ts';

export interface TextConnectionOptions extends ConnectionOptions {
  readonly documentId: string;
  /** Names the author of updates to other clients. Default: `userId`. */
  readonly actorId?: string;
  /**
   * The whole document now, in the clients' own format; asked for when the server wants to shorten its log. It must
   * contain every update up to the present seq. `undefined`: not from this client.
   */
  readonly snapshot?: () => Uint8Array | undefined;
  /** Updates under way at the same time; the others wait in the queue. Default: 256. */
  readonly window?: number;
  /** Bytes of one update; a larger one is refused at once. Default: 1 MiB, as the server has it. */
  readonly maxUpdateBytes?: number;
  /** Unique ids of updates. Default: UUIDs. */
  readonly newOpId?: () => string;
}
