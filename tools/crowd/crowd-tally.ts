import { LatencyHistogram } from './latency-histogram.ts';

/** What all clients of a crowd saw, counted. */
export class CrowdTally {
  /** From sending a paint to its acknowledgement. */
  readonly toAck = new LatencyHistogram();
  /** From sending a paint to its arrival at each of the others. */
  readonly toOthers = new LatencyHistogram();
  /** From the attempt to the whole picture. */
  readonly toPicture = new LatencyHistogram();
  /** Pixels of each. */
  sent = 0;
  acked = 0;
  readonly rejected = new Map<string, number>();
  /** Messages that were sent again because nobody knew what had become of them. */
  resent = 0;
  /** Frames, pixels and bytes that clients received; bytes are those of the messages. */
  frames = 0;
  pixels = 0;
  bytes = 0;
  bitmaps = 0;
  online = 0;
  reconnects = 0;
  readonly closed = new Map<string, number>();
  /** What the server said that it should not have. */
  readonly defects: string[] = [];

  get rejects(): number {
    return [...this.rejected.values()].reduce((sum, count) => sum + count, 0);
  }

  get answered(): number {
    return this.acked + this.rejects;
  }

  reject(reason: string, pixels: number): void {
    this.rejected.set(reason, (this.rejected.get(reason) ?? 0) + pixels);
  }

  close(why: string): void {
    this.closed.set(why, (this.closed.get(why) ?? 0) + 1);
  }

  defect(message: string): void {
    if (this.defects.length < 20) this.defects.push(message);
  }
}
