import type { Seq } from '../protocol/ids.ts';

/** Where a document is, without its content. */
export interface DocumentStatus {
  readonly head: Seq;
  /** Of the newest snapshot in the store; 0 where there is none. */
  readonly snapshotSeq: Seq;
  /** Sockets that are joined, through whatever door. */
  readonly subscribers: number;
}
