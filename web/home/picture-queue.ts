/** The server draws them; more at once would only wait there. */
const AT_A_TIME = 4;

const waiting: (() => void)[] = [];
let running = 0;

/** A turn among those that ask for pictures; what comes into sight last is what is looked at. */
export async function inTurn<Answer>(signal: AbortSignal, work: () => Promise<Answer>): Promise<Answer> {
  if (running >= AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    running -= 1;
    waiting.pop()?.();
  }
}
