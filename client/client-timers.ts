/** Time, injected so that a test never waits for it. */
export interface ClientTimers {
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Calls back once after so many milliseconds, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The timers of the platform. */
export const platformTimers: ClientTimers = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
