/** A server whose rooms a soak makes suffer. */
export interface RoomServer {
  /** Where clients find it, also after each accident. */
  readonly url: string;
  start(): Promise<void>;
  /** Something goes wrong in the middle of work, and is over when this resolves: nothing acknowledged may be lost. */
  suffer(roomIds: readonly string[]): Promise<void>;
  /** Stops it, and starts it again where its store outlives it. @returns whether it did */
  restart(): Promise<boolean>;
  stop(): Promise<void>;
}

/** What every server of a soak is told: documents leave memory soon. */
export const IMPATIENT = { IDLE_SECONDS: '0.2', RENDER_THREADS: '1' } as const;
