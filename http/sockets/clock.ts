/** The time of the sockets, injected so that no test waits for it. */
export interface Clock {
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Calls back again and again until the returned function is called. Does not keep the process alive. */
  every(intervalMs: number, callback: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  every(intervalMs, callback) {
    const timer = setInterval(callback, intervalMs);
    timer.unref();
    return () => clearInterval(timer);
  },
};
