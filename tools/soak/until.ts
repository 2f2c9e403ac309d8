/** Nothing in a soak takes so long on a server that works. */
const STUCK_MS = 60_000;
const LOOK_MS = 2;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @throws Error where it does not hold in time */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const began = performance.now();
  while (!holds()) {
    if (performance.now() - began > STUCK_MS) throw new Error(`waited in vain until ${what}`);
    await pause(LOOK_MS);
  }
}
